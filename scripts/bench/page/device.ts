/** A device in this page: a vault in its Worker, a store on the disk, a replica over both, put together as the app does. */
import {
  type Bytes,
  accountIdSchema,
  deviceLogReplySchema,
  fromBase64url,
  objectHash,
  randomBytes,
  toBase64url,
} from '@evenkeel/protocol';
import { type DeviceStore, type Replica, openDeviceStore, openReplica } from '@evenkeel/replica';
import { type Holder, type Vault, connectVault } from '@evenkeel/vault';
import { startVaultWorker } from '../../../web/src/platform/vault-worker.ts';
import type { DiaryKey } from './api.ts';
import { deleteDatabases } from './raw.ts';

export type BenchDevice = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly open: () => Promise<Replica>;
  /** Ends the Worker and closes the store; `erase` deletes what it kept. */
  readonly leave: (options: { readonly erase: boolean }) => Promise<void>;
};

type Kept = {
  readonly deviceKeyBox: Bytes;
  readonly deviceLog: readonly Bytes[];
  readonly wrap: Bytes;
  readonly secret: Bytes;
};

/** A new account, locked by nothing. */
export async function newDevice(name: string): Promise<BenchDevice> {
  const vault = connectVault(startVaultWorker());
  const made = await vault.create({ deviceName: name, now: Date.now() });
  const secret = randomBytes(32);
  const wrap = await vault.makeWrap({ type: 'none', secret });
  return moveIn(name, vault, made.holder, { ...made, wrap, secret });
}

/** A further device of an account that is known by its key, as a recovery kit makes one: the server learns its certificate. */
export async function restoredDevice(name: string, key: DiaryKey): Promise<BenchDevice> {
  const vault = connectVault(startVaultWorker());
  const acct = accountIdSchema.parse(key.acct);
  const [wrap, secret, deviceLog] = [bytesOf(key.wrap), bytesOf(key.secret), [...(await deviceLogAt(key))]];
  const unlocked = await vault.unlock({ acct, wrap, secret: { type: 'none', secret }, deviceKeyBox: null });
  if (!unlocked.ok) throw new Error(`the diary's key does not open it: ${unlocked.reason}`);
  const last = deviceLog.at(-1);
  if (last === undefined) throw new Error('the device log is empty');
  const added = await vault.addDevice({
    deviceName: name,
    now: Date.now(),
    seq: deviceLog.length,
    prev: objectHash(last),
  });
  const posted = await fetch('/v1/device-log', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ acct, objects: [toBase64url(added.cert)] }),
  });
  deviceLogReplySchema.parse(await posted.json());
  certs.push(added.cert);
  return moveIn(name, vault, added.holder, {
    deviceKeyBox: added.deviceKeyBox,
    deviceLog: [...deviceLog, added.cert],
    wrap,
    secret,
  });
}

const certs: Bytes[] = [];
/** The log as it was handed over, and the devices this page has added since. */
async function deviceLogAt({ deviceLog }: DiaryKey): Promise<readonly Bytes[]> {
  return [...deviceLog.map(bytesOf), ...certs];
}

async function moveIn(
  name: string,
  vault: Vault & { readonly terminate: () => void },
  holder: Holder,
  kept: Kept,
): Promise<BenchDevice> {
  await deleteDatabases(`evenkeel-${name}`);
  const store = await openDeviceStore(name);
  const { deviceKeyBox, deviceLog, wrap, secret } = kept;
  await store.keepWrap({ type: 'none', wrap, secret });
  await store.keepAccount(
    { acct: holder.acct, dev: holder.dev, deviceKeyBox, createdAt: Date.now() },
    { deviceLog },
  );
  return {
    vault,
    store,
    holder,
    open: () => openReplica({ vault, store, holder, now: Date.now }),
    async leave({ erase }) {
      vault.terminate();
      store.close();
      if (erase) await deleteDatabases(`evenkeel-${name}`);
    },
  };
}

function bytesOf(text: string): Bytes {
  const bytes = fromBase64url(text);
  if (bytes === null) throw new TypeError('expected base64url');
  return bytes;
}
