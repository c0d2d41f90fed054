import { onDay } from '@evenkeel/journal';
import { makeScope } from '@evenkeel/sharing';
import { setup } from '@evenkeel/test-kit/cast';
import { openDesk, pinInTheRoom } from '@evenkeel/test-kit/shares';
import { join, somebody, write } from '@evenkeel/test-kit/somebody';
import { expect, test } from 'vitest';
import { keepSharesSupplied } from './keep-shares-supplied.ts';
import { keepPin } from './notes.ts';
import { openSharing } from './open-sharing.ts';
import { openedBy } from './opened.test-support.ts';

const ZONE = 'Europe/London';
const mood = (day: string) => ({ when: onDay(day, ZONE), mood: { valence: 0.4 } });

test('an ongoing share opens the next month too, once its keys follow, and not what it does not cover', async () => {
  await using stage = await setup({ person: { entries: [mood('2026-10-01')] } });
  const { person, place, clock } = stage;
  await using clinician = await somebody('Dr Ali', clock);
  await join(clinician, place, { kind: 'none' });
  const desk = await openDesk(clinician);
  const quick = { ...place, live: false, retryMs: 20 };
  await person.replica.connect(quick);
  const opened = await openedBy(person);
  const pin = await pinInTheRoom(person, clinician, desk, place.origin);
  await keepPin(opened, pin);
  const made = makeScope([1], { kind: 'from', first: '2026-10-01' });
  if (!made.ok) throw new Error(made.reason);
  const terms = { scope: made.scope, expires: null, purpose: '', personName: 'Sam' };
  const consent = { version: '1', language: 'en-GB', text: 'You say yes.', shownAt: 1 };
  expect(await openSharing(opened).share(pin.acct, terms, consent)).toMatchObject({ ok: true });
  await person.replica.syncNow();
  await desk.shared.connect(quick);
  const read = async () => {
    await person.replica.syncNow();
    await desk.shared.openPerson(person.holder.acct);
    return desk.shared
      .person(person.holder.acct)
      .snapshot()
      .moments()
      .map(({ day, records }) => `${day}: ${records.map(({ cat }) => cat).join()}`);
  };
  expect(await read()).toEqual(['2026-10-01: 1']);

  // Into November: the share does not reach there until the diary is open and looks.
  clock.advance(25 * 86_400_000);
  await write(person, mood('2026-11-02'));
  expect(await read()).toEqual(['2026-10-01: 1']);
  const stop = keepSharesSupplied(opened);
  await write(person, { ...mood('2026-11-03'), words: 'not for the clinician' });
  await expect.poll(read, { timeout: 10_000 }).toEqual(['2026-11-03: 1', '2026-11-02: 1', '2026-10-01: 1']);
  // Looked at again and again, the same keys are packed once.
  const packs = (await person.replica.packs()).length;
  await write(person, mood('2026-11-03'));
  await read();
  expect(await person.replica.packs()).toHaveLength(packs);
  stop();
  await desk.shared.close();
});
