/**
 * The book of one stream at one server: every leaf in order, the chain they make, which version of each record the
 * server holds, and what is still owed: stubs that nothing replaced, positions that were skipped, and how far other
 * devices' signed heads say the stream goes (docs/protocol.md, "Logs, leaves, heads").
 */
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type Hash32,
  type KeyId,
  type RecordId,
  type ServerEpoch,
  type StreamId,
  bytesToHash32,
  bytesToKeyId,
  bytesToRecordId,
  chainNext,
  chainStart,
  concat,
  idToBytes,
  ownBytes,
  readUint,
  sameBytes,
  u32,
  u8,
} from '@evenkeel/protocol';
import type { BookRow } from './device-store.ts';

const LEAF_BYTES = 32;
const CURRENT_BYTES = 52;
const STUB_BYTES = 20;
const AHEAD_BYTES = 85;
/** Leaves kept beyond a gap; more than this and they are asked for again. */
const MOST_AHEAD = 2000;
const NO_KEY = new Uint8Array(16);

/** One leaf as it arrived: a body of `rec`, or (`stub`) what stands in place of a body. */
export type Arrived = {
  readonly n: number;
  readonly leaf: Hash32;
  readonly replaces: Hash32;
  readonly stub: KeyId | null;
  readonly rec: RecordId | null;
};
/** `ahead`: after a gap. `changed`: another leaf than the one verified at that position. */
export type Booked = 'new' | 'known' | 'ahead' | 'changed';

/** A version the server holds. `n` is 0 when it is known from a push's conflict alone. */
export type Acknowledged = { readonly leaf: Hash32; readonly n: number };
export type Claim = {
  readonly dev: DeviceId;
  readonly n: number;
  readonly chain: Hash32;
  readonly time: number;
};

export class StreamBook {
  readonly sid: StreamId;
  readonly scope: string;
  readonly start: Hash32;
  n: number;
  chain: Hash32;
  claims: readonly Claim[];
  #leaves: Bytes;
  #packedCurrent: Bytes | null;
  #current: Map<RecordId, Acknowledged> | null;
  readonly #stubs: Map<number, KeyId>;
  readonly #ahead: Map<number, Omit<Arrived, 'rec'>>;

  constructor(
    owner: { readonly acct: AccountId; readonly serverEpoch: ServerEpoch; readonly scope: string },
    sid: StreamId,
    row: BookRow | undefined,
  ) {
    this.sid = sid;
    this.scope = owner.scope;
    this.start = chainStart(owner.acct, sid, owner.serverEpoch);
    this.n = row?.n ?? 0;
    this.chain = row?.chain ?? this.start;
    this.claims = row?.claims ?? [];
    this.#leaves = row?.leaves ?? new Uint8Array(0);
    this.#packedCurrent = row?.current ?? new Uint8Array(0);
    this.#current = null;
    this.#stubs = unpackStubs(row?.stubs ?? new Uint8Array(0));
    this.#ahead = unpackAhead(row?.ahead ?? new Uint8Array(0));
  }

  /** Takes a leaf in. A position is verified only when every one before it is. */
  receive(arrived: Arrived): Booked {
    const { n, leaf, rec, stub } = arrived;
    if (n <= this.n) {
      if (!sameBytes(this.#leafBytes(n), idToBytes(leaf))) return 'changed';
      if (stub === null) this.#stubs.delete(n);
      if (rec !== null) this.#holdCurrent(rec, leaf, n);
      return 'known';
    }
    if (rec !== null) this.#holdCurrent(rec, leaf, n);
    if (n > this.n + 1) {
      if (this.#ahead.size < MOST_AHEAD) this.#ahead.set(n, { n, leaf, replaces: arrived.replaces, stub });
      return 'ahead';
    }
    this.#append(arrived);
    for (let next = this.#ahead.get(this.n + 1); next !== undefined; next = this.#ahead.get(this.n + 1)) {
      this.#ahead.delete(next.n);
      this.#append(next);
    }
    return 'new';
  }

  /**
   * Whether a body that claims a new place is not the newest of its record: what it replaces lies before the version
   * held, or nowhere. An honest server takes a version only in the place of the current one.
   */
  isReplayed({ n, leaf, replaces, rec }: Arrived): boolean {
    const held = rec === null ? undefined : this.acknowledged(rec);
    // A version known from a push's conflict alone has no place yet.
    if (n <= this.n || held === undefined || held.n === 0 || held.n >= n) return false;
    // Told by a push, and not at its place until now. At a place of its own already, it would stand there twice.
    if (held.leaf === leaf) return held.n <= this.n && this.leafAt(held.n) === leaf;
    if (held.leaf === replaces) return false;
    const replaced = idToBytes(replaces);
    for (let at = Math.min(this.n, n - 1); at >= held.n; at -= 1)
      if (sameBytes(this.#leafBytes(at), replaced)) return false;
    for (const [at, between] of this.#ahead) if (at < n && between.leaf === replaces) return false;
    return true;
  }

  /** The version of a record that the server held when it was last heard of. */
  acknowledged(rec: RecordId): Acknowledged | undefined {
    return this.#currentMap().get(rec);
  }

  /** What a push was answered with. */
  acknowledge(rec: RecordId, leaf: Hash32, n: number): void {
    const known = this.#currentMap().get(rec);
    if (n === 0 || known === undefined || n >= known.n)
      this.#currentMap().set(rec, { leaf, n: n === 0 ? (known?.n ?? 0) : n });
  }

  acknowledgedAll(): ReadonlyMap<RecordId, Acknowledged> {
    return this.#currentMap();
  }

  hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  /** Key ids of missing bodies that nothing has replaced. Which of them are a fault depends on the reader's scope. */
  openStubs(): readonly KeyId[] {
    return [...this.#stubs.values()];
  }

  /** Forgets every leaf, so that the stream is read from its start again; what heads claim stays. */
  reset(): void {
    this.n = 0;
    this.chain = this.start;
    this.#leaves = new Uint8Array(0);
    this.#current = new Map();
    this.#packedCurrent = null;
    this.#stubs.clear();
    this.#ahead.clear();
  }

  /** Notes what a verified head states. Only the furthest of each device is kept. */
  claim(claim: Claim): void {
    const known = this.claims.find(({ dev }) => dev === claim.dev);
    if (known !== undefined && known.n > claim.n) return;
    this.claims = [...this.claims.filter(({ dev }) => dev !== claim.dev), claim];
  }

  /** Holds the heads' claims against the book; those that agree are settled and forgotten. */
  settle(): { readonly withheld: readonly Claim[]; readonly forked: readonly Claim[] } {
    const withheld = this.claims.filter(({ n }) => n > this.n);
    const forked = this.claims.filter(({ n, chain }) => n <= this.n && this.chainAt(n) !== chain);
    this.claims = [...withheld, ...forked];
    return { withheld, forked };
  }

  /** The leaf verified at position `n`, 1 to the length of the book. */
  leafAt(n: number): Hash32 {
    return bytesToHash32(this.#leafBytes(n));
  }

  /** The chain value after `n` leaves. */
  chainAt(n: number): Hash32 {
    if (n === this.n) return this.chain;
    let chain = this.start;
    for (let i = 1; i <= n; i += 1) chain = chainNext(chain, bytesToHash32(this.#leafBytes(i)));
    return chain;
  }

  toRow(): BookRow {
    return {
      key: `${this.scope}/${this.sid}`,
      scope: this.scope,
      sid: this.sid,
      n: this.n,
      chain: this.chain,
      leaves: ownBytes(this.#leaves.subarray(0, this.n * LEAF_BYTES)),
      current: this.#packedCurrent ?? packCurrent(this.#currentMap()),
      stubs: packStubs(this.#stubs),
      ahead: packAhead(this.#ahead),
      claims: this.claims,
    };
  }

  #append({ leaf, replaces, stub }: Omit<Arrived, 'rec'>): void {
    const bytes = idToBytes(leaf);
    const end = this.n * LEAF_BYTES;
    if (end + LEAF_BYTES > this.#leaves.length) {
      const grown = new Uint8Array(Math.max(8 * LEAF_BYTES, this.#leaves.length * 2));
      grown.set(this.#leaves.subarray(0, end));
      this.#leaves = grown;
    }
    this.#leaves.set(bytes, end);
    this.n += 1;
    this.chain = chainNext(this.chain, leaf);
    if (this.#stubs.size > 0) {
      const replaced = idToBytes(replaces);
      for (const n of this.#stubs.keys()) if (sameBytes(this.#leafBytes(n), replaced)) this.#stubs.delete(n);
    }
    if (stub !== null) this.#stubs.set(this.n, stub);
  }

  #leafBytes(n: number): Bytes {
    return this.#leaves.subarray((n - 1) * LEAF_BYTES, n * LEAF_BYTES);
  }

  #holdCurrent(rec: RecordId, leaf: Hash32, n: number): void {
    const known = this.#currentMap().get(rec);
    if (known === undefined || n >= known.n) this.#currentMap().set(rec, { leaf, n });
  }

  #currentMap(): Map<RecordId, Acknowledged> {
    this.#current ??= unpackCurrent(this.#packedCurrent ?? new Uint8Array(0));
    this.#packedCurrent = null;
    return this.#current;
  }
}

function packCurrent(current: ReadonlyMap<RecordId, Acknowledged>): Bytes {
  return concat(...[...current].flatMap(([rec, { leaf, n }]) => [idToBytes(rec), idToBytes(leaf), u32(n)]));
}

function unpackCurrent(bytes: Bytes): Map<RecordId, Acknowledged> {
  const current = new Map<RecordId, Acknowledged>();
  for (let at = 0; at + CURRENT_BYTES <= bytes.length; at += CURRENT_BYTES) {
    const leaf = bytesToHash32(bytes.subarray(at + 16, at + 48));
    current.set(bytesToRecordId(bytes.subarray(at, at + 16)), { leaf, n: readUint(bytes, at + 48, 4) });
  }
  return current;
}

function packStubs(stubs: ReadonlyMap<number, KeyId>): Bytes {
  return concat(...[...stubs].flatMap(([n, kid]) => [u32(n), idToBytes(kid)]));
}

function unpackStubs(bytes: Bytes): Map<number, KeyId> {
  const stubs = new Map<number, KeyId>();
  for (let at = 0; at + STUB_BYTES <= bytes.length; at += STUB_BYTES) {
    stubs.set(readUint(bytes, at, 4), bytesToKeyId(bytes.subarray(at + 4, at + STUB_BYTES)));
  }
  return stubs;
}

function packAhead(ahead: ReadonlyMap<number, Omit<Arrived, 'rec'>>): Bytes {
  return concat(
    ...[...ahead.values()].flatMap(({ n, leaf, replaces, stub }) => [
      u32(n),
      idToBytes(leaf),
      idToBytes(replaces),
      u8(stub === null ? 0 : 1),
      stub === null ? NO_KEY : idToBytes(stub),
    ]),
  );
}

function unpackAhead(bytes: Bytes): Map<number, Omit<Arrived, 'rec'>> {
  const ahead = new Map<number, Omit<Arrived, 'rec'>>();
  for (let at = 0; at + AHEAD_BYTES <= bytes.length; at += AHEAD_BYTES) {
    const n = readUint(bytes, at, 4);
    const leaf = bytesToHash32(bytes.subarray(at + 4, at + 36));
    const replaces = bytesToHash32(bytes.subarray(at + 36, at + 68));
    const stub = bytes[at + 68] === 1 ? bytesToKeyId(bytes.subarray(at + 69, at + AHEAD_BYTES)) : null;
    ahead.set(n, { n, leaf, replaces, stub });
  }
  return ahead;
}
