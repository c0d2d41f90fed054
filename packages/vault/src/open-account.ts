/** Everything that exists only while a vault is open, in one place, so that locking forgets all of it. */
import { type AccountId, type Bytes, concat, idToBytes, type DeviceId, utf8 } from '@evenkeel/protocol';
import { type HeldKeys, openHeldKeys } from './held-keys.ts';
import { type Device, type Identity, deriveIdentity } from './identity.ts';
import { type KeyTree, openKeyTree } from './key-tree.ts';
import { type LocalBoxes, openLocalBoxes } from './local.ts';
import type { Secret } from './secret.ts';
import type { Holder } from './vault.ts';

export type OpenAccount = Disposable & {
  readonly root: Secret;
  readonly identity: Identity;
  readonly device: Device;
  readonly tree: KeyTree;
  readonly local: LocalBoxes;
  readonly held: HeldKeys;
};

/** Takes over the root and the device. */
export async function openAccount(root: Secret, device: Device): Promise<OpenAccount> {
  const identity = await deriveIdentity(root);
  const tree = openKeyTree(root, identity.acct);
  const local = openLocalBoxes(root, identity.acct);
  const held = openHeldKeys();
  return {
    root,
    identity,
    device,
    tree,
    local,
    held,
    [Symbol.dispose]: () => {
      for (const part of [held, local, tree, device, identity, root]) part[Symbol.dispose]();
    },
  };
}

/** The same account with another device key; the old one is forgotten. */
export function withDevice(account: OpenAccount, device: Device): OpenAccount {
  account.device[Symbol.dispose]();
  return {
    ...account,
    device,
    [Symbol.dispose]: () => {
      device[Symbol.dispose]();
      account[Symbol.dispose]();
    },
  };
}

export function holderOf({ identity, device }: OpenAccount): Holder {
  return {
    acct: identity.acct,
    signPk: identity.signing.publicKey,
    boxPk: identity.boxPk,
    dev: device.dev,
    devicePk: device.signing.publicKey,
  };
}

/** What a DeviceCert's `sealedName` is sealed under: give it to `openSealed` to read the name. */
export function deviceNameContext(acct: AccountId, dev: DeviceId): Bytes {
  return concat(utf8('ek1/device-name\0'), idToBytes(acct), idToBytes(dev));
}
