/**
 * Verification, before the envelope store sees anything: form, device log, signature, then place by the keys that
 * open it. What does not pass is set apart with the reason; it never becomes an entry and never stops the rest.
 */
import {
  type AccountId,
  type DeviceLog,
  type DeviceState,
  type Envelope,
  type Hash32,
  type Item,
  type RecordId,
  type StreamId,
  envelopeSignedBytes,
  fromBase64url,
  leafOf,
  leafOfStub,
  parseEnvelope,
  parseStub,
  verifySignature,
} from '@evenkeel/protocol';
import type { Version } from '@evenkeel/journal';
import type { Place, Vault } from '@evenkeel/vault';
import type { QuarantineReason } from './reasons.ts';
import { type EnvelopeDocState, docOf, openVersions } from './sealed-version.ts';
import type { Arrived } from './stream-book.ts';

export type VerifyContext = {
  readonly owner: AccountId;
  readonly deviceLog: DeviceLog;
  /** The account's epoch as the grant log says; null where the reader does not see that log. */
  readonly epoch: number | null;
  readonly vault: Vault;
  /** How far a revoked device's envelopes count: position n of a stream under the head its revocation names. */
  readonly cutAt: (cut: Hash32, sid: StreamId) => Promise<number>;
  /** Which stream a record is already known in. */
  readonly streamOf: (rec: RecordId) => StreamId | undefined;
  /** Whether exactly this version lies in the store already: the leaf names its bytes, so nothing is left to verify. */
  readonly holds?: (rec: RecordId, leaf: Hash32) => boolean;
};

/**
 * What became of one item. `booked`: what the stream's book may take, which is only what some device of the account
 * signed, or a stub. `doc`: what may become an entry.
 */
export type Verified =
  | { readonly kind: 'stub'; readonly sid: StreamId; readonly booked: Arrived }
  /** Held already, byte for byte (what this device sent comes back). */
  | { readonly kind: 'held'; readonly sid: StreamId; readonly booked: Arrived }
  /** An envelope of one stream under the name of another: the server's doing, and nothing to keep. */
  | { readonly kind: 'mislabelled'; readonly sid: StreamId; readonly booked: null }
  | {
      readonly kind: 'taken';
      readonly sid: StreamId;
      readonly booked: Arrived;
      readonly doc: EnvelopeDocState;
      readonly version: Version;
      readonly place: Place;
      readonly envelope: Envelope;
    }
  | {
      readonly kind: 'apart';
      readonly sid: StreamId;
      readonly n: number;
      readonly booked: Arrived | null;
      readonly rec: string;
      readonly env: string;
      readonly reason: QuarantineReason;
    };

type Signed = { readonly item: Item; readonly envelope: Envelope; readonly booked: Arrived };

/** Verifies items in order; signatures and openings go in batches. */
export async function verifyItems(
  items: readonly Item[],
  context: VerifyContext,
): Promise<readonly Verified[]> {
  const checked = await Promise.all(items.map((item) => checkOne(item, context)));
  const signed = checked.flatMap((one) => (one.kind === 'signed' ? [one.signed] : []));
  const opened = await openVersions(
    context.vault,
    context.owner,
    signed.map(({ envelope }) => envelope),
  );
  const openedByItem = new Map(signed.map(({ item }, i) => [item, opened[i]]));
  return checked.map((one) => {
    if (one.kind !== 'signed') return one.verified;
    const { item, envelope, booked } = one.signed;
    const read = openedByItem.get(item);
    const { sid } = item;
    const { rec } = envelope.header;
    const apart = (reason: QuarantineReason): Verified => ({
      kind: 'apart',
      sid,
      n: item.n,
      booked,
      rec,
      env: 'env' in item ? item.env : '',
      reason,
    });
    if (read === undefined || !read.ok) return apart(read?.reason ?? 'malformed');
    const known = context.streamOf(rec);
    // check: pull: one stream for each record
    if (known !== undefined && known !== sid) return apart('wrong-stream');
    return {
      kind: 'taken',
      sid,
      booked,
      doc: docOf(context.owner, envelope),
      version: read.version,
      place: read.place,
      envelope,
    };
  });
}

type Checked =
  | { readonly kind: 'done'; readonly verified: Verified }
  | { readonly kind: 'signed'; readonly signed: Signed };

async function checkOne(item: Item, context: VerifyContext): Promise<Checked> {
  const { sid, n } = item;
  const apart = (reason: QuarantineReason, rec = '', env = '', booked: Arrived | null = null): Checked => ({
    kind: 'done',
    verified: { kind: 'apart', sid, n, booked, rec, env, reason },
  });
  if ('stub' in item) {
    const bytes = fromBase64url(item.stub);
    const stub = bytes === null ? null : parseStub(bytes);
    if (stub === null) return apart('malformed');
    const booked = { n, leaf: leafOfStub(stub), replaces: stub.replaces, stub: stub.kid, rec: null };
    return { kind: 'done', verified: { kind: 'stub', sid, booked } };
  }
  const bytes = fromBase64url(item.env);
  const parsed = bytes === null ? null : parseEnvelope(bytes);
  if (parsed === null || !parsed.ok) return apart(parsed?.reason ?? 'malformed', '', item.env);
  const { envelope } = parsed;
  const { header } = envelope;
  // check: pull: the stream it was asked for
  if (header.sid !== sid) return { kind: 'done', verified: { kind: 'mislabelled', sid, booked: null } };
  const booked = { n, leaf: leafOf(envelope), replaces: header.replaces, stub: null, rec: header.rec };
  if (context.holds?.(header.rec, booked.leaf) === true)
    return { kind: 'done', verified: { kind: 'held', sid, booked } };
  const device = context.deviceLog.devices.get(header.dev);
  // check: pull: a device of the account
  if (device === undefined) return apart('unknown-device', header.rec, item.env);
  // check: pull: the device's signature
  if (!(await isSigned(context.owner, device, envelope))) return apart('forged', header.rec, item.env);
  // Its place is its place: only what it says is left out, else the stream would seem to have a gap for ever.
  // check: pull: before the device was removed
  if (await isAfterCut(device, sid, n, context)) return apart('revoked-device', header.rec, item.env, booked);
  // check: pull: an epoch of the grant log
  if (context.epoch !== null && header.epoch > context.epoch)
    return apart('epoch-ahead', header.rec, item.env);
  return { kind: 'signed', signed: { item, envelope, booked } };
}

/** Whether an envelope carries the signature of the device it names. */
export function isSigned(owner: AccountId, device: DeviceState, envelope: Envelope): Promise<boolean> {
  const before = envelope.bytes.subarray(0, envelope.bytes.length - envelope.signature.length);
  return verifySignature(device.signPk, envelopeSignedBytes(owner, before), envelope.signature);
}

async function isAfterCut(
  device: DeviceState,
  sid: StreamId,
  n: number,
  { cutAt }: VerifyContext,
): Promise<boolean> {
  return device.revoked !== null && n > (await cutAt(device.revoked.cut, sid));
}

/** Whether trying again later can help: the device log may grow, a key may come, a newer app may read it. */
export function canHeal(reason: QuarantineReason): boolean {
  return reason !== 'malformed' && reason !== 'forged' && reason !== 'tampered' && reason !== 'misplaced';
}
