// First, since it brings the IndexedDB that the rest opens.
import { makeDemoPeople } from './demo-people.ts';
import { fromBase64url, objectHash, replayDeviceLog, toBase64url } from '@evenkeel/protocol';
import { openDeviceStore, openReplica, readRecovery } from '@evenkeel/replica';
import { startServer } from '@evenkeel/sync-server';
import { createVault, recoveryIdOf } from '@evenkeel/vault';
import { expect, test, vi } from 'vitest';
import { createBackupBook } from '../../web/src/session/backup-book.ts';
import { openDeviceSettings } from '../../web/src/session/device-settings.ts';
import { openForms } from '../../web/src/session/kept-forms.ts';
import { openDesk } from '../../web/src/session/open-desk.ts';
import { openSharing } from '../../web/src/session/open-sharing.ts';
import type { Opened } from '../../web/src/session/opened.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

/** What the app does with 24 words in an empty browser, step by step (open-arrival.ts), until the diary is open. */
async function restore(origin: string, words: readonly string[]) {
  const text = words.join(' ');
  const id = await recoveryIdOf(text);
  const found = id === null ? null : await readRecovery({ origin }, id);
  if (found === null || !found.ok) throw new Error('no diary was found with these words');
  const { acct } = found.value;
  const [deviceLog, grantLog, wraps] = [found.value.deviceLog, found.value.grantLog, [found.value.wrap]].map(
    (texts) => texts.flatMap((one) => fromBase64url(one) ?? []),
  );
  const [last, wrap] = [deviceLog?.at(-1), wraps?.at(0)];
  if (deviceLog === undefined || grantLog === undefined || wrap === undefined || last === undefined)
    throw new Error('what was found does not read');
  expect(await replayDeviceLog(deviceLog)).toMatchObject({ ok: true, log: { acct } });
  const vault = createVault();
  const secret = { type: 'recovery', words: text } as const;
  expect(await vault.unlock({ acct, wrap, secret, deviceKeyBox: null })).toMatchObject({ ok: true });
  const place = { now: NOW, seq: deviceLog.length, prev: objectHash(last) };
  const { holder, deviceKeyBox, cert } = await vault.addDevice({ deviceName: 'Another', ...place });
  const added = await fetch(`${origin}/v1/device-log`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ acct, objects: [toBase64url(cert)] }),
  });
  expect(added.status).toBe(200);
  const store = await openDeviceStore(`restored-${acct}`);
  const account = { acct, dev: holder.dev, deviceKeyBox, createdAt: NOW };
  await store.keepAccount(account, { deviceLog: [...deviceLog, cert], grantLog });
  const parts = { vault, store, holder, now: () => NOW };
  const opened: Opened = {
    ...parts,
    replica: await openReplica({ ...parts, multiInstance: false }),
    settings: await openDeviceSettings(vault, store),
    forms: await openForms(parts),
    backups: createBackupBook(store),
  };
  await opened.replica.connect({ origin, live: false });
  await opened.replica.syncNow();
  const leave = async (): Promise<void> => {
    await opened.replica.close();
    store.close();
    await vault.lock();
  };
  return { opened, [Symbol.asyncDispose]: leave };
}

test('the words of the demo open both by the ordinary restore: a diary, and a desk on which the share of it is read', async () => {
  vi.stubGlobal('document', new EventTarget());
  await using server = await startServer({ clock: () => NOW });
  const people = await makeDemoPeople(server.url, server.invite, NOW, { years: 0.25 });
  expect([people.person.length, people.clinician.length]).toEqual([24, 24]);

  await using person = await restore(server.url, people.person);
  const diary = () => person.opened.replica.index.snapshot().moments();
  await expect.poll(() => diary().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(people.moments);
  const sharing = openSharing(person.opened);
  await expect
    .poll(sharing.read, { timeout: 30_000 })
    .toMatchObject({ status: 'ready', shares: [{ status: 'active', with: { name: 'Dr Demo' } }], ended: [] });

  await using clinician = await restore(server.url, people.clinician);
  const desk = openDesk(clinician.opened);
  const owner = person.opened.holder.acct;
  await expect
    .poll(desk.read, { timeout: 30_000 })
    .toMatchObject({ people: [{ owner, name: 'Robin (made up)', status: 'sharing', unread: null }] });
});
