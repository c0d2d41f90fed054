/** Signed objects of the own account (docs/protocol.md, "Signed objects"). */
import {
  type Bytes,
  type DeviceId,
  type Hash32,
  type ObjectType,
  type PublicKey,
  concat,
  encodeUnsignedObject,
  objectSignedBytes,
  toBase64url,
  utf8,
} from '@evenkeel/protocol';
import type { Device, Identity } from './identity.ts';
import { deviceNameContext } from './open-account.ts';
import { sealTo } from './sealed-box.ts';

export async function signObject(
  { identity, device }: { readonly identity: Identity; readonly device: Device },
  {
    type,
    signer,
    payload,
  }: { readonly type: ObjectType; readonly signer: 'identity' | 'device'; readonly payload: unknown },
): Promise<Bytes> {
  const unsigned = encodeUnsignedObject(
    type,
    identity.acct,
    signer === 'identity' ? 'identity' : device.dev,
    payload,
  );
  const signing = signer === 'identity' ? identity.signing : device.signing;
  return concat(unsigned, await signing.sign(objectSignedBytes(type, unsigned)));
}

/** The next object of a device log: a device by its key, its name sealed to the owner. */
export function signDeviceCert(
  keys: { readonly identity: Identity; readonly device: Device },
  cert: {
    readonly seq: number;
    readonly prev: Hash32;
    readonly time: number;
    readonly dev: DeviceId;
    readonly signPk: PublicKey;
    readonly name: string;
  },
): Promise<Bytes> {
  const { acct, boxPk } = keys.identity;
  const { name, ...clear } = cert;
  const sealedName = toBase64url(sealTo(boxPk, deviceNameContext(acct, cert.dev), utf8(name)));
  return signObject(keys, { type: 'device-cert', signer: 'identity', payload: { ...clear, sealedName } });
}
