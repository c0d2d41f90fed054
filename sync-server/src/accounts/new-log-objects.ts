/** Log objects as they arrive: signed by the identity, and which of them are new. */
import {
  type AccountId,
  type Bytes,
  type Hash32,
  type LogFault,
  type PublicKey,
  fromBase64url,
  objectHash,
  parseObject,
  verifyObject,
  z,
} from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import type { Tip } from '../store/store.ts';

const placedSchema = z.looseObject({ seq: z.int() });

export type Owner = { readonly acct: AccountId; readonly signPk: PublicKey };
export type HashesAt = (seqs: readonly number[]) => Promise<ReadonlyMap<number, Hash32>>;

/** The objects after `tip`. One that is held already is done; another one in its place is a log that moved. */
export async function newObjects(
  owner: Owner,
  tip: Tip,
  hashesAt: HashesAt,
  objects: readonly Bytes[],
): Promise<readonly Bytes[]> {
  const placed = await Promise.all(objects.map((bytes) => placeOf(owner, bytes)));
  const hashes = await hashesAt(placed.map(({ seq }) => seq).filter((seq) => seq <= tip.seq));
  return placed.flatMap(({ seq, bytes }) => {
    if (seq > tip.seq) return [bytes];
    // check: log-object-held
    if (hashes.get(seq) !== objectHash(bytes)) throw new ProblemFound('log-moved');
    return [];
  });
}

async function placeOf(
  { acct, signPk }: Owner,
  bytes: Bytes,
): Promise<{ readonly seq: number; readonly bytes: Bytes }> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  const expected = { type: parsed.object.type, acct, signer: 'identity', publicKey: signPk } as const;
  const verified = await verifyObject(bytes, expected, placedSchema);
  // check: identity-signature
  if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
  return { seq: verified.payload.seq, bytes };
}

/** What a log says of an object that does not continue it. */
export function logFault(reason: LogFault): ProblemFound {
  return reason === 'out-of-order'
    ? new ProblemFound('log-moved')
    : new ProblemFound('object-refused', reason);
}

/** Bytes of a signed object in JSON. */
export function objectBytes(text: string): Bytes {
  const bytes = fromBase64url(text);
  if (bytes === null) throw new ProblemFound('malformed-request', 'an object is not canonical base64url');
  return bytes;
}
