/**
 * Revocation: stopping a share. The account moves to its next epoch, under which everything is sealed from
 * then on, entries for earlier days and edits of old ones included, so the keys that were handed over open
 * nothing new. Everybody else who may still read gets packs of their whole range under the new epoch.
 * docs/protocol.md, "Stopping".
 */
import { type Bytes, type GrantId, type GrantLog, grantStatus } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { type GivenGrant, type Giving, giveGrant } from './give.ts';
import { type Owner, SharingFault } from './grant.ts';
import { type Circumstances, type PackedKey, applied, settle } from './key-pack.ts';
import type { StreamInUse } from './keys-for-scope.ts';

export type MadeRevocation =
  | {
      readonly ok: true;
      /** The account's new epoch: every new envelope is sealed under it. */
      readonly epoch: number;
      /** The Revoke, then Extends for the others, in order. */
      readonly grantLog: readonly Bytes[];
      readonly packs: readonly Bytes[];
      readonly packed: readonly PackedKey[];
      readonly log: GrantLog;
    }
  /** `no-epoch-left`: after 65,535 revocations an account must be renewed. */
  | { readonly ok: false; readonly reason: 'unknown-grant' | 'already-stopped' | 'no-epoch-left' };

const LAST_EPOCH = 0xffff;

/** Stops one grant. When the log has moved on meanwhile (`log-moved`), pull, and call this again. */
export async function revoke(
  vault: Vault,
  grant: GrantId,
  circumstances: Circumstances,
): Promise<MadeRevocation> {
  const ended = await endGrant(vault, grant, circumstances);
  if (!ended.ok) return ended;
  const rest = await settle(vault, ended.after);
  return {
    ok: true,
    epoch: ended.after.log.epoch,
    grantLog: [ended.object, ...rest.grantLog],
    packs: rest.packs,
    packed: rest.packed,
    log: rest.log,
  };
}

/** `grantLog`: the Revoke, then the Grant: to be kept and sent in one piece, since only both are the change. */
export type ReplacedGrant =
  | Omit<Extract<GivenGrant, { ok: true }>, 'log'>
  | Extract<MadeRevocation | GivenGrant, { ok: false }>;

/**
 * Stops one grant and gives another in its place. What other grants need under the new epoch follows by `settle`. The end
 * comes first: whatever becomes of the second half, the first is not left open.
 */
export async function replaceGrant(
  vault: Vault,
  owner: Owner,
  grant: GrantId,
  offer: Omit<Giving, 'log' | 'inUse' | 'today'>,
  circumstances: Circumstances,
): Promise<ReplacedGrant> {
  const ended = await endGrant(vault, grant, circumstances);
  if (!ended.ok) return ended;
  const given = await giveGrant(vault, owner, { ...offer, ...ended.after });
  return given.ok ? { ...given, grantLog: [ended.object, ...given.grantLog] } : given;
}

/** The Revoke, and how things stand after it. */
async function endGrant(vault: Vault, grant: GrantId, circumstances: Circumstances) {
  const { log, now, grants, inUse } = circumstances;
  const known = log.grants.get(grant);
  if (known === undefined) return { ok: false, reason: 'unknown-grant' } as const;
  if (known.revoked !== null) return { ok: false, reason: 'already-stopped' } as const;
  if (log.epoch >= LAST_EPOCH) return { ok: false, reason: 'no-epoch-left' } as const;
  const epoch = log.epoch + 1;
  const payload = { seq: log.seq + 1, prev: log.hash, time: now, grant, epoch };
  const [object] = await vault.sign([{ type: 'revoke', signer: 'identity', payload }]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  const after: Circumstances = {
    ...circumstances,
    log: await applied(log, object),
    grants: grants.filter(({ state }) => state.grant.grant !== grant),
    inUse: [...inUse, ...underEpoch(inUse, epoch)],
  };
  return { ok: true, object, after } as const;
}

/** Whether anybody could read under the account's present keys: only then does stopping change anything for others. */
export function activeGrants(log: GrantLog, now: number): readonly GrantId[] {
  return [...log.grants.values()]
    .filter((state) => grantStatus(state, now) === 'active')
    .map(({ grant }) => grant.grant);
}

/** The same streams as if each already held envelopes of the new epoch: back-dated entries and edits will come. */
function underEpoch(inUse: readonly StreamInUse[], epoch: number): readonly StreamInUse[] {
  const daysByStream = new Map<string, StreamInUse>();
  for (const { cat, month, days } of inUse) {
    const name = `${cat}/${month}`;
    const known = daysByStream.get(name)?.days ?? [];
    daysByStream.set(name, { cat, month, epoch, days: [...new Set([...known, ...days])] });
  }
  return [...daysByStream.values()];
}
