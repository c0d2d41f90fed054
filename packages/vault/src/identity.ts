/** The key pairs of an account and of one device. */
import { type AccountId, type DeviceId, type PublicKey, accountIdOf, deviceIdOf } from '@evenkeel/protocol';
import { deriveSecret } from './derive.ts';
import { boxPublicKey } from './seal.ts';
import { Secret } from './secret.ts';
import { type SigningKey, openSigningKey } from './sign.ts';

/** Signs the two logs and reads what others seal to the account. Deterministic: the kit restores it. */
export type Identity = Disposable & {
  readonly acct: AccountId;
  readonly signing: SigningKey;
  readonly boxSecret: Secret;
  readonly boxPk: PublicKey;
};

/** Signs envelopes, heads, packs and receipts. Random: every installation has its own. */
export type Device = Disposable & {
  readonly dev: DeviceId;
  readonly seed: Secret;
  readonly signing: SigningKey;
};

/** `id/sign` and `id/box` of the root. */
export async function deriveIdentity(root: Secret): Promise<Identity> {
  const seed = deriveSecret(root, 'id/sign');
  const boxSecret = deriveSecret(root, 'id/box');
  const signing = await openSigningKey(seed);
  const boxPk = boxPublicKey(boxSecret);
  return {
    acct: accountIdOf(signing.publicKey, boxPk),
    signing,
    boxSecret,
    boxPk,
    [Symbol.dispose]: () => {
      signing[Symbol.dispose]();
      seed[Symbol.dispose]();
      boxSecret[Symbol.dispose]();
    },
  };
}

export function makeDevice(): Promise<Device> {
  return openDevice(Secret.random(32));
}

/** The device of a seed; it owns the seed from then on. */
export async function openDevice(seed: Secret): Promise<Device> {
  const signing = await openSigningKey(seed);
  return {
    dev: deviceIdOf(signing.publicKey),
    seed,
    signing,
    [Symbol.dispose]: () => {
      signing[Symbol.dispose]();
      seed[Symbol.dispose]();
    },
  };
}
