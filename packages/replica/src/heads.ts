/**
 * Heads: what each device had verified, signed by it. Others' heads are verified, held against the one before and
 * turned into claims that the books must meet; this device's own are kept until they were sent (docs/protocol.md,
 * "Logs, leaves, heads").
 */
import {
  type Bytes,
  type DeviceId,
  type Hash32,
  type Head,
  type StreamId,
  ZERO_HASH,
  fromBase64url,
  headSchema,
  parseObject,
  parsePayload,
  toBase64url,
  verifyObject,
} from '@evenkeel/protocol';
import type { HeadRow } from './device-store.ts';
import { type HeadParts, createHeadSigner, ownHeadKey } from './sign-heads.ts';
import { type PlacedHead, isNewest, takeHeads } from './place-heads.ts';

export type HeadKeeper = {
  /**
   * Verifies heads as the server gave them and lays their claims on the books. False when one is nobody's we know, or
   * goes back in time. `isAgain`: they were asked for once more, so older ones are no surprise.
   */
  readonly receive: (objects: readonly Bytes[], options: { readonly isAgain: boolean }) => Promise<boolean>;
  /** Signs what changed since this device's last head; `full` for every stream. Kept until it was sent. */
  readonly sign: (options?: { readonly full: boolean }) => Promise<void>;
  /** Of this server's database: one of a database that is no more says nothing to anybody. */
  readonly unsent: () => Promise<readonly HeadRow[]>;
  readonly markSent: (rows: readonly HeadRow[]) => Promise<void>;
  /**
   * Position of a stream under the head a revocation names. A server need not keep that head for ever; without it, as
   * far as the devices that are still the account's have signed, since none of them signs what lies beyond a cut.
   */
  readonly cutAt: (cut: Hash32, sid: StreamId) => Promise<number>;
  /** The highest head of each device, and this device's own. */
  readonly all: () => Promise<readonly Bytes[]>;
  /**
   * How fresh what is here is proven to be: by the newest head of the account's other devices, since what this one signs
   * proves nothing of them; its own only where there is no other.
   */
  readonly newestTime: () => Promise<number | null>;
  readonly timeByDevice: () => Promise<ReadonlyMap<DeviceId, number>>;
  readonly lastOwnHash: () => Promise<Hash32>;
  /** How far of a stream this device has signed. */
  readonly signedUpTo: (sid: StreamId) => Promise<number>;
  /** Whether a device's highest head knows longer logs than these. */
  readonly knowsLonger: (dev: DeviceId) => Promise<boolean>;
};

const MOST_UNSENT = 60;

export function createHeads(parts: HeadParts): HeadKeeper {
  const { store, books, faults, origin, serverEpoch } = parts;
  const table = store.tables.heads;
  const ofScope = (): Promise<HeadRow[]> => table.where('scope').equals(books.scope).toArray();
  /** Positions by the head that a revocation names; made anew when a head arrives. */
  const cuts = new Map<Hash32, ReadonlyMap<StreamId, number>>();
  const selfKey = (): string => ownHeadKey(parts.holder().dev);
  const { makeHead, makeGrantHead } = createHeadSigner(parts);

  return {
    async receive(objects, { isAgain }) {
      cuts.clear();
      return takeHeads(objects, { isAgain, faults }, receiveOne);
    },
    async sign({ full } = { full: false }) {
      // An older copy of this device: what it signed would contradict what the other has signed with the same key.
      // One that follows a head that the server does not take would be refused too.
      if (!full && (faults.has('own-head-unknown') || faults.has('head-refused'))) return;
      const self = await table.get(selfKey());
      const rows: HeadRow[] = [];
      const head = await makeHead(self, full);
      if (head !== null) rows.push(head);
      for (const grant of parts.grantLog().grants.values()) {
        const made = await makeGrantHead(grant);
        if (made !== null) rows.push(made);
      }
      for (const row of rows) {
        await table.bulkPut([row, { ...row, key: `unsent/${row.hash}`, scope: 'unsent', of: books.scope }]);
      }
    },
    unsent: async () =>
      (await table.where('scope').equals('unsent').toArray())
        .filter(({ of = books.scope }) => of === books.scope)
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
      const { dev: self } = parts.holder();
      const active = [...parts.deviceLog().devices].flatMap(([dev, { revoked }]) => (revoked ? [] : [dev]));
      const others = active.filter((dev) => dev !== self);
      const vouching = others.length === 0 ? [self] : others;
      return newestOf((await ofScope()).filter(({ dev }) => vouching.includes(dev)));
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
  async function receiveOne(bytes: Bytes): Promise<PlacedHead | 'forged' | null> {
    const parsed = parseObject(bytes);
    const signer = parsed.ok ? parsed.object.signer : 'identity';
    const device = signer === 'identity' ? undefined : parts.deviceLog().devices.get(signer);
    // check: head: a device of the account
    if (signer === 'identity' || device === undefined) {
      await faults.note('side-row-forged');
      return 'forged';
    }
    const expected = { type: 'head', acct: parts.holder().acct, signer, publicKey: device.signPk } as const;
    const verified = await verifyObject(bytes, expected, headSchema);
    // check: head: signed, for this server
    if (!verified.ok || verified.payload.origin !== origin) {
      await faults.note('side-row-forged', { dev: signer });
      return 'forged';
    }
    const { payload, hash } = verified;
    // check: head: of this database
    if (payload.serverEpoch !== serverEpoch) return null;
    if (signer === parts.holder().dev) {
      const self = await table.get(selfKey());
      // check: head: one that this device signed
      if (!hasSigned(self, { seq: payload.seq, hash }))
        await faults.note('own-head-unknown', { dev: signer });
      return null;
    }
    const key = `of/${books.scope}/${signer}`;
    const known = await table.get(key);
    const placed = { dev: signer, seq: payload.seq, known: known?.seq ?? -1 };
    if (!(await isNewest({ dev: signer, bytes, ...payload }, known, faults))) return placed;
    const row: HeadRow = {
      key,
      scope: books.scope,
      dev: signer,
      seq: payload.seq,
      hash,
      // A clock that runs ahead must not make what is here look fresher than the day it came.
      time: Math.min(payload.time, parts.now()),
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
      // check: head: knows no longer log
      if (said.seq > log.seq) await faults.note('withheld', { dev });
      // check: head: the same log
      if (said.seq === log.seq && said.hash !== log.hash) await faults.note('log-forked', { dev });
    }
  }
}

/** Whether it is one of this device's own. Which one stood at a number is known of the last ones only. */
function hasSigned(
  self: HeadRow | undefined,
  head: { readonly seq: number; readonly hash: Hash32 },
): boolean {
  if (self === undefined || head.seq > self.seq) return false;
  const signed = (self.recent ?? [self.hash]).at(-1 - (self.seq - head.seq));
  return signed === undefined || signed === head.hash;
}

function headOf(bytes: Bytes): Head | null {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return null;
  const payload = parsePayload(parsed.object.payload, headSchema);
  return payload.ok ? payload.value : null;
}

export function newestOf(rows: readonly HeadRow[]): number | null {
  return rows.length === 0 ? null : Math.max(...rows.map(({ time }) => time));
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
