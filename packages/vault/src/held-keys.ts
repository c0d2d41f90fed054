/** Keys that other people shared with this account, in memory only, by the grant they came under. */
import { type AccountId, type GrantId, type KeyId, type StreamId, sameBytes } from '@evenkeel/protocol';
import type { PackEntry } from './key-pack.ts';
import type { Secret } from './secret.ts';
import { type StreamKeys, keyIdOf, openStreamKeys } from './stream-keys.ts';
import type { Place } from './vault.ts';

export type FoundKey =
  | { readonly ok: true; readonly place: Place; readonly key: Secret }
  /** `tampered`: the whole stream is held, and no day of it has this key id. */
  | { readonly ok: false; readonly reason: 'no-key' | 'tampered' };

export type HeldKeys = Disposable & {
  /**
   * Takes the keys over. Keys already held under the grant stay: a later key never takes the place of an earlier one,
   * since whoever can sign packs (a device that was removed since) could shut what is open. Which of two is right, the
   * key id in each envelope says.
   */
  readonly keep: (owner: AccountId, grant: GrantId, entries: readonly PackEntry[]) => void;
  readonly find: (owner: AccountId, sid: StreamId, kid: KeyId, epoch: number) => FoundKey;
  readonly drop: (grant: GrantId) => void;
};

type HeldStream = {
  readonly cat: number;
  readonly month: number;
  /** More than one where packs disagree. */
  readonly wholeByEpoch: Map<number, readonly StreamKeys[]>;
  /** By epoch and key id; a key id commits to its key. */
  readonly dayByKid: Map<string, { readonly key: Secret; readonly day: number }>;
};
type HeldGrant = { readonly owner: AccountId; readonly streams: Map<StreamId, HeldStream> };

/** Stream keys that claim the same stream and epoch; more than a few are an attack, and cost 32 derivations each. */
const MOST_CLAIMS = 8;

export function openHeldKeys(): HeldKeys {
  const grants = new Map<GrantId, HeldGrant>();

  const drop = (grant: GrantId): void => {
    for (const stream of grants.get(grant)?.streams.values() ?? []) forget(stream);
    grants.delete(grant);
  };

  return {
    keep: (owner, grant, entries) => {
      const held: HeldGrant = grants.get(grant) ?? { owner, streams: new Map() };
      grants.set(grant, held);
      for (const entry of entries) keepEntry(held, entry);
    },
    find: (owner, sid, kid, epoch) => {
      let reason: 'no-key' | 'tampered' = 'no-key';
      for (const held of grants.values()) {
        const stream = held.owner === owner ? held.streams.get(sid) : undefined;
        if (stream === undefined) continue;
        const { cat, month } = stream;
        const single = stream.dayByKid.get(`${epoch}/${kid}`);
        if (single !== undefined)
          return { ok: true, place: { cat, month, day: single.day }, key: single.key };
        const claims = stream.wholeByEpoch.get(epoch) ?? [];
        if (claims.length === 0) continue;
        for (const whole of claims) {
          const day = whole.dayOf(kid);
          if (day !== null) return { ok: true, place: { cat, month, day }, key: whole.day(day).key };
        }
        reason = 'tampered';
      }
      return { ok: false, reason };
    },
    drop,
    [Symbol.dispose]: () => {
      for (const grant of grants.keys()) drop(grant);
    },
  };
}

function keepEntry(held: HeldGrant, entry: PackEntry): void {
  const { sid, cat, month, epoch, day, key } = entry;
  const stream: HeldStream = held.streams.get(sid) ?? {
    cat,
    month,
    wholeByEpoch: new Map(),
    dayByKid: new Map(),
  };
  held.streams.set(sid, stream);
  if (day === null) {
    const claims = stream.wholeByEpoch.get(epoch) ?? [];
    const isHeld = claims.some((whole) => sameBytes(whole.key.reveal(), key.reveal()));
    if (isHeld || claims.length >= MOST_CLAIMS) key[Symbol.dispose]();
    else stream.wholeByEpoch.set(epoch, [...claims, openStreamKeys(key, held.owner)]);
    return;
  }
  const name = `${epoch}/${keyIdOf(key, held.owner)}`;
  if (stream.dayByKid.has(name)) key[Symbol.dispose]();
  else stream.dayByKid.set(name, { key, day });
}

function forget(stream: HeldStream): void {
  for (const claims of stream.wholeByEpoch.values()) for (const keys of claims) keys[Symbol.dispose]();
  for (const { key } of stream.dayByKid.values()) key[Symbol.dispose]();
}
