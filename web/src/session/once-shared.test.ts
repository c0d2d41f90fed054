import { onDay } from '@evenkeel/journal';
import { makeScope } from '@evenkeel/sharing';
import { setup } from '@evenkeel/test-kit/cast';
import { give, openDesk, pinInTheRoom } from '@evenkeel/test-kit/shares';
import { join, secondDevice, somebody } from '@evenkeel/test-kit/somebody';
import { expect, test } from 'vitest';
import { onceShared } from './once-shared.ts';

test('a device that is open when another one gives the first share begins to look after it, once', async () => {
  await using stage = await setup({
    person: { entries: [{ when: onDay('2026-10-01', 'Europe/London'), mood: { valence: 0.4 } }] },
  });
  const { person, place, clock } = stage;
  await using clinician = await somebody('Dr Ali', clock);
  await join(clinician, place, { kind: 'none' });
  const desk = await openDesk(clinician);
  const pin = await pinInTheRoom(person, clinician, desk, place.origin);
  const scope = makeScope([1], { kind: 'all' });
  if (!scope.ok) throw new Error('no scope');
  await using laptop = await secondDevice(person, 'laptop', place);
  let begun = 0;
  onceShared(laptop.replica, async () => void (begun += 1));
  await laptop.replica.connect({ ...place, live: false });
  await laptop.replica.syncNow();
  expect(begun).toBe(0);
  await give(person, pin, scope.scope);
  await laptop.replica.syncNow();
  expect(begun).toBe(1);
  await give(person, pin, scope.scope);
  await laptop.replica.syncNow();
  expect(begun).toBe(1);
  await desk.shared.close();
});
