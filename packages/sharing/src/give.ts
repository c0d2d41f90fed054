/** Giving a share: the grant and its first packs, made together. */
import type { LocalDay } from '@evenkeel/journal';
import type { Bytes, GrantId, GrantLog } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { type GrantDetail, type GrantOffer, type MadeGrant, type Owner, makeGrant } from './grant.ts';
import { type PackedKey, applied, lastDayBefore, makePacks } from './key-pack.ts';
import { type StreamInUse, clearPart, keysForScope } from './keys-for-scope.ts';

export type GivenGrant =
  | {
      readonly ok: true;
      readonly id: GrantId;
      readonly detail: GrantDetail;
      /** The Grant, to be pushed after the log's last object. */
      readonly grantLog: readonly Bytes[];
      readonly packs: readonly Bytes[];
      readonly packed: readonly PackedKey[];
      readonly log: GrantLog;
    }
  | Extract<MadeGrant, { ok: false }>;

export type Giving = Omit<GrantOffer, 'standing' | 'streams'> & {
  readonly log: GrantLog;
  readonly inUse: readonly StreamInUse[];
  readonly today: LocalDay;
};

/** Makes the grant, admits what is in use inside its scope now, and packs its keys. Later months follow by `settle`. */
export async function giveGrant(vault: Vault, owner: Owner, giving: Giving): Promise<GivenGrant> {
  const { log, inUse, today, ...offer } = giving;
  const until = offer.expires === null ? null : lastDayBefore(offer.expires);
  const keys = keysForScope(offer.scope, { today, inUse, until });
  const { period } = offer.scope;
  const standing = period.kind !== 'between' || period.last >= today;
  const made = await makeGrant(vault, owner, log, {
    ...offer,
    standing,
    streams: await clearPart(vault, keys),
  });
  if (!made.ok) return made;
  return {
    ok: true,
    id: made.id,
    detail: made.detail,
    grantLog: [made.object],
    packs: await makePacks(vault, made.id, offer.to, keys),
    packed: keys.map((key) => ({ ...key, grant: made.id })),
    log: await applied(log, made.object),
  };
}
