/** Whether heads, grant heads and key packs were signed by a device of the account, for this server. */
import {
  type Bytes,
  type DeviceId,
  type PublicKey,
  type ServerEpoch,
  type AccountId,
  grantHeadSchema,
  headSchema,
  keyPackSchema,
  parseObject,
  verifyObject,
} from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import type { VerifiedSide } from './plan-side.ts';

export type Writers = {
  readonly acct: AccountId;
  /** Of each device, those that the same push adds included. */
  readonly keys: ReadonlyMap<DeviceId, PublicKey>;
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
};

export async function verifyPack(writers: Writers, bytes: Bytes): Promise<VerifiedSide> {
  const { dev, publicKey } = signerOf(writers, bytes);
  const verified = await verifyObject(
    bytes,
    { type: 'key-pack', acct: writers.acct, signer: dev, publicKey },
    keyPackSchema,
  );
  // check: pack-signature
  if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
  const { grant, to, packId } = verified.payload;
  return { kind: 'pack', grant, dev, to, packId, hash: verified.hash, bytes };
}

export async function verifyHead(writers: Writers, bytes: Bytes): Promise<VerifiedSide> {
  const { dev, publicKey, type } = signerOf(writers, bytes);
  const expected = { acct: writers.acct, signer: dev, publicKey };
  if (type === 'grant-head') {
    const verified = await verifyObject(bytes, { type, ...expected }, grantHeadSchema);
    // check: grant-head-signature
    if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
    const { grant, seq, prev } = verified.payload;
    requireHere(writers, verified.payload);
    return { kind: type, grant, dev, seq, prev, hash: verified.hash, bytes };
  }
  const verified = await verifyObject(bytes, { type: 'head', ...expected }, headSchema);
  // check: head-signature
  if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
  const { seq, prev, full } = verified.payload;
  requireHere(writers, verified.payload);
  return { kind: 'head', dev, seq, prev, full, hash: verified.hash, bytes };
}

/** A head speaks of this server and of this database. */
function requireHere(
  writers: Writers,
  head: { readonly origin: string; readonly serverEpoch: ServerEpoch },
): void {
  // check: head-origin
  if (head.origin !== writers.origin)
    throw new ProblemFound('object-refused', 'the head names another origin');
  // check: head-server-epoch
  if (head.serverEpoch !== writers.serverEpoch)
    throw new ProblemFound('object-refused', 'the head names another server epoch');
}

function signerOf({ keys }: Writers, bytes: Bytes) {
  const parsed = parseObject(bytes);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  const { signer, type } = parsed.object;
  const publicKey = signer === 'identity' ? undefined : keys.get(signer);
  if (signer === 'identity' || publicKey === undefined)
    throw new ProblemFound('object-refused', 'unknown-device');
  return { dev: signer, publicKey, type };
}
