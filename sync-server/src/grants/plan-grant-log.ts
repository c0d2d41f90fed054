/** What grant-log objects change: who may read, and what (docs/protocol.md, "Grant, Extend, KeyPack"). */
import type { Grant, GrantId, GrantedStream, Limits } from '@evenkeel/protocol';
import {
  type Draft,
  type LogBatch,
  type PlanFault,
  type PushContext,
  type PushState,
  nextSeq,
} from '../envelopes/plan-draft.ts';

export type GrantChange =
  | { readonly kind: 'grant'; readonly grant: Grant }
  | { readonly kind: 'extend'; readonly grant: GrantId; readonly streams: readonly GrantedStream[] }
  | { readonly kind: 'revoke'; readonly grant: GrantId; readonly epoch: number; readonly time: number };

export function planGrantLog(
  draft: Draft,
  state: PushState,
  batch: LogBatch<GrantChange>,
  context: PushContext,
): PlanFault | null {
  // check: grant-log-tip
  if (batch.after.hash !== draft.grantLog.hash) return { problem: 'log-moved', detail: 'grant log' };
  const revokedHere = new Set(
    batch.entries.flatMap(({ change }) => (change.kind === 'revoke' ? [change.grant] : [])),
  );
  for (const entry of batch.entries) {
    const { change } = entry;
    // check: grant-id-unused
    if (change.kind === 'grant' && state.takenGrants.has(change.grant.grant))
      return { problem: 'grant-refused', detail: 'the id is used' };
    if (change.kind === 'grant' && !revokedHere.has(change.grant.grant)) {
      const fault = newGrantFault(draft, state, change.grant, context);
      if (fault !== null) return fault;
    }
    apply(draft, change, context);
    draft.grantLog = { seq: entry.seq, hash: entry.hash };
    draft.bytes += entry.bytes.length;
    draft.effects.grantLog.push({ seq: nextSeq(draft), entry });
  }
  const widens = batch.entries.some(({ change }) => change.kind !== 'revoke');
  // check: grant-count
  if (widens && draft.activeGrants > context.limits.activeGrants)
    return { problem: 'quota-exceeded', detail: 'active grants' };
  // check: grant-log-quota
  if (widens && draft.bytes > context.limits.accountBytes)
    return { problem: 'quota-exceeded', detail: 'bytes' };
  return null;
}

function newGrantFault(draft: Draft, state: PushState, grant: Grant, context: PushContext): PlanFault | null {
  // check: grantee-is-another
  if (grant.to === draft.acct) return { problem: 'grant-refused', detail: 'a grant to oneself' };
  // check: grantee-exists
  if (!context.arriving && !state.grantees.has(grant.to))
    return { problem: 'grant-refused', detail: 'the grantee has no account here' };
  // check: grant-expiry
  if (isTooLong(grant, context.limits))
    return { problem: 'grant-refused', detail: 'it ends later than this host allows' };
  return null;
}

function isTooLong(grant: Grant, { grantMostMs }: Limits): boolean {
  if (grantMostMs === null) return false;
  return grant.expires === null || grant.expires - Math.max(grant.notBefore, grant.time) > grantMostMs;
}

function apply(draft: Draft, change: GrantChange, { now }: PushContext): void {
  if (change.kind === 'extend') return;
  if (change.kind === 'grant') {
    const { grant, to, notBefore, expires } = change.grant;
    draft.grants.set(grant, { grant, owner: draft.acct, to, notBefore, expires, revokedAt: null });
    if (expires === null || expires > now) draft.activeGrants += 1;
    return;
  }
  const known = draft.grants.get(change.grant);
  draft.epoch = change.epoch;
  if (known === undefined) return;
  if (known.revokedAt === null && (known.expires === null || known.expires > now)) draft.activeGrants -= 1;
  draft.grants.set(change.grant, { ...known, revokedAt: change.time });
}
