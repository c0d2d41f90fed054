/** Keys that other people shared with this account, in memory only, by the grant they came under. */
import type { AccountId, GrantId, KeyId, StreamId } from '@evenkeel/protocol';
import type { PackEntry } from './key-pack.ts';
import type { Secret } from './secret.ts';
import { type StreamKeys, keyIdOf, openStreamKeys } from './stream-keys.ts';
import type { Place } from './vault.ts';

export type FoundKey =
  | { readonly ok: true; readonly place: Place; readonly key: Secret }
  /** `tampered`: the whole stream is held, and no day of it has this key id. */
  | { readonly ok: false; readonly reason: 'no-key' | 'tampered' };

export type HeldKeys = Disposable & {
  /** Takes the keys over. Keys already held under the grant stay. */
  readonly keep: (owner: AccountId, grant: GrantId, entries: readonly PackEntry[]) => void;
  readonly find: (owner: AccountId, sid: StreamId, kid: KeyId, epoch: number) => FoundKey;
  readonly drop: (grant: GrantId) => void;
};

type HeldStream = {
  readonly cat: number;
  readonly month: number;
  readonly wholeByEpoch: Map<number, StreamKeys>;
  readonly dayByKid: Map<KeyId, { readonly key: Secret; readonly epoch: number; readonly day: number }>;
};
type HeldGrant = { readonly owner: AccountId; readonly streams: Map<StreamId, HeldStream> };

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
        const single = stream.dayByKid.get(kid);
        if (single?.epoch === epoch)
          return { ok: true, place: { cat, month, day: single.day }, key: single.key };
        const whole = stream.wholeByEpoch.get(epoch);
        if (whole === undefined) continue;
        const day = whole.dayOf(kid);
        if (day !== null) return { ok: true, place: { cat, month, day }, key: whole.day(day).key };
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
    stream.wholeByEpoch.get(epoch)?.[Symbol.dispose]();
    stream.wholeByEpoch.set(epoch, openStreamKeys(key, held.owner));
    return;
  }
  const kid = keyIdOf(key, held.owner);
  stream.dayByKid.get(kid)?.key[Symbol.dispose]();
  stream.dayByKid.set(kid, { key, epoch, day });
}

function forget(stream: HeldStream): void {
  for (const keys of stream.wholeByEpoch.values()) keys[Symbol.dispose]();
  for (const { key } of stream.dayByKid.values()) key[Symbol.dispose]();
}
