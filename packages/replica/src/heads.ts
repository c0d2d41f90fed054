/**
 * Heads: what each device had verified, signed by it. Others' heads are verified, held against the one before and
 * turned into claims that the books must meet; this device's own are signed over what it verified without a gap,
 * and for each active share a head limited to its streams (docs/protocol.md, "Logs, leaves, heads").
 */
import {
  type Bytes,
  type DeviceId,
  type DeviceLog,
  type GrantLog,
  type GrantState,
  HEADS_BETWEEN_FULL,
  type Hash32,
  type Head,
  type ServerEpoch,
  type StreamId,
  type StreamPosition,
  ZERO_HASH,
  fromBase64url,
  grantStatus,
  headSchema,
  objectHash,
  parseObject,
  parsePayload,
  sameBytes,
  toBase64url,
  verifyObject,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { Books } from './books.ts';
import type { DeviceStore, HeadRow } from './device-store.ts';
import type { FaultBook } from './fault-book.ts';
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

export type HeadKeeper = {
  /**
   * Verifies heads as the server gave them and lays their claims on the books. False when one is nobody's we know, or
   * goes back in time. `isAgain`: they were asked for once more, so older ones are no surprise.
   */
  readonly receive: (objects: readonly Bytes[], options: { readonly isAgain: boolean }) => Promise<boolean>;
  /** Signs what changed since this device's last head; `full` for every stream. Kept until it was sent. */
  readonly sign: (options?: { readonly full: boolean }) => Promise<void>;
  readonly unsent: () => Promise<readonly HeadRow[]>;
  readonly markSent: (rows: readonly HeadRow[]) => Promise<void>;
  /**
   * Position of a stream under the head a revocation names. A server need not keep that head for ever; without it, as
   * far as the devices that are still the account's have signed, since none of them signs what lies beyond a cut.
   */
  readonly cutAt: (cut: Hash32, sid: StreamId) => Promise<number>;
  /** The highest head of each device, and this device's own. */
  readonly all: () => Promise<readonly Bytes[]>;
  readonly newestTime: () => Promise<number | null>;
  readonly timeByDevice: () => Promise<ReadonlyMap<DeviceId, number>>;
  readonly lastOwnHash: () => Promise<Hash32>;
  /** How far of a stream this device has signed. */
  readonly signedUpTo: (sid: StreamId) => Promise<number>;
  /** Whether a device's highest head knows longer logs than these. */
  readonly knowsLonger: (dev: DeviceId) => Promise<boolean>;
};

const SELF = 'self';
/** A head is signed once a day even when nothing changed, so that "complete as of" stays young. */
const DAY_MS = 86_400_000;
const MOST_UNSENT = 60;

export function createHeads(parts: HeadParts): HeadKeeper {
  const { vault, store, books, faults, origin, serverEpoch } = parts;
  const table = store.tables.heads;
  const ofScope = (): Promise<HeadRow[]> => table.where('scope').equals(books.scope).toArray();
  /** Positions by the head that a revocation names; made anew when a head arrives. */
  const cuts = new Map<Hash32, ReadonlyMap<StreamId, number>>();
  const selfKey = (): string => `${SELF}/${parts.holder().dev}`;

  return {
    async receive(objects, { isAgain }) {
      cuts.clear();
      const newest = new Map<DeviceId, { readonly seq: number; readonly known: number }>();
      let isSound = true;
      for (const bytes of objects) {
        const received = await receiveOne(bytes);
        if (received === 'forged') isSound = false;
        else if (received !== null && received.seq >= (newest.get(received.dev)?.seq ?? 0))
          newest.set(received.dev, received);
      }
      // Rows are given again when one among them was not sound, so only the newest of a device says "back in time".
      for (const [dev, { seq, known }] of newest) {
        if (seq >= known || isAgain) continue;
        await faults.note('head-rollback', { dev });
        isSound = false;
      }
      return isSound;
    },
    async sign({ full } = { full: false }) {
      const self = await table.get(selfKey());
      const rows: HeadRow[] = [];
      const head = await makeHead(self, full);
      if (head !== null) rows.push(head);
      for (const grant of parts.grantLog().grants.values()) {
        const made = await makeGrantHead(grant);
        if (made !== null) rows.push(made);
      }
      for (const row of rows) {
        await table.bulkPut([row, { ...row, key: `unsent/${row.hash}`, scope: 'unsent' }]);
      }
    },
    unsent: async () =>
      (await table.where('scope').equals('unsent').toArray())
        .toSorted((a, b) => a.seq - b.seq)
        .slice(0, MOST_UNSENT),
    async markSent(rows) {
      await table.bulkDelete(rows.map(({ key }) => key));
    },
    async cutAt(cut, sid) {
      const known = cuts.get(cut) ?? (await positionsUnder(cut));
      cuts.set(cut, known);
      return known.get(sid) ?? 0;
    },
    async all() {
      const rows = await table.toArray();
      return rows.filter(({ key }) => key === selfKey() || key.startsWith('of/')).map(({ bytes }) => bytes);
    },
    async newestTime() {
      const self = await table.get(selfKey());
      const times = [...(await ofScope()), ...(self === undefined ? [] : [self])].map(({ time }) => time);
      return times.length === 0 ? null : Math.max(...times);
    },
    async timeByDevice() {
      return new Map(
        (await ofScope()).filter(({ key }) => key.startsWith('of/')).map(({ dev, time }) => [dev, time]),
      );
    },
    async signedUpTo(sid) {
      const self = await table.get(selfKey());
      return self?.scope === books.scope ? (self.signed?.get(sid) ?? 0) : 0;
    },
    async knowsLonger(dev) {
      const row = await table.get(`of/${books.scope}/${dev}`);
      const head = row === undefined ? null : headOf(row.bytes);
      return (
        head !== null &&
        (head.deviceLog.seq > parts.deviceLog().seq || head.grantLog.seq > parts.grantLog().seq)
      );
    },
    lastOwnHash: async () => (await table.get(selfKey()))?.hash ?? ZERO_HASH,
  };

  /** `forged`: not by a device we know. Else its number and the highest known of that device; null where there is none to compare. */
  async function receiveOne(
    bytes: Bytes,
  ): Promise<'forged' | { readonly dev: DeviceId; readonly seq: number; readonly known: number } | null> {
    const parsed = parseObject(bytes);
    const signer = parsed.ok ? parsed.object.signer : 'identity';
    const device = signer === 'identity' ? undefined : parts.deviceLog().devices.get(signer);
    if (signer === 'identity' || device === undefined) {
      await faults.note('side-row-forged');
      return 'forged';
    }
    const expected = { type: 'head', acct: parts.holder().acct, signer, publicKey: device.signPk } as const;
    const verified = await verifyObject(bytes, expected, headSchema);
    if (!verified.ok || verified.payload.origin !== origin) {
      await faults.note('side-row-forged', { dev: signer });
      return 'forged';
    }
    const { payload, hash } = verified;
    if (payload.serverEpoch !== serverEpoch) return null;
    if (signer === parts.holder().dev) {
      const self = await table.get(selfKey());
      const isOurs =
        self !== undefined && (payload.seq < self.seq || (payload.seq === self.seq && hash === self.hash));
      if (!isOurs) await faults.note('own-head-unknown', { dev: signer });
      return null;
    }
    const key = `of/${books.scope}/${signer}`;
    const known = await table.get(key);
    const placed = { dev: signer, seq: payload.seq, known: known?.seq ?? -1 };
    if (known !== undefined && payload.seq <= known.seq) {
      if (payload.seq === known.seq && !sameBytes(known.bytes, bytes))
        await faults.note('head-equivocation', { dev: signer });
      return placed;
    }
    if (known !== undefined && payload.seq === known.seq + 1 && payload.prev !== known.hash) {
      await faults.note('head-broken', { dev: signer });
      return placed;
    }
    const row: HeadRow = {
      key,
      scope: books.scope,
      dev: signer,
      seq: payload.seq,
      hash,
      time: payload.time,
      bytes,
      sent: true,
    };
    await table.bulkPut(payload.full ? [row, { ...row, key: `full/${hash}`, scope: 'full' }] : [row]);
    await holdAgainstLogs(payload, signer);
    const open = await books.open(payload.streams.map(({ sid }) => sid));
    for (const { sid, n, chain } of payload.streams)
      open.get(sid)?.claim({ dev: signer, n, chain, time: payload.time });
    await books.keep(open.values());
    return placed;
  }

  async function positionsUnder(cut: Hash32): Promise<ReadonlyMap<StreamId, number>> {
    const named = await table.get(`full/${cut}`);
    const rows = named === undefined ? (await table.toArray()).filter(vouches) : [named];
    const positions = new Map<StreamId, number>();
    for (const { bytes } of rows) {
      for (const { sid, n } of headOf(bytes)?.streams ?? [])
        positions.set(sid, Math.max(n, positions.get(sid) ?? 0));
    }
    return positions;
  }

  /** Heads of this server's account by devices that are still its own. */
  function vouches({ key, dev }: HeadRow): boolean {
    const isOne = key === selfKey() || key.startsWith('full/') || key.startsWith(`of/${books.scope}/`);
    return isOne && parts.deviceLog().devices.get(dev)?.revoked === null;
  }

  async function holdAgainstLogs(head: Head, dev: DeviceId): Promise<void> {
    for (const [said, log] of [
      [head.deviceLog, parts.deviceLog()],
      [head.grantLog, parts.grantLog()],
    ] as const) {
      if (said.seq > log.seq) await faults.note('withheld', { dev });
      if (said.seq === log.seq && said.hash !== log.hash) await faults.note('log-forked', { dev });
    }
  }

  async function makeHead(self: HeadRow | undefined, full: boolean): Promise<HeadRow | null> {
    const seq = (self?.seq ?? -1) + 1;
    const isFull = full || seq % HEADS_BETWEEN_FULL === 0 || self?.scope !== books.scope;
    const before = isFull ? new Map<StreamId, number>() : (self.signed ?? new Map<StreamId, number>());
    const sound = [...books.all()].filter(isSound);
    const changed = sound.filter((book) => book.n > (before.get(book.sid) ?? 0));
    const isOld = self === undefined || parts.now() - self.time >= DAY_MS;
    if (changed.length === 0 && !full && !isOld) return null;
    const streams = positionsOf(isFull ? sound : changed);
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
    const row = rowOf(selfKey(), books.scope, { seq, bytes, time: payload.time, signed });
    if (isFull) await table.put({ ...row, key: `full/${row.hash}`, scope: 'full' });
    return row;
  }

  async function makeGrantHead(state: GrantState): Promise<HeadRow | null> {
    const standing = grantStatus(state, parts.now());
    if (standing !== 'active' && standing !== 'not-yet') return null;
    const { grant } = state.grant;
    const key = `${SELF}/${parts.holder().dev}/${grant}`;
    const last = await table.get(key);
    const known = last?.scope === books.scope ? last : undefined;
    const seq = (known?.seq ?? -1) + 1;
    const isFull = seq % (HEADS_BETWEEN_FULL / 2) === 0;
    const before = isFull ? new Map<StreamId, number>() : (known?.signed ?? new Map<StreamId, number>());
    const sound = [...books.all()].filter(
      (book) => state.streams.has(book.sid) && book.n > 0 && isSound(book),
    );
    const changed = sound.filter((book) => book.n > (before.get(book.sid) ?? 0));
    const isDue = known === undefined || known.over !== state.hash || parts.now() - known.time >= DAY_MS;
    if (!isDue && sound.every((book) => book.n <= (known.signed?.get(book.sid) ?? 0))) return null;
    const streams = positionsOf(changed);
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

function positionsOf(books: readonly StreamBook[]): StreamPosition[] {
  return books.map(({ sid, n, chain }) => ({ sid, n, chain })).toSorted((a, b) => (a.sid < b.sid ? -1 : 1));
}

function headOf(bytes: Bytes): Head | null {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return null;
  const payload = parsePayload(parsed.object.payload, headSchema);
  return payload.ok ? payload.value : null;
}

/** Objects of a reply as bytes; null when one is not canonical. */
export function objectsOf(texts: readonly string[]): readonly Bytes[] | null {
  const objects: Bytes[] = [];
  for (const text of texts) {
    const bytes = fromBase64url(text);
    if (bytes === null) return null;
    objects.push(bytes);
  }
  return objects;
}

export const textsOf = (objects: readonly Uint8Array[]): string[] =>
  objects.map((bytes) => toBase64url(bytes));
