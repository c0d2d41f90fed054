/** For tests of this package, which knows no secret key: an account and a device that sign with WebCrypto. */
import { type Bytes, concat, ownBytes } from './bytes.ts';
import {
  type AccountId,
  type DeviceId,
  type PublicKey,
  accountIdOf,
  bytesToPublicKey,
  deviceIdOf,
  publicKeySchema,
  randomBytes,
} from './ids.ts';
import { type ObjectType, type Signer, encodeUnsignedObject, objectSignedBytes } from './signed-object.ts';

export type KeyPair = {
  readonly publicKey: PublicKey;
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
};

export async function makeKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('expected a key pair');
  return {
    publicKey: publicKeySchema.parse((await crypto.subtle.exportKey('jwk', pair.publicKey)).x),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, ownBytes(message))),
  };
}

export type Account = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  readonly dev: DeviceId;
  readonly devicePk: PublicKey;
  /** Of another type, account or signer than the account's own when a test asks for it. */
  readonly signed: (
    type: ObjectType,
    payload: unknown,
    as?: { readonly acct?: AccountId; readonly signer?: Signer },
  ) => Promise<Bytes>;
  readonly device: KeyPair;
  readonly identity: KeyPair;
};

export async function makeAccount(): Promise<Account> {
  const identity = await makeKeyPair();
  const device = await makeKeyPair();
  const boxPk = bytesToPublicKey(randomBytes(32));
  const acct = accountIdOf(identity.publicKey, boxPk);
  const dev = deviceIdOf(device.publicKey);
  return {
    acct,
    signPk: identity.publicKey,
    boxPk,
    dev,
    devicePk: device.publicKey,
    device,
    identity,
    signed: (type, payload, as = {}) => {
      const signer = as.signer ?? 'identity';
      const unsigned = encodeUnsignedObject(type, as.acct ?? acct, signer, payload);
      return signUnsigned(signer === 'identity' ? identity : device, type, unsigned);
    },
  };
}

export async function signUnsigned(key: KeyPair, type: ObjectType, unsigned: Uint8Array): Promise<Bytes> {
  return concat(unsigned, await key.sign(objectSignedBytes(type, unsigned)));
}
