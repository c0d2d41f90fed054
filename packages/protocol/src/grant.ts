/**
 * One grant as its grantee sees it: only the Grant, its Extends and its Revoke out of the owner's log. Their
 * `seq` rises but need not be contiguous, since other grants lie between.
 */
import type { Bytes } from './bytes.ts';
import type { AccountId, KeyId, PublicKey, StreamId } from './ids.ts';
import { type GrantState, type LogFault, admit, extendSchema, grantSchema, revokeSchema } from './log.ts';
import { parseObject, verifyObject } from './signed-object.ts';

export type ReplayedGrant =
  | { readonly ok: true; readonly state: GrantState; readonly seq: number }
  | { readonly ok: false; readonly reason: LogFault };

/** Verifies the objects of one grant in order, under the identity key pinned for its owner. */
export async function replayGrant(
  owner: AccountId,
  signPk: PublicKey,
  objects: readonly Bytes[],
): Promise<ReplayedGrant> {
  let last: Replayed | null = null;
  for (const bytes of objects) {
    const next: ReplayedGrant = await appendToGrant(last, { owner, signPk }, bytes);
    if (!next.ok) return next;
    last = next;
  }
  return last === null ? { ok: false, reason: 'unknown-grant' } : { ok: true, ...last };
}

type Replayed = { readonly state: GrantState; readonly seq: number };

async function appendToGrant(
  last: Replayed | null,
  { owner, signPk }: { readonly owner: AccountId; readonly signPk: PublicKey },
  bytes: Bytes,
): Promise<ReplayedGrant> {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const expected = { type: parsed.object.type, acct: owner, signer: 'identity', publicKey: signPk } as const;
  if (expected.type === 'grant') {
    const verified = await verifyObject(bytes, expected, grantSchema);
    if (!verified.ok) return verified;
    if (last !== null) return { ok: false, reason: 'known-grant' };
    const { payload, hash } = verified;
    const state = { grant: payload, streams: admit(new Map(), payload.streams), revoked: null, hash };
    return { ok: true, state, seq: payload.seq };
  }
  if (expected.type !== 'extend' && expected.type !== 'revoke') return { ok: false, reason: 'wrong-type' };
  if (last === null || last.state.revoked !== null) return { ok: false, reason: 'unknown-grant' };
  if (expected.type === 'extend') {
    const verified = await verifyObject(bytes, expected, extendSchema);
    if (!verified.ok) return verified;
    const { payload, hash } = verified;
    if (payload.grant !== last.state.grant.grant) return { ok: false, reason: 'unknown-grant' };
    if (payload.seq <= last.seq) return { ok: false, reason: 'out-of-order' };
    return {
      ok: true,
      state: { ...last.state, streams: admit(last.state.streams, payload.streams), hash },
      seq: payload.seq,
    };
  }
  const verified = await verifyObject(bytes, expected, revokeSchema);
  if (!verified.ok) return verified;
  const { payload, hash } = verified;
  if (payload.grant !== last.state.grant.grant) return { ok: false, reason: 'unknown-grant' };
  if (payload.seq <= last.seq) return { ok: false, reason: 'out-of-order' };
  const revoked = { time: payload.time, epoch: payload.epoch };
  return { ok: true, state: { ...last.state, revoked, hash }, seq: payload.seq };
}

/** Whether a grant lets its grantee read at `now` (ms). */
export function grantStatus(state: GrantState, now: number): 'active' | 'revoked' | 'expired' | 'not-yet' {
  if (state.revoked !== null) return 'revoked';
  if (state.grant.expires !== null && now >= state.grant.expires) return 'expired';
  return now < state.grant.notBefore ? 'not-yet' : 'active';
}

/** Whether an envelope of this stream and key id lies inside a grant. */
export function isAdmitted(
  state: { readonly streams: GrantState['streams'] },
  sid: StreamId,
  kid: KeyId,
): boolean {
  const kids = state.streams.get(sid);
  return kids === undefined ? false : kids === null || kids.has(kid);
}
