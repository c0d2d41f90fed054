/**
 * A copy of this browser's store that is older than what it sent (a profile put back from a backup) must not go on
 * under the same device key: two chains of heads would be signed with it. It makes itself a new device key
 * (docs/protocol.md, "Logs, leaves, heads").
 */
import { type DeviceId, deviceIdSchema, objectHash, sameBytes, z } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { DeviceStore, LogRow } from './device-store.ts';
import { createClient } from './server-client.ts';

export type NewDeviceOutcome =
  | { readonly ok: true; readonly holder: Holder }
  /** `later`: the server did not take the certificate now. Nothing was changed here. */
  | { readonly ok: false; readonly reason: 'later' | 'too-many-devices' };

const WAIT_MS = 5000;
const BEFORE = 'devices-before';
const REFUSED = 'new-device-refused';

/** Whether a head came that this store's device key signed and this store does not know. */
export async function isOlderCopy(store: DeviceStore): Promise<boolean> {
  const account = await store.account();
  const faults = await store.tables.faults.toArray();
  return faults.some(({ fault, dev }) => fault === 'own-head-unknown' && dev === account?.dev);
}

/** Whether the last try to become a new device met the limit on devices. */
export const isNewDeviceRefused = async (store: DeviceStore): Promise<boolean> =>
  (await store.readFact(REFUSED)) === true;

/** The devices this store was before. */
export async function devicesBefore(store: DeviceStore): Promise<readonly DeviceId[]> {
  return z.array(deviceIdSchema).safeParse(await store.readFact(BEFORE)).data ?? [];
}

/**
 * Before the replica is opened. The server takes the certificate first: one it will not have must not cost the device
 * its place. Where the outcome is not `ok`, the vault holds a key that is kept nowhere: unlock it again.
 */
export async function goOnAsNewDevice(open: {
  readonly store: DeviceStore;
  readonly vault: Vault;
  readonly deviceName: string;
  readonly now: () => number;
}): Promise<NewDeviceOutcome> {
  const { store, vault, now } = open;
  const [account, server, rows] = [await store.account(), await store.server(), await deviceRows(store)];
  const last = rows.at(-1);
  if (account === null || server === null || last === undefined) return { ok: false, reason: 'later' };
  const made = await vault.addDevice({
    deviceName: open.deviceName,
    now: now(),
    seq: rows.length,
    prev: objectHash(last.bytes),
  });
  const { acct, dev } = made.holder;
  const signSession = (origin: string, challenge: Parameters<Vault['signSession']>[1]) =>
    vault.signSession(origin, challenge);
  const client = createClient(server, { acct, dev, signSession }, now);
  const waiting = rows.filter(({ sent }) => !sent).map(({ bytes }) => bytes);
  const timer = setTimeout(() => client.stop(), WAIT_MS);
  const posted = await client.postDeviceLog([...waiting, made.cert]);
  clearTimeout(timer);
  if (!posted.ok) {
    const isFull = posted.reason === 'quota-exceeded';
    await store.keepFact(REFUSED, isFull);
    return { ok: false, reason: isFull ? 'too-many-devices' : 'later' };
  }
  const isKept = await keepNewDevice(store, { dev, deviceKeyBox: made.deviceKeyBox, before: account.dev }, [
    ...rows.map(({ bytes }) => bytes),
    made.cert,
  ]);
  return isKept ? { ok: true, holder: made.holder } : { ok: false, reason: 'later' };
}

/** In one transaction; false when another window changed the account or the log meanwhile. */
async function keepNewDevice(
  store: DeviceStore,
  made: { readonly dev: DeviceId; readonly deviceKeyBox: LogRow['bytes']; readonly before: DeviceId },
  log: readonly LogRow['bytes'][],
): Promise<boolean> {
  const { facts, logs, heads, cursors, faults, sharedGrants } = store.tables;
  return store.db.transaction('rw', [facts, logs, heads, cursors, faults, sharedGrants], async () => {
    const [account, rows] = [await store.account(), await deviceRows(store)];
    const isAsRead = rows.every(({ bytes }, i) => log[i] !== undefined && sameBytes(bytes, log[i]));
    if (account?.dev !== made.before || !isAsRead) return false;
    await facts.put({
      name: 'account',
      value: { ...account, dev: made.dev, deviceKeyBox: made.deviceKeyBox },
    });
    await logs.bulkPut(log.map((bytes, seq) => ({ log: 'device', seq, bytes, sent: true })));
    await store.keepFact(BEFORE, [...(await devicesBefore(store)), made.before]);
    await facts.delete(`own/${REFUSED}`);
    // What the old key signed here leads nowhere; what the server holds of it is that of another device from now on.
    await heads
      .filter(({ key }) => key.startsWith(`self/${made.before}`) || key.startsWith('unsent/'))
      .delete();
    await cursors.toCollection().modify((row) => {
      Object.assign(row, { side: 0, again: Math.max(row.side, row.again ?? 0) });
    });
    await faults.filter(({ fault }) => fault === 'own-head-unknown').delete();
    // Receipts are a chain of each device.
    await sharedGrants.toCollection().modify({ tip: null, receiptOpen: null });
    return true;
  });
}

async function deviceRows(store: DeviceStore): Promise<readonly LogRow[]> {
  const rows = await store.tables.logs.toArray();
  return rows.filter(({ log }) => log === 'device').toSorted((a, b) => a.seq - b.seq);
}
