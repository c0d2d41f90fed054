import 'fake-indexeddb/auto';
import { parseEnvelope, type Bytes, concat, randomMomentId } from '@evenkeel/protocol';
import { binRecord, editMoment } from '@evenkeel/journal';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { blobSource, readEnvelopes } from './backup-file.ts';
import { openDeviceStore } from './device-store.ts';
import { leaveNote, takeInNotes } from './inbox.ts';
import { openReplica } from './open-replica.ts';
import { type Backup, backedUpIn, readBackup } from './read-backup.ts';
import type { Replica } from './replica.ts';
import { clearLeftovers, restoreBackup } from './restore-backup.ts';
import { DAY, NOON, type TestDevice, momentRecords, newPerson } from './test-device.ts';
import { writeBackup } from './write-backup.ts';

const PASSPHRASE = 'abacus doorknob unlit zesty otter';

async function fileOf(device: TestDevice, replica: Replica): Promise<Bytes> {
  const parts: Bytes[] = [];
  const made = await writeBackup({ ...device, replica, now: () => device.clock.now }, async (bytes) => {
    parts.push(bytes);
  });
  if (made === null) throw new Error('nothing could open it');
  const bytes = concat(...parts);
  expect(made.bytes).toBe(bytes.length);
  return bytes;
}

async function opened(bytes: Uint8Array): Promise<Backup> {
  const read = await readBackup(blobSource(new Blob([new Uint8Array(bytes)])));
  if (!read.ok) throw new Error(read.reason);
  return read.backup;
}

/** A person with a kit, and `count` moods on as many days. */
async function withEntries(count: number, name = 'ada') {
  const device = await newPerson(name);
  const kit = await device.vault.makeKit();
  await device.store.keepWrap({ type: 'recovery', wrap: kit.wrap });
  const replica = await device.open();
  await replica.opened;
  for (let i = 0; i < count; i += 1) {
    const saved = await replica.save(momentRecords(replica.clock, { at: NOON - i * DAY, words: `Day ${i}` }));
    expect(saved.ok).toBe(true);
  }
  return { device, replica, words: kit.words.join(' ') };
}

/** What somebody does with the file and the words in an empty browser. */
async function restored(bytes: Uint8Array, words: string, name: string) {
  const backup = await opened(bytes);
  const wrap = backup.wraps.get('recovery');
  if (wrap === undefined) throw new Error('no kit opens it');
  const vault = createVault();
  const unlocked = await vault.unlock({
    acct: backup.acct,
    wrap,
    secret: { type: 'recovery', words },
    deviceKeyBox: null,
  });
  if (!unlocked.ok) throw new Error(unlocked.reason);
  const { seq, hash } = backup.deviceLog;
  const added = await vault.addDevice({ deviceName: 'new', now: NOON, seq: seq + 1, prev: hash });
  const store = await openDeviceStore(name);
  const outcome = await restoreBackup({ store, vault, multiInstance: false }, backup);
  if (!outcome.ok) throw new Error(outcome.reason);
  const { holder, deviceKeyBox, cert } = added;
  await store.keepAccount(
    { acct: holder.acct, dev: holder.dev, deviceKeyBox, createdAt: NOON },
    {
      deviceLog: [...backup.deviceObjects, cert],
      grantLog: backup.grantObjects,
      heads: backup.heads,
    },
  );
  const replica = await openReplica({ vault, store, holder, now: () => NOON, multiInstance: false });
  await replica.loaded;
  return { replica, outcome, store, vault, holder };
}

test('an empty device with the file and the words holds every entry, its history and its deletions', async () => {
  const { device, replica, words } = await withEntries(5);
  const [moment] = replica.index.snapshot().moments();
  const makers = { clock: replica.clock, now: NOON };
  if (moment === undefined) throw new Error('there are moments');
  const { records, when } = moment;
  const edited = editMoment(
    records,
    { when, mood: { valence: -0.4, arousal: 0.1 }, words: 'Changed' },
    makers,
  );
  if (!edited.ok) throw new Error(edited.reason);
  expect((await replica.apply(edited.changes)).ok).toBe(true);
  const binned = replica.index.snapshot().moments().at(-1)?.records ?? [];
  await replica.apply(binned.flatMap((one) => binRecord(one, makers) ?? []));
  const before = replica.index.snapshot();
  const bytes = await fileOf(device, replica);

  const { replica: back, outcome } = await restored(bytes, words, 'ada-back');
  expect(outcome).toMatchObject({ unreadable: 0 });
  const after = back.index.snapshot();
  expect(after.moments()).toEqual(before.moments());
  expect(JSON.stringify(after.moments())).toContain('Day 0');
  const bin = (held: typeof after) =>
    held
      .binned()
      .map(({ record }) => record)
      .toSorted((a, b) => a.cat - b.cat || (a.rec < b.rec ? -1 : 1));
  expect(bin(after)).toEqual(bin(before));
  expect(bin(after)).toHaveLength(2);
  const saved = await back.save(momentRecords(back.clock, { at: NOON, words: 'Written on the new device' }));
  expect(saved.ok).toBe(true);
  expect(back.logs.device().devices.size).toBe(2);
  await back.close();
  await replica.close();
});

test('a file holds the kit’s and the passphrase’s wrap and no other, and without either it is not written', async () => {
  const device = await newPerson('bea');
  const replica = await device.open();
  await replica.opened;
  await device.store.keepWrap({ type: 'none', wrap: device.wrap, secret: new Uint8Array(32).fill(7) });
  await device.store.keepWrap({
    type: 'pin',
    wrap: await device.vault.makeWrap({ type: 'pin', pin: '271828' }),
  });
  const nothing: Bytes[] = [];
  const parts = { ...device, replica, now: () => NOON };
  expect(await writeBackup(parts, async (bytes) => void nothing.push(bytes))).toBeNull();
  expect(nothing).toEqual([]);

  const wrap = await device.vault.makeWrap({ type: 'passphrase', passphrase: PASSPHRASE });
  await device.store.keepWrap({ type: 'passphrase', wrap });
  const backup = await opened(await fileOf(device, replica));
  expect([...backup.wraps]).toEqual([['passphrase', wrap]]);
  expect(backup.layout.wraps).toHaveLength(1);
  await replica.close();
});

test('every truncation is refused, and every flipped bit is refused or costs the envelope it lies in', async () => {
  const { device, replica } = await withEntries(0, 'cleo');
  await replica.save(momentRecords(replica.clock, { at: NOON }));
  const bytes = await fileOf(device, replica);
  const whole = await opened(bytes);
  const texts = async (backup: Backup): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const part of backedUpIn(backup, device.vault))
      found.push(...part.map(({ version }) => JSON.stringify(version)));
    return found;
  };
  const all = await texts(whole);
  expect(all).toHaveLength(whole.envelopes);
  for (let length = 0; length < bytes.length; length += 1) {
    const read = await readBackup(blobSource(new Blob([bytes.slice(0, length)])));
    expect(read.ok ? 'read' : read.reason).toMatch(/^(not-a-backup|cut-short)$/);
  }
  const [section] = whole.layout.envelopes;
  if (section === undefined) throw new Error('there are envelopes');
  const isEnvelope = (at: number): boolean => at >= section.at + 5 && at < section.at + 5 + section.length;
  const said = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      // Inside the envelopes, a bit of every byte: each costs a full verification.
      if (isEnvelope(at) && bit !== at % 8) continue;
      const flipped = new Uint8Array(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      const read = await readBackup(blobSource(new Blob([flipped])));
      if (!read.ok) {
        said.set(read.reason, (said.get(read.reason) ?? 0) + 1);
        continue;
      }
      expect(isEnvelope(at), `bit ${bit} of byte ${at}`).toBe(true);
      const found = await texts(read.backup);
      expect(found.length).toBeLessThan(read.backup.envelopes);
      for (const text of found) expect(all).toContain(text);
      said.set('counted', (said.get('counted') ?? 0) + 1);
    }
  }
  expect([...said.keys()].toSorted()).toEqual([
    'counted',
    'cut-short',
    'damaged',
    'newer-app-needed',
    'not-a-backup',
  ]);
  await replica.close();
}, 120_000);

test('who leaves an entry out of the file, or puts a stranger’s in, has another file, which nobody signed', async () => {
  const { device, replica } = await withEntries(3, 'dora');
  const { device: other, replica: others } = await withEntries(1, 'eve');
  const bytes = await fileOf(device, replica);
  const mine = await opened(bytes);
  const theirs = await opened(await fileOf(other, others));
  const [section] = theirs.layout.envelopes;
  if (section === undefined) throw new Error('there are envelopes');
  const strange = await readEnvelopes(theirs.source, section);
  const { startBackupFile } = await import('./backup-file.ts');
  const forge = async (envelopes: readonly Bytes[]): Promise<string> => {
    const file = startBackupFile(mine.acct);
    const forged = concat(
      file.head,
      file.section('deviceLog', mine.layout.deviceLog),
      file.section('grantLog', mine.layout.grantLog),
      file.section('heads', mine.layout.heads),
      file.section('wraps', mine.layout.wraps),
      file.section('envelopes', envelopes),
      file.section('statement', [mine.layout.statement]),
    );
    const read = await readBackup(blobSource(new Blob([forged])));
    return read.ok ? 'ok' : read.reason;
  };
  const [own] = mine.layout.envelopes;
  if (own === undefined) throw new Error('there are envelopes');
  const envelopes = await readEnvelopes(mine.source, own);
  expect(await forge(envelopes)).toBe('ok');
  expect(await forge(envelopes.slice(1))).toBe('damaged');
  expect(await forge([...envelopes, ...strange])).toBe('damaged');
  await replica.close();
  await others.close();
});

test('a backup that is brought back into the diary it came from adds what is missing and nothing twice', async () => {
  const { device, replica } = await withEntries(3, 'fay');
  const bytes = await fileOf(device, replica);
  const erased = replica.index.snapshot().moments().at(-1)?.records ?? [];
  expect((await replica.eraseForGood(erased.map(({ rec }) => rec))).ok).toBe(true);
  await replica.save(momentRecords(replica.clock, { at: NOON + DAY, words: 'After the backup' }));
  const before = replica.index.snapshot().moments();
  for await (const part of backedUpIn(await opened(bytes), device.vault)) {
    const merged = await replica.mergeIn(part.map(({ version }) => version));
    expect(merged.ok).toBe(true);
  }
  // What was deleted for good stays deleted, and what was written since stays written.
  expect(replica.index.snapshot().moments()).toEqual(before);
  await replica.close();
});

test('a limit: what was deleted for good lies on in a file that was made before', async () => {
  const { device, replica, words } = await withEntries(2, 'ida');
  const bytes = await fileOf(device, replica);
  const erased = replica.index.snapshot().moments().at(-1)?.records ?? [];
  expect((await replica.eraseForGood(erased.map(({ rec }) => rec))).ok).toBe(true);
  const later = await restored(await fileOf(device, replica), words, 'ida-later');
  const before = await restored(bytes, words, 'ida-before');
  const rec = erased[0]?.rec;
  if (rec === undefined) throw new Error('nothing was deleted');
  expect(later.replica.index.snapshot().record(rec)).toBeUndefined();
  expect(before.replica.index.snapshot().record(rec)).toMatchObject({ rec });
  await Promise.all([later, before].map((one) => one.replica.close()));
  await replica.close();
});

test('a limit: whoever finds a file can count entries, their sizes, devices and shares in it, without any words', async () => {
  const { device, replica } = await withEntries(3, 'jo');
  const backup = await opened(await fileOf(device, replica));
  const sizes: number[] = [];
  for (const section of backup.layout.envelopes)
    sizes.push(...(await readEnvelopes(backup.source, section)).map(({ length }) => length));
  expect(backup.envelopes).toBe(replica.index.snapshot().size);
  expect(sizes).toHaveLength(6);
  expect(sizes.every((size) => size >= 464)).toBe(true);
  expect(backup.deviceLog.devices.size).toBe(1);
  expect(backup.grantObjects).toEqual([]);
  await replica.close();
});

test('a restore that was broken off leaves nothing to the next one', async () => {
  const { device, replica, words } = await withEntries(2, 'gwen');
  const bytes = await fileOf(device, replica);
  const store = await openDeviceStore('gwen-broken');
  const backup = await opened(bytes);
  await restoreBackup({ store, vault: device.vault, multiInstance: false }, backup);
  const left = async () =>
    (await indexedDB.databases()).filter(({ name }) => name?.includes('gwen-broken-envelopes') === true);
  expect(await left()).not.toEqual([]);
  await clearLeftovers(store);
  expect(await left()).toEqual([]);
  store.close();
  const again = await restored(bytes, words, 'gwen-broken');
  expect(again.replica.index.snapshot().size).toBe(replica.index.snapshot().size);
  await clearLeftovers(again.store);
  expect(await left()).not.toEqual([]);
  await again.replica.close();
  await replica.close();
});

test('all envelopes in a file are the ones of the store, byte for byte', async () => {
  const { device, replica } = await withEntries(2, 'hana');
  const backup = await opened(await fileOf(device, replica));
  const stored = (await replica.sealedSince(null, 100)).envelopes;
  const found: Bytes[] = [];
  for (const section of backup.layout.envelopes) found.push(...(await readEnvelopes(backup.source, section)));
  expect(found).toEqual(stored);
  expect(found.every((bytes) => parseEnvelope(bytes).ok)).toBe(true);
  await replica.close();
});

test('what waits, written while locked, is in no backup file, and a restore brings none', async () => {
  const { device, replica, words } = await withEntries(1, 'with-note');
  const { store, vault, holder } = device;
  await takeInNotes({ store, vault, holder, replica });
  const note = { id: randomMomentId(), at: NOON, zone: 'Europe/London', mood: {}, text: 'a bad night' };
  expect(await leaveNote(store, createVault(), note)).toEqual({ ok: true });
  const [waiting] = await store.tables.inbox.toArray();
  if (waiting === undefined) throw new Error('no note waits');
  const file = await fileOf(device, replica);
  expect(Buffer.from(file).includes(Buffer.from(waiting.box.subarray(33)))).toBe(false);

  const there = await restored(file, words, 'without-note');
  expect(await there.store.tables.inbox.count()).toBe(0);
  // Carried over by hand, it does not open: it was sealed for the other device.
  await there.store.tables.inbox.put(waiting);
  const taken = await takeInNotes(there);
  expect(taken).toMatchObject({ notes: 0, unreadable: 1 });
  await there.replica.close();
  await replica.close();
});
