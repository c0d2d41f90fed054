/**
 * Revocation: stopping a share. The account moves to its next epoch, under which everything is sealed from
 * then on, entries for earlier days and edits of old ones included, so the keys that were handed over open
 * nothing new. Everybody else who may still read gets packs of their whole range under the new epoch.
 * docs/protocol.md, "Stopping".
 */
import { type Bytes, type GrantId, type GrantLog, grantStatus } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { SharingFault } from './grant.ts';
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
  const { log, now } = circumstances;
  const known = log.grants.get(grant);
  if (known === undefined) return { ok: false, reason: 'unknown-grant' };
  if (known.revoked !== null) return { ok: false, reason: 'already-stopped' };
  if (log.epoch >= LAST_EPOCH) return { ok: false, reason: 'no-epoch-left' };
  const epoch = log.epoch + 1;
  const payload = { seq: log.seq + 1, prev: log.hash, time: now, grant, epoch };
  const [object] = await vault.sign([{ type: 'revoke', signer: 'identity', payload }]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  const after = await applied(log, object);
  const rest = await settle(vault, {
    ...circumstances,
    log: after,
    grants: circumstances.grants.filter(({ state }) => state.grant.grant !== grant),
    inUse: [...circumstances.inUse, ...underEpoch(circumstances.inUse, epoch)],
  });
  return {
    ok: true,
    epoch,
    grantLog: [object, ...rest.grantLog],
    packs: rest.packs,
    packed: rest.packed,
    log: rest.log,
  };
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
