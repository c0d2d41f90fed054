import { gunzipSync } from 'node:zlib';
import { binRecord } from '@evenkeel/journal';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import {
  NOON,
  type TestDevice,
  everythingStored,
  momentRecords,
  newPerson,
  oneRecord,
  rowsStored,
} from './test-device.ts';

const quick = { live: false, retryMs: 30 } as const;

/** Texts of every envelope a device holds now, as they lie in its store. */
async function envelopesOf(stored: string): Promise<readonly string[]> {
  return [...new Set([...stored.matchAll(/"env":"([A-Za-z0-9_-]{200,})"/g)].map(([, env]) => env ?? ''))];
}

/** What the sealed cache says once it is open: the volumes, and the head with its days. */
async function cacheOf({ store, vault }: TestDevice): Promise<string> {
  const [volumes, heads] = [await store.tables.volumes.toArray(), await store.tables.caches.toArray()];
  const open = async (label: string, rows: typeof volumes): Promise<Uint8Array[]> =>
    (
      await vault.openLocal(
        label,
        rows.map(({ box }) => box),
      )
    ).flatMap((bytes) => bytes ?? []);
  const parts = [...(await open('cache/volume', volumes)), ...(await open('cache/head', heads))];
  expect(parts).toHaveLength(volumes.length + heads.length);
  return parts.map((bytes) => Buffer.from(gunzipSync(bytes)).toString('latin1')).join('\n');
}

test('an entry erased for good leaves no body in any database, before a server was ever joined', async () => {
  const ada = await newPerson('erased-alone');
  const replica = await ada.open();
  await replica.loaded;
  const saved = await replica.save(momentRecords(replica.clock, { at: NOON, words: 'not to be kept' }));
  if (!saved.ok) throw new Error(saved.reason);
  const bodies = await envelopesOf(await everythingStored(ada));
  expect(bodies).toHaveLength(2);

  expect(await replica.eraseForGood(saved.records.map(({ rec }) => rec))).toMatchObject({ ok: true });
  const left = await everythingStored(ada);
  for (const body of bodies) expect(left).not.toContain(body.slice(200, 260));
  expect(replica.index.snapshot().size).toBe(0);
  expect(await ada.store.tables.volumes.count()).toBe(0);
  expect(await ada.store.tables.erasing.count()).toBe(0);
  await replica.close();
});

test('nor in the second copies the replication keeps, with the server out of reach, and the server erases its own', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('erased-online');
  const replica = await ada.open();
  const saved = await replica.save(
    momentRecords(replica.clock, { at: NOON, words: 'sent and then regretted' }),
  );
  if (!saved.ok) throw new Error(saved.reason);
  const kept = await replica.save(
    momentRecords(replica.clock, { at: NOON + 1, valence: -0.3, words: 'kept in the same month' }),
  );
  if (!kept.ok) throw new Error(kept.reason);
  await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await replica.syncNow();
  const before = await everythingStored(ada);
  expect(before).toContain('rx-replication-meta');
  const bodies = await envelopesOf(before);
  await expect.poll(() => cacheOf(ada)).toContain('sent and then regretted');
  await replica.disconnect();

  const moodToo = oneRecord(saved.records);
  const binned = binRecord(moodToo, { clock: replica.clock, now: NOON });
  if (binned?.kind !== 'moved') throw new Error('not moved');
  await replica.apply([binned]);
  const words = saved.records.find(({ rec }) => rec !== moodToo.rec);
  const recs = [binned.record.rec, ...(words === undefined ? [] : [words.rec])];
  expect(await replica.eraseForGood(recs)).toMatchObject({ ok: true });
  const left = await everythingStored(ada);
  const keptBody = bodies.filter((body) => left.includes(body));
  expect(keptBody).toHaveLength(2);
  for (const body of bodies) if (!keptBody.includes(body)) expect(left).not.toContain(body.slice(200, 260));
  expect(await ada.store.tables.erasing.count()).toBe(2);
  // The months that stay are written anew without it.
  const open = await cacheOf(ada);
  expect(open).toContain('kept in the same month');
  expect(open).toContain('-0.3');
  for (const gone of ['sent and then regretted', '0.5', ...recs]) expect(open).not.toContain(gone);

  await replica.connect({ origin: server.url, ...quick });
  await replica.syncNow();
  expect(await ada.store.tables.erasing.count()).toBe(0);
  expect(replica.safetyCounts()).toMatchObject({ onYourServer: 2, waiting: 0 });
  const again = await everythingStored(ada);
  for (const body of bodies) if (!keptBody.includes(body)) expect(again).not.toContain(body.slice(200, 260));
  await replica.close();

  const fresh = await ada.open();
  await fresh.loaded;
  expect(fresh.index.snapshot().size).toBe(2);
  await fresh.close();
  await server.close();
});

test('an erasure that was cut short by a crash is finished at the next opening', async () => {
  const ada = await newPerson('erased-late');
  const first = await ada.open();
  await first.loaded;
  const saved = await first.save(momentRecords(first.clock, { at: NOON, words: 'almost gone' }));
  if (!saved.ok) throw new Error(saved.reason);
  await first.close();
  await ada.store.tables.erasing.bulkPut(saved.records.map(({ rec }) => ({ rec })));
  const bodies = await envelopesOf(await everythingStored(ada));

  const again = await ada.open();
  await again.opened;
  expect(again.index.snapshot().size).toBe(0);
  const left = await everythingStored(ada);
  expect(bodies).toHaveLength(2);
  for (const body of bodies) expect(left).not.toContain(body.slice(200, 260));
  await again.close();
});

/** Whether there is a key object anywhere in a value: it would lie readable on the disk, whatever it allows. */
function holdsKey(value: unknown): boolean {
  if (value instanceof CryptoKey) return true;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return (value instanceof Map ? [...value.values()] : Object.values(value)).some(holdsKey);
}

test('a limit: a key object on a disk hides nothing, so none is ever stored', async () => {
  const ada = await newPerson('no-key-objects');
  const kept = async () => (await rowsStored(ada)).flatMap(({ rows }) => rows);
  const replica = await ada.open();
  await replica.loaded;
  await replica.save(momentRecords(replica.clock, { at: NOON, words: 'signed with a key in memory' }));
  await replica.close();
  expect((await kept()).length).toBeGreaterThan(5);
  expect((await kept()).some(holdsKey)).toBe(false);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  await ada.store.keepFact('planted', { key });
  expect((await kept()).some(holdsKey)).toBe(true);
});
