/** Whether each envelope of a push is taken, and what it changes (docs/protocol.md, "Server checks"). */
import {
  type Envelope,
  type Hash32,
  type PushedEnvelope,
  type RecordId,
  type Refusal,
  type StreamId,
  type Stub,
  STUB_BYTES,
  SUITE,
  chainNext,
  chainStart,
  encodeStub,
  toBase64url,
} from '@evenkeel/protocol';
import {
  type Draft,
  type HeldRecord,
  type HeldStream,
  type PushContext,
  type PushState,
  nextSeq,
} from './plan-draft.ts';

/** An envelope as it was verified before the transaction. */
export type OfferedEnvelope =
  | { readonly kind: 'unreadable'; readonly reason: 'malformed' | 'too-large' }
  | {
      readonly kind: 'read';
      readonly envelope: Envelope;
      readonly stub: Stub;
      readonly leaf: Hash32;
      readonly signature: 'valid' | 'forged' | 'unknown-device';
    };
type Readable = Extract<OfferedEnvelope, { readonly kind: 'read' }>;

/** Records and streams as the envelopes before this one left them. */
type Held = {
  readonly records: Map<RecordId, HeldRecord>;
  readonly streams: Map<StreamId, HeldStream>;
  readonly oldLeaves: Set<Hash32>;
};

export function planEnvelopes(
  draft: Draft,
  state: PushState,
  offered: readonly OfferedEnvelope[],
  context: PushContext,
): readonly PushedEnvelope[] {
  const held: Held = {
    records: new Map(state.records),
    streams: new Map(state.streams),
    oldLeaves: new Set(state.oldLeaves),
  };
  return offered.map((one) =>
    one.kind === 'unreadable' ? refused(one.reason) : planEnvelope(draft, held, one, context),
  );
}

function planEnvelope(draft: Draft, held: Held, offered: Readable, context: PushContext): PushedEnvelope {
  const { envelope, leaf } = offered;
  const current = held.records.get(envelope.header.rec);
  const known = knownAlready(held, current, leaf, envelope);
  // check: known-leaf
  if (known !== null) return known;
  const refusal = authorRefusal(draft, offered) ?? placeRefusal(draft, held, current, envelope, context);
  if (refusal !== null) return refused(refusal);
  // check: replaces
  if (current !== undefined && envelope.header.replaces !== current.leaf) return conflict(current);
  const late = revisionRefusal(current, envelope) ?? quotaRefusal(draft, current, envelope, context);
  if (late !== null) return refused(late);
  return append(draft, held, current, offered, context);
}

/** The current version again is done, whoever pushes it; one already replaced or erased meets the current one. */
function knownAlready(
  held: Held,
  current: HeldRecord | undefined,
  leaf: Hash32,
  envelope: Envelope,
): PushedEnvelope | null {
  if (current === undefined) return null;
  if (current.leaf === leaf && current.sid === envelope.header.sid) {
    return { status: 'done', leaf, n: current.n, seq: current.seq };
  }
  return held.oldLeaves.has(leaf) ? conflict(current) : null;
}

/** Who wrote it, and under what. */
function authorRefusal(draft: Draft, { envelope, signature }: Readable): Refusal | null {
  // check: min-suite
  if (SUITE < draft.minSuite) return 'suite-too-old';
  const device = draft.devices.get(envelope.header.dev);
  // check: device-in-log
  if (device === undefined) return 'unknown-device';
  // check: device-not-revoked
  if (device.revoked !== null) return 'device-revoked';
  // check: envelope-signature
  if (signature !== 'valid') return 'forged';
  // check: epoch
  if (envelope.header.epoch < draft.epoch) return 'old-epoch';
  return null;
}

function placeRefusal(
  draft: Draft,
  held: Held,
  current: HeldRecord | undefined,
  { header }: Envelope,
  { limits }: PushContext,
): Refusal | null {
  // check: reserved-type
  if (header.type === 'volume') return 'malformed';
  // check: one-stream-per-record
  if (current !== undefined && current.sid !== header.sid) return 'wrong-stream';
  // check: stream-count
  if (!held.streams.has(header.sid) && draft.streams >= limits.accountStreams) return 'too-many-streams';
  return null;
}

function revisionRefusal(current: HeldRecord | undefined, { header }: Envelope): Refusal | null {
  // check: revision
  if (header.rev <= (current?.rev ?? 0)) return 'wrong-revision';
  return null;
}

/**
 * Deleting is possible in a full account too, by a tombstone no larger than the body it erases; once for each record,
 * since every version leaves a stub.
 */
function quotaRefusal(
  draft: Draft,
  current: HeldRecord | undefined,
  envelope: Envelope,
  { limits }: PushContext,
): Refusal | null {
  const size = envelope.bytes.length;
  const growth = current === undefined ? size : size + STUB_BYTES - current.body.length;
  const isErased = current === undefined || current.isTombstone;
  const isDeletion = envelope.header.type === 'tombstone' && !isErased && growth <= STUB_BYTES;
  // check: quota
  if (!isDeletion && draft.bytes + growth > limits.accountBytes) return 'quota';
  return null;
}

function append(
  draft: Draft,
  held: Held,
  current: HeldRecord | undefined,
  { envelope, leaf, stub }: Readable,
  { serverEpoch }: PushContext,
): PushedEnvelope {
  const { sid, rec, kid, rev, type } = envelope.header;
  const before = held.streams.get(sid);
  const seq = nextSeq(draft);
  const n = (before?.n ?? 0) + 1;
  const chain = chainNext(before?.chain ?? chainStart(draft.acct, sid, serverEpoch), leaf);
  if (current !== undefined) dropBody(draft, held, current);
  if (before === undefined) draft.streams += 1;
  draft.bytes += envelope.bytes.length;
  draft.effects.leaves.push({ seq, sid, n, rec, kid, body: envelope.bytes });
  draft.effects.current.set(rec, seq);
  const isNew = draft.effects.streams.get(sid)?.isNew ?? before === undefined;
  draft.effects.streams.set(sid, { n, chain, seq, isNew });
  held.streams.set(sid, { n, chain });
  const isTombstone = type === 'tombstone';
  held.records.set(rec, {
    sid,
    n,
    seq,
    leaf,
    rev,
    isTombstone,
    body: envelope.bytes,
    stub: encodeStub(stub),
  });
  return { status: 'done', leaf, n, seq };
}

/** The server keeps current bodies only: what is replaced or erased becomes a stub in the same transaction. */
function dropBody(draft: Draft, held: Held, current: HeldRecord): void {
  draft.bytes += current.stub.length - current.body.length;
  held.oldLeaves.add(current.leaf);
  draft.effects.oldLeaves.push(current.leaf);
  const pending = draft.effects.leaves.find((one) => one.seq === current.seq);
  if (pending === undefined) draft.effects.erasures.push({ seq: current.seq, stub: current.stub });
  else pending.body = current.stub;
}

function refused(reason: Refusal): PushedEnvelope {
  return { status: 'refused', reason };
}

function conflict(current: HeldRecord): PushedEnvelope {
  return { status: 'conflict', current: toBase64url(current.body) };
}
