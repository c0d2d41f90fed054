/** Heads, grant heads and key packs: device-signed, kept beside the diary, never opened here. */
import type { AccountId, Bytes, DeviceId, GrantId, Hash32 } from '@evenkeel/protocol';
import {
  type Draft,
  type PlanFault,
  type PushContext,
  type PushState,
  nextSeq,
} from '../envelopes/plan-draft.ts';
import { type StoredGrant, type Tip, grantStanding } from '../store/store.ts';

/** One whose signature verified under the key of `dev`. */
export type VerifiedSide =
  | {
      readonly kind: 'head';
      readonly dev: DeviceId;
      readonly seq: number;
      readonly prev: Hash32;
      readonly hash: Hash32;
      readonly full: boolean;
      readonly bytes: Bytes;
    }
  | {
      readonly kind: 'grant-head';
      readonly grant: GrantId;
      readonly dev: DeviceId;
      readonly seq: number;
      readonly prev: Hash32;
      readonly hash: Hash32;
      readonly bytes: Bytes;
    }
  | {
      readonly kind: 'pack';
      readonly grant: GrantId;
      readonly dev: DeviceId;
      readonly to: AccountId;
      readonly packId: string;
      readonly hash: Hash32;
      readonly bytes: Bytes;
    };

/** Names one chain of heads, or one pack. */
export function sideName(side: VerifiedSide): string {
  if (side.kind === 'head') return side.dev;
  return side.kind === 'grant-head' ? `${side.grant} ${side.dev}` : `${side.grant} ${side.packId}`;
}

export function planSide(
  draft: Draft,
  state: PushState,
  sides: readonly VerifiedSide[],
  out: { seq: number; side: VerifiedSide }[],
  context: PushContext,
): PlanFault | null {
  const tips = new Map(state.lastHeads);
  const packs = new Map(state.heldPacks);
  for (const side of sides) {
    if (state.heldSides.has(side.hash)) continue;
    const verdict = sideVerdict(draft, side, { tips, packs }, context);
    if (verdict === 'held') continue;
    if (verdict !== 'new') return verdict;
    if (side.kind === 'pack') packs.set(sideName(side), side.hash);
    else tips.set(sideName(side), { seq: side.seq, hash: side.hash });
    draft.bytes += side.bytes.length;
    out.push({ seq: nextSeq(draft), side });
  }
  // check: side-quota
  if (out.length > 0 && draft.bytes > context.limits.accountBytes)
    return { problem: 'quota-exceeded', detail: 'bytes' };
  return null;
}

type Chains = { readonly tips: ReadonlyMap<string, Tip>; readonly packs: ReadonlyMap<string, Hash32> };

function sideVerdict(
  draft: Draft,
  side: VerifiedSide,
  chains: Chains,
  { now }: PushContext,
): PlanFault | 'held' | 'new' {
  // check: side-device-not-revoked
  if (draft.devices.get(side.dev)?.revoked !== null) return { problem: 'device-revoked', detail: side.kind };
  if (side.kind !== 'head') {
    const fault = grantFault(draft.grants.get(side.grant), side, now);
    if (fault !== null) return fault;
  }
  if (side.kind === 'pack') {
    const held = chains.packs.get(sideName(side));
    // check: pack-once
    if (held !== undefined && held !== side.hash)
      return { problem: 'object-refused', detail: 'another pack has this id' };
    return held === undefined ? 'new' : 'held';
  }
  const tip = chains.tips.get(sideName(side));
  if (tip === undefined || tip.hash === side.hash) return tip === undefined ? 'new' : 'held';
  // check: head-next
  if (side.seq !== tip.seq + 1 || side.prev !== tip.hash)
    return { problem: 'object-refused', detail: `${side.kind} out of order` };
  return 'new';
}

function grantFault(
  grant: StoredGrant | undefined,
  side: Exclude<VerifiedSide, { readonly kind: 'head' }>,
  now: number,
): PlanFault | null {
  const standing = grant === undefined ? 'unknown' : grantStanding(grant, now);
  // check: side-grant-active
  if (standing !== 'active' && standing !== 'not-yet')
    return { problem: 'grant-refused', detail: `${side.kind}: the grant is ${standing}` };
  // check: pack-recipient
  if (side.kind === 'pack' && side.to !== grant?.to)
    return { problem: 'grant-refused', detail: 'the pack is for somebody else' };
  return null;
}
