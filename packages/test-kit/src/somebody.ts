/**
 * Somebody with a device: a real vault in this process, a real store in an IndexedDB in memory, a real replica.
 * Nothing here is a stand-in but the IndexedDB and the clock.
 */
import 'fake-indexeddb/auto';
import { type EntryRecord, type MomentDraft, newMoment } from '@evenkeel/journal';
import { type Bytes, bytesToRecordId, randomBytes } from '@evenkeel/protocol';
import {
  type DeviceStore,
  type Invitation,
  type Replica,
  openDeviceStore,
  openReplica,
} from '@evenkeel/replica';
import { type Holder, type Vault, createVault } from '@evenkeel/vault';
import type { HandWoundClock } from './clock.ts';

export type Somebody = AsyncDisposable & {
  readonly name: string;
  readonly clock: HandWoundClock;
  readonly vault: Vault;
  readonly holder: Holder;
  readonly store: DeviceStore;
  readonly replica: Replica;
  /** The Account object: what invitations and cards carry. */
  readonly account: Bytes;
  /** This device's DeviceCert: what receipts carry. */
  readonly cert: Bytes;
};

/** Where a device finds its server: the origin it signs for, and the address it asks (a proxy, perhaps a lying one). */
export type ServerPlace = { readonly origin: string; readonly address?: string };

/** A new account on a new device, offline. */
export async function somebody(name: string, clock: HandWoundClock): Promise<Somebody> {
  const vault = createVault();
  const { holder, deviceKeyBox, deviceLog } = await vault.create({ deviceName: name, now: clock.now() });
  return moveIn({ name, clock, vault, holder, deviceKeyBox, logs: { deviceLog } });
}

/** The same account on one more device: linked by code, the letter handed over without a server. */
export async function secondDevice(of: Somebody, name: string, place: ServerPlace): Promise<Somebody> {
  const vault = createVault();
  const { qr } = await vault.startLink();
  const { replica, clock } = of;
  const answer = await of.vault.answerLink({
    qr,
    origin: place.origin,
    deviceLog: await replica.logs.deviceObjects(),
    grantLog: await replica.logs.grantObjects(),
    heads: await replica.logs.heads(),
    entryCount: replica.index.snapshot().size,
    deviceName: name,
    now: clock.now(),
  });
  if (!answer.ok) throw new Error(`the link was not answered: ${answer.reason}`);
  const appended = await replica.logs.appendDeviceLog([answer.cert]);
  if (!appended.ok) throw new Error(`the new device was not added: ${appended.reason}`);
  const received = await vault.receiveLink(answer.letter, place.origin);
  if (!received.ok) throw new Error(`the letter did not open: ${received.reason}`);
  const { holder, deviceKeyBox, deviceLog, grantLog } = await vault.acceptLink();
  return moveIn({ name, clock, vault, holder, deviceKeyBox, logs: { deviceLog, grantLog } });
}

/** Registers the account at a server and sends what there is. */
export async function join(one: Somebody, place: ServerPlace, invitation: Invitation): Promise<void> {
  const joined = await one.replica.joinServer({ ...place, live: false, invitation });
  if (!joined.ok) throw new Error(`${one.name} could not join: ${joined.reason}`);
}

/** Writes one moment, as a check-in does. */
export async function write(one: Somebody, draft: MomentDraft): Promise<readonly EntryRecord[]> {
  const made = newMoment(draft, { clock: one.replica.clock, now: one.clock.now() });
  if (!made.ok) throw new Error(`not an entry: ${made.reason}`);
  const saved = await one.replica.save(made.records);
  if (!saved.ok) throw new Error(`not saved: ${saved.reason}`);
  return saved.records;
}

type Arrival = {
  readonly name: string;
  readonly clock: HandWoundClock;
  readonly vault: Vault;
  readonly holder: Holder;
  readonly deviceKeyBox: Bytes;
  readonly logs: { readonly deviceLog: readonly Bytes[]; readonly grantLog?: readonly Bytes[] };
};

async function moveIn({ name, clock, vault, holder, deviceKeyBox, logs }: Arrival): Promise<Somebody> {
  const [account] = logs.deviceLog;
  const cert = logs.deviceLog.at(-1);
  if (account === undefined || cert === undefined)
    throw new Error('a device log begins with an account and a device');
  const store = await openDeviceStore(`cast-${bytesToRecordId(randomBytes(16))}`);
  await store.keepAccount({ acct: holder.acct, dev: holder.dev, deviceKeyBox, createdAt: clock.now() }, logs);
  const replica = await openReplica({ vault, store, holder, now: clock.now, multiInstance: false });
  await replica.loaded;
  const leave = async (): Promise<void> => {
    await replica.close();
    store.close();
    await vault.lock();
  };
  return { name, clock, vault, holder, store, replica, account, cert, [Symbol.asyncDispose]: leave };
}
