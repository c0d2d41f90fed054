/**
 * This device's own heads: what it verified without a gap, signed, and for each active share a head limited to its
 * streams (docs/protocol.md, "Logs, leaves, heads").
 */
import {
  type Bytes,
  DEFAULT_LIMITS,
  type DeviceLog,
  type GrantLog,
  type GrantState,
  HEADS_BETWEEN_FULL,
  type ServerEpoch,
  type StreamId,
  type StreamPosition,
  ZERO_HASH,
  grantStatus,
  objectHash,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { Books } from './books.ts';
import type { DeviceStore, HeadRow } from './device-store.ts';
import type { FaultBook } from './fault-book.ts';
import { envelopeOfText } from './sealed-version.ts';
import type { StreamBook } from './stream-book.ts';

export type HeadParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly books: Books;
  readonly faults: FaultBook;
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
  readonly deviceLog: () => DeviceLog;
  readonly grantLog: () => GrantLog;
  readonly now: () => number;
};

/** Under which key this device's own chain is kept; a share's chain has the grant after it. */
const SELF = 'self';
/** A head is signed once a day even when nothing changed, so that "complete as of" stays young. */
const DAY_MS = 86_400_000;

export const ownHeadKey = (dev: string): string => `${SELF}/${dev}`;

export type HeadSigner = {
  /** Null when nothing changed since the last one and that is young. */
  readonly makeHead: (self: HeadRow | undefined, full: boolean) => Promise<HeadRow | null>;
  readonly makeGrantHead: (state: GrantState) => Promise<HeadRow | null>;
};

export function createHeadSigner(parts: HeadParts): HeadSigner {
  const { vault, store, books, origin, serverEpoch } = parts;
  const table = store.tables.heads;
  const selfKey = (): string => ownHeadKey(parts.holder().dev);
  return { makeHead, makeGrantHead };

  async function makeHead(self: HeadRow | undefined, full: boolean): Promise<HeadRow | null> {
    const seq = (self?.seq ?? -1) + 1;
    const isFull = full || seq % HEADS_BETWEEN_FULL === 0 || self?.scope !== books.scope;
    const before = isFull ? new Map<StreamId, number>() : (self.signed ?? new Map<StreamId, number>());
    const upTo = await signable();
    const sound = [...books.all()].filter((book) => isSound(book) && upTo(book) > 0);
    const changed = sound.filter((book) => upTo(book) > (before.get(book.sid) ?? 0));
    const isOld = self === undefined || parts.now() - self.time >= DAY_MS;
    if (changed.length === 0 && !full && !isOld) return null;
    const streams = positionsOf(isFull ? sound : changed, upTo);
    const payload = {
      seq,
      prev: self?.hash ?? ZERO_HASH,
      ...common(),
      grantLog: { seq: parts.grantLog().seq, hash: parts.grantLog().hash },
      full: isFull,
      streams,
    };
    const [bytes] = await vault.sign([{ type: 'head', signer: 'device', payload }]);
    if (bytes === undefined) return null;
    const signed = new Map([...before, ...streams.map(({ sid, n }) => [sid, n] as const)]);
    const made = rowOf(selfKey(), books.scope, { seq, bytes, time: payload.time, signed });
    const earlier = self === undefined ? [] : (self.recent ?? [self.hash]);
    // As many as a server keeps of a device: an older copy of it may have signed others in their place.
    const row = { ...made, recent: [...earlier, made.hash].slice(-DEFAULT_LIMITS.headsKept) };
    if (isFull) await table.put({ ...row, key: `full/${row.hash}`, scope: 'full' });
    return row;
  }

  async function makeGrantHead(state: GrantState): Promise<HeadRow | null> {
    const standing = grantStatus(state, parts.now());
    if (standing !== 'active' && standing !== 'not-yet') return null;
    const { grant } = state.grant;
    const key = `${selfKey()}/${grant}`;
    const last = await table.get(key);
    const known = last?.scope === books.scope ? last : undefined;
    const seq = (known?.seq ?? -1) + 1;
    const isFull = seq % (HEADS_BETWEEN_FULL / 2) === 0;
    const before = isFull ? new Map<StreamId, number>() : (known?.signed ?? new Map<StreamId, number>());
    const upTo = await signable();
    const sound = [...books.all()].filter(
      (book) => state.streams.has(book.sid) && upTo(book) > 0 && isSound(book),
    );
    const changed = sound.filter((book) => upTo(book) > (before.get(book.sid) ?? 0));
    const isDue = known === undefined || known.over !== state.hash || parts.now() - known.time >= DAY_MS;
    if (!isDue && sound.every((book) => upTo(book) <= (known.signed?.get(book.sid) ?? 0))) return null;
    const streams = positionsOf(changed, upTo);
    const payload = {
      grant,
      seq,
      prev: known?.hash ?? ZERO_HASH,
      ...common(),
      grantObject: state.hash,
      streams,
    };
    const [bytes] = await vault.sign([{ type: 'grant-head', signer: 'device', payload }]);
    if (bytes === undefined) return null;
    const signed = new Map([...before, ...streams.map(({ sid, n }) => [sid, n] as const)]);
    return { ...rowOf(key, books.scope, { seq, bytes, time: payload.time, signed }), over: state.hash };
  }

  /**
   * How far each stream may be signed: not past a version that a removed device wrote after the cut, while that is the
   * current one of its record. Whoever has not got the cut's head, and everybody a share is read by, goes by what the
   * devices that are left have signed.
   */
  async function signable(): Promise<(book: StreamBook) => number> {
    const rows = await store.tables.quarantine.where('scope').equals(books.scope).toArray();
    const left = rows.filter(({ reason, n }) => reason === 'revoked-device' && n > 0);
    return (book) => {
      const stands = left.filter(({ sid, n, env }) => {
        const rec = envelopeOfText(env)?.header.rec;
        return sid === book.sid && rec !== undefined && book.acknowledged(rec)?.n === n;
      });
      return Math.min(book.n, ...stands.map(({ n }) => n - 1));
    };
  }

  function common() {
    const { seq, hash } = parts.deviceLog();
    return { time: parts.now(), origin, serverEpoch, deviceLog: { seq, hash } };
  }

  function rowOf(
    key: string,
    scope: string,
    made: {
      readonly seq: number;
      readonly bytes: Bytes;
      readonly time: number;
      readonly signed: ReadonlyMap<StreamId, number>;
    },
  ): HeadRow {
    return { key, scope, dev: parts.holder().dev, hash: objectHash(made.bytes), sent: false, ...made };
  }
}

/** Whether a device may sign for a stream: everything in it was seen, and nothing is owed. */
export function isSound(book: StreamBook): boolean {
  return book.n > 0 && !book.hasGap() && book.openStubs().length === 0 && book.claims.length === 0;
}

function positionsOf(books: readonly StreamBook[], upTo: (book: StreamBook) => number): StreamPosition[] {
  return books
    .map((book) => ({ sid: book.sid, n: upTo(book), chain: book.chainAt(upTo(book)) }))
    .toSorted((a, b) => (a.sid < b.sid ? -1 : 1));
}
