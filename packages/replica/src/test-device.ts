/** For tests: a person's device with a real vault, a real store on an in-memory IndexedDB, and records to write. */
import 'fake-indexeddb/auto';
import { CATEGORY_NUMBERS, type Clock, type EntryRecord, atInstant, newMoment } from '@evenkeel/journal';
import { type Bytes, replayDeviceLog } from '@evenkeel/protocol';
import { type Holder, type Vault, createVault } from '@evenkeel/vault';
import { type DeviceStore, openDeviceStore } from './device-store.ts';
import { openReplica } from './open-replica.ts';
import type { Replica } from './replica.ts';

export type TestDevice = {
  readonly name: string;
  readonly vault: Vault;
  readonly holder: Holder;
  readonly store: DeviceStore;
  readonly clock: { now: number };
  /** Opens the replica on this device (again). */
  readonly open: () => Promise<Replica>;
  readonly wrap: Bytes;
};

let devices = 0;
/** 15 October 2026, noon UTC. */
export const NOON = Date.UTC(2026, 9, 15, 12);
export const DAY = 86_400_000;
const SECRET = { type: 'none', secret: new Uint8Array(32).fill(7) } as const;

export async function newPerson(name = 'ada'): Promise<TestDevice> {
  const vault = createVault();
  const clock = { now: NOON };
  const { holder, deviceKeyBox, deviceLog } = await vault.create({
    deviceName: `${name}'s phone`,
    now: clock.now,
  });
  const wrap = await vault.makeWrap(SECRET);
  return keep(name, { vault, holder, clock, wrap }, deviceKeyBox, { deviceLog });
}

/** A second device of the same person, as a recovery kit makes one: it knows the logs it is given. */
export async function anotherDevice(
  of: TestDevice,
  logs: { readonly deviceLog: readonly Bytes[]; readonly grantLog: readonly Bytes[] },
): Promise<TestDevice> {
  const vault = createVault();
  const clock = { now: of.clock.now };
  const unlocked = await vault.unlock({
    acct: of.holder.acct,
    wrap: of.wrap,
    secret: SECRET,
    deviceKeyBox: null,
  });
  if (!unlocked.ok) throw new Error(unlocked.reason);
  const replayed = await replayDeviceLog(logs.deviceLog);
  if (!replayed.ok) throw new Error(replayed.reason);
  const { seq, hash } = replayed.log;
  const { holder, deviceKeyBox, cert } = await vault.addDevice({
    deviceName: 'another',
    now: clock.now,
    seq: seq + 1,
    prev: hash,
  });
  return keep(`${of.name}-too`, { vault, holder, clock, wrap: of.wrap }, deviceKeyBox, {
    deviceLog: [...logs.deviceLog, cert],
    grantLog: logs.grantLog,
  });
}

async function keep(
  name: string,
  made: Pick<TestDevice, 'vault' | 'holder' | 'clock' | 'wrap'>,
  deviceKeyBox: Bytes,
  logs: { readonly deviceLog: readonly Bytes[]; readonly grantLog?: readonly Bytes[] },
): Promise<TestDevice> {
  devices += 1;
  const store = await openDeviceStore(`${name}-${devices}`);
  await store.keepAccount(
    { acct: made.holder.acct, dev: made.holder.dev, deviceKeyBox, createdAt: made.clock.now },
    logs,
  );
  const { vault, holder, clock } = made;
  return {
    name,
    store,
    ...made,
    open: () => openReplica({ vault, store, holder, now: () => clock.now, multiInstance: false }),
  };
}

/** Records of one moment: a mood, and words when given. */
export function momentRecords(
  clock: Clock,
  { at, valence = 0.5, words }: { readonly at: number; readonly valence?: number; readonly words?: string },
): readonly EntryRecord[] {
  const made = newMoment(
    {
      when: atInstant(at, 'Europe/London'),
      mood: { valence, arousal: 0.1 },
      ...(words !== undefined && { words }),
    },
    { clock, now: at },
  );
  if (!made.ok) throw new Error(made.reason);
  return made.records;
}

export function oneRecord(records: readonly EntryRecord[], cat: number = CATEGORY_NUMBERS.mood): EntryRecord {
  const found = records.find((record) => record.cat === cat);
  if (found === undefined) throw new Error('no such record');
  return found;
}

/** Everything in every object store of every database of one device, as JSON text with bytes as base64url. */
export async function everythingStored(device: TestDevice): Promise<string> {
  const parts = (await rowsStored(device)).map(
    ({ place, rows }) =>
      `${place}: ${JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : value))}`,
  );
  return parts.join('\n');
}

/** The same as it lies there, by database and object store. */
export async function rowsStored({ store }: TestDevice) {
  const found: { readonly place: string; readonly rows: readonly unknown[] }[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name?.includes(`evenkeel-${store.name}`) !== true) continue;
    const db = await opened(name);
    for (const storeName of db.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const request = db.transaction(storeName, 'readonly').objectStore(storeName).getAll();
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')));
      });
      found.push({ place: `${name}/${storeName}`, rows });
    }
    db.close();
  }
  return found;
}

/** Puts everything back to what lay there once: as when a browser's profile comes from a backup. Close all first. */
export async function putBack(stored: Awaited<ReturnType<typeof rowsStored>>): Promise<void> {
  for (const { place, rows } of stored) {
    const at = place.lastIndexOf('/');
    const db = await opened(place.slice(0, at));
    const transaction = db.transaction(place.slice(at + 1), 'readwrite');
    const table = transaction.objectStore(place.slice(at + 1));
    table.clear();
    for (const row of rows) table.put(row);
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('error', () => reject(transaction.error ?? new Error('unwritable')));
    });
    db.close();
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')));
  });
}
