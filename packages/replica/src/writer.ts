/**
 * Writing: versions are merged with what is stored, sealed as the next revision, and put into the envelope store in
 * one transaction. Until that store is open (it is loaded after the first screen) the sealed envelopes wait in a
 * table of the device store, just as durable. What a person has just written for the first time waits there too, and
 * is moved on at once: the envelope store takes several times as long, and nobody should wait for it.
 */
import {
  type EntryRecord,
  type Stamp,
  type Version,
  latestStamp,
  mergeVersions,
  sameVersion,
  versionRec,
} from '@evenkeel/journal';
import {
  DEFAULT_LIMITS,
  type Hash32,
  type RecordId,
  type StreamId,
  ZERO_HASH,
  leafOf,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { DeviceStore, WaitingRow } from './device-store.ts';
import type { EnvelopeStore, StoredDoc } from './envelopes.ts';
import { refusalOfFault } from './faults-of-storage.ts';
import type { HeldRecord } from './record-index.ts';
import type { DraftBox, WriteOutcome } from './replica.ts';
import {
  type OpenedMemory,
  type SealedVersion,
  docId,
  envelopeOfText,
  openVersions,
  sealVersions,
} from './sealed-version.ts';
import { createSerial } from './serial.ts';

export type WriterParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly envelopes: () => EnvelopeStore | null;
  readonly opened: OpenedMemory;
  /** What the index holds of a record; used while the envelope store is not open. */
  readonly held: (rec: RecordId) => HeldRecord | undefined;
  /** The account's epoch now. */
  readonly epoch: () => number;
  /** Leaf of the version the server was last heard to hold. */
  readonly acknowledged: (sid: StreamId, rec: RecordId) => Promise<Hash32 | undefined>;
  /** The revision of that version when it is a removed device's and does not count; null when it counts. */
  readonly leftOutRev: (rec: RecordId, leaf: Hash32) => Promise<number | null>;
  /** Told of what was written, before the promise resolves. */
  readonly written: (versions: readonly Written[]) => void;
};

export type Written = SealedVersion & { readonly height: number };

export type Writer = {
  /** `from`: the box of the draft that these were made from. It goes when they are kept, not before and not later. */
  readonly write: (versions: readonly Version[], from?: DraftBox) => Promise<WriteOutcome>;
  /** Seals what is stored of these records again, as it is: under a new epoch, or after a refusal. */
  readonly sealAgain: (recs: readonly RecordId[]) => Promise<WriteOutcome>;
  /** Puts envelopes that waited into the envelope store, merging where something else came meanwhile. */
  readonly drain: () => Promise<void>;
  /** Runs a task between two writes, when what waited was put into the envelope store as far as there is room. */
  readonly betweenWrites: <Value>(task: () => Promise<Value>) => Promise<Value>;
};

/** What is stored of a record. `replaces`: of the server's versions, the last one whose contents are in it. */
type Base = {
  readonly version: Version;
  readonly rev: number;
  readonly sid: StreamId;
  readonly leaf: Hash32;
  readonly replaces: Hash32;
  readonly height: number;
  readonly doc: StoredDoc | undefined;
};
type SealedRow = { readonly sealed: SealedVersion; readonly base: Base | undefined };
type Plan = { readonly version: Version; readonly base: Base | undefined; readonly again: boolean };

/** First versions sealed under `epoch`, by the version itself. */
type SealedAhead = { readonly epoch: number; readonly byVersion: ReadonlyMap<Version, SealedVersion> };
const NOTHING_AHEAD: SealedAhead = { epoch: -1, byVersion: new Map() };

/** Where a version comes in the history of its record at the server. */
type Place = { readonly rev: number; readonly replaces: Hash32 };
/** A u32 on the wire. */
const GREATEST_REV = 0xff_ff_ff_ff;
/** After the last there is none: what a removed device set to it waits here, refused, and can still be changed. */
const revAfter = (rev: number): number => Math.min(rev + 1, GREATEST_REV);
const FIRST: Place = { rev: 1, replaces: ZERO_HASH };

const MOST_ROUNDS = 8;
/** What one check-in can hold, and more. What comes by the hundred (an import) is written whole, to be done sooner. */
const MOST_ASIDE = 40;

export function createWriter(parts: WriterParts): Writer {
  const { vault, store, opened } = parts;
  const serial = createSerial();

  const writer: Writer = {
    async write(versions, from) {
      const incoming = new Map(group(versions));
      // Sealed in the Worker while what was given before is still being stored.
      const ahead = sealAhead(incoming);
      if (!isNew(incoming)) return serial(() => guarded(() => writeAll(incoming, new Set(), ahead, from)));
      const kept = serial(() => guarded(() => putAside(incoming, ahead, from)));
      // What finds no room there goes on waiting; it is tried again with the next write and at the next opening.
      serial(drainWaiting).catch(() => undefined);
      return kept;
    },
    sealAgain: (recs) => serial(() => guarded(() => writeAll(new Map(), new Set(recs)))),
    drain: () => serial(drainWaiting),
    betweenWrites: (task) =>
      serial(async () => {
        await drainWaiting().catch(() => undefined);
        return task();
      }),
  };
  return writer;

  async function guarded(task: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
    try {
      return await task();
    } catch (fault) {
      const reason = refusalOfFault(fault);
      if (reason === null) throw fault;
      return { ok: false, reason };
    }
  }

  async function writeAll(
    incoming: Map<RecordId, Version>,
    again: Set<RecordId>,
    sealedAhead: Promise<SealedAhead> = Promise.resolve(NOTHING_AHEAD),
    from?: DraftBox,
  ): Promise<WriteOutcome> {
    const asked = [...incoming.keys()];
    const stored = new Map<RecordId, EntryRecord>();
    for (let round = 0; round < MOST_ROUNDS && incoming.size + again.size > 0; round += 1) {
      const plans = await planAll(incoming, again);
      const sealed = await seal(plans, await sealedAhead);
      if (sealed === null) return { ok: false, reason: 'too-large' };
      for (const { version } of plans)
        if (version.kind === 'record') stored.set(version.record.rec, version.record);
      const conflicts = await put(sealed);
      for (const rec of incoming.keys()) if (!conflicts.has(rec)) incoming.delete(rec);
      for (const rec of again) if (!conflicts.has(rec)) again.delete(rec);
      for (const plan of plans) {
        const rec = versionRec(plan.version);
        if (conflicts.has(rec) && !again.has(rec) && !incoming.has(rec)) incoming.set(rec, plan.version);
      }
    }
    if (incoming.size + again.size > 0) return { ok: false, reason: 'storage-lost' };
    if (from !== undefined) await store.tables.drafts.delete(from);
    return { ok: true, records: asked.flatMap((rec) => stored.get(rec) ?? []) };
  }

  /** Whether these are a few entries that nobody has seen before: then there is nothing to merge them with. */
  function isNew(incoming: ReadonlyMap<RecordId, Version>): boolean {
    return (
      incoming.size <= MOST_ASIDE &&
      [...incoming].every(([rec, version]) => version.kind === 'record' && parts.held(rec) === undefined)
    );
  }

  /** Keeps first versions, sealed, in the device store. Should the envelope store know them after all, moving them on merges. */
  async function putAside(
    incoming: ReadonlyMap<RecordId, Version>,
    ahead: Promise<SealedAhead>,
    from: DraftBox | undefined,
  ): Promise<WriteOutcome> {
    if (!isNew(incoming)) return writeAll(new Map(incoming), new Set(), ahead, from);
    const plans = [...incoming.values()].map((version) => ({ version, base: undefined, again: false }));
    const sealed = await seal(plans, await ahead);
    if (sealed === null) return { ok: false, reason: 'too-large' };
    await keepWaiting(sealed, from);
    return {
      ok: true,
      records: [...incoming.values()].flatMap((version) =>
        version.kind === 'record' ? [version.record] : [],
      ),
    };
  }

  /** What each record becomes. A merge can concern a further record (where an entry was moved to): that joins in. */
  async function planAll(
    incoming: ReadonlyMap<RecordId, Version>,
    again: ReadonlySet<RecordId>,
  ): Promise<readonly Plan[]> {
    const planned = new Map<RecordId, Plan>();
    let left = new Map<RecordId, Version | null>([
      ...[...again].map((rec) => [rec, null] as const),
      ...incoming,
    ]);
    while (left.size > 0) {
      const bases = await readBases([...left.keys()]);
      const further = new Map<RecordId, Version | null>();
      for (const [rec, version] of left) {
        const earlier = planned.get(rec);
        const base = earlier?.base ?? bases.get(rec);
        const mine = earlier?.version ?? base?.version;
        const merged =
          version === null || mine === undefined
            ? { version: version ?? mine, also: [] }
            : mergeVersions(mine, version);
        if (merged.version === undefined) continue;
        planned.set(rec, { version: merged.version, base, again: again.has(rec) });
        for (const one of merged.also) further.set(versionRec(one), one);
      }
      left = further;
    }
    return [...planned.values()];
  }

  async function readBases(recs: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Base>> {
    const { acct } = parts.holder();
    const idByRec = new Map(recs.map((rec) => [rec, docId(acct, rec)]));
    const envelopes = parts.envelopes();
    const bases = new Map<RecordId, Base>();
    const docs =
      envelopes === null ? new Map<string, StoredDoc>() : await envelopes.find([...idByRec.values()]);
    const waiting = envelopes === null ? await store.tables.waiting.bulkGet([...idByRec.values()]) : [];
    for (const [i, rec] of recs.entries()) {
      const doc = docs.get(idByRec.get(rec) ?? '');
      const text = doc?.env ?? waiting[i]?.env;
      const held = parts.held(rec);
      const height = doc === undefined ? (held?.height ?? 0) : heightOf(doc);
      if (text === undefined) {
        if (held !== undefined && envelopes === null) {
          const { record, rev: heldRev, sid, leaf } = held;
          bases.set(rec, {
            version: { kind: 'record', record },
            rev: heldRev,
            sid,
            leaf,
            replaces: ZERO_HASH,
            height,
            doc: undefined,
          });
        }
        continue;
      }
      const known = opened.peek(text);
      const envelope = known?.envelope ?? envelopeOfText(text);
      if (envelope === null) continue;
      const { rev: heldRev, sid, replaces } = envelope.header;
      const base = { rev: heldRev, sid, leaf: known?.leaf ?? leafOf(envelope), replaces, height, doc };
      if (known !== undefined) {
        bases.set(rec, { version: known.version, ...base });
        continue;
      }
      const [read] = await openVersions(vault, acct, [envelope]);
      if (read?.ok === true) bases.set(rec, { version: read.version, ...base });
    }
    return bases;
  }

  /**
   * Most of what is written is new. While the store is asked whether it knows these records, those that the index does
   * not hold are already sealed as first versions; a seal that turns out wrong is thrown away.
   */
  async function sealAhead(incoming: ReadonlyMap<RecordId, Version>): Promise<SealedAhead> {
    const epoch = parts.epoch();
    const guessed = [...incoming].flatMap(([rec, version]) =>
      parts.held(rec) === undefined ? [version] : [],
    );
    if (guessed.length === 0) return NOTHING_AHEAD;
    try {
      const sealed = await sealVersions(
        vault,
        parts.holder().acct,
        guessed.map((version) => ({ version, epoch, rev: 1, replaces: ZERO_HASH })),
      );
      return { epoch, byVersion: new Map(sealed.map((one) => [one.version, one])) };
    } catch {
      return NOTHING_AHEAD;
    }
  }

  /** Null when one does not fit an envelope: then nothing is written. */
  async function seal(plans: readonly Plan[], ahead: SealedAhead): Promise<readonly SealedRow[] | null> {
    const changed = plans.filter(
      ({ version, base, again }) => base === undefined || again || !sameVersion(base.version, version),
    );
    const epoch = parts.epoch();
    const first = ({ version, base }: Plan): SealedVersion | undefined =>
      base === undefined && epoch === ahead.epoch ? ahead.byVersion.get(version) : undefined;
    const left = changed.filter((plan) => first(plan) === undefined);
    const requests = await Promise.all(
      left.map(async ({ version, base }) => ({
        version,
        epoch,
        ...(base === undefined ? FIRST : await placeAfter(base, versionRec(version))),
      })),
    );
    const rest = requests.length === 0 ? [] : await sealVersions(vault, parts.holder().acct, requests);
    const restByVersion = new Map(rest.map((one) => [one.version, one]));
    const sealed = changed.flatMap((plan) => {
      const one = first(plan) ?? restByVersion.get(plan.version);
      return one === undefined ? [] : [{ sealed: one, base: plan.base }];
    });
    return sealed.some((one) => one.sealed.envelope.bytes.length > DEFAULT_LIMITS.envelopeBytes)
      ? null
      : sealed;
  }

  /**
   * The server's version that the next one replaces: the one held here if the server has it, else the one this was
   * made to replace. Never merely the last one heard of: a version that came in a moment ago and is not merged yet
   * would be overwritten by an edit that does not contain it. What a removed device wrote is never merged: the next
   * one takes its place, with a revision after it, however many it wrote.
   */
  async function placeAfter(base: Base, rec: RecordId): Promise<Place> {
    const rev = revAfter(base.rev);
    const current = await parts.acknowledged(base.sid, rec);
    if (current === undefined || current === base.replaces) return { rev, replaces: base.replaces };
    if (current === base.leaf) return { rev, replaces: current };
    const leftOut = await parts.leftOutRev(rec, current);
    if (leftOut === null) return { rev, replaces: base.replaces };
    return { rev: Math.max(rev, revAfter(leftOut)), replaces: current };
  }

  async function put(rows: readonly SealedRow[]): Promise<ReadonlySet<RecordId>> {
    const envelopes = parts.envelopes();
    const conflicts = new Set<RecordId>();
    if (rows.length === 0) return conflicts;
    if (envelopes === null) {
      await keepWaiting(rows);
      return conflicts;
    }
    for (const { sealed } of rows) opened.put(sealed.doc.env, sealed);
    const refused = await envelopes.write(
      rows.map(({ sealed, base }) => ({ previous: base?.doc, doc: sealed.doc })),
    );
    for (const { sealed } of rows) if (refused.has(sealed.doc.id)) conflicts.add(sealed.envelope.header.rec);
    tell(rows.filter(({ sealed }) => !conflicts.has(sealed.envelope.header.rec)));
    return conflicts;
  }

  /** In one transaction with the end of the draft that they were made from: nothing is lost, and nothing offered twice. */
  async function keepWaiting(rows: readonly SealedRow[], from?: DraftBox): Promise<void> {
    const { waiting, drafts } = store.tables;
    for (const { sealed } of rows) opened.put(sealed.doc.env, sealed);
    const waitingRows = rows.map(({ sealed: { doc, envelope } }) => ({
      id: doc.id,
      rec: envelope.header.rec,
      sid: envelope.header.sid,
      env: doc.env,
      deleted: doc._deleted,
    }));
    await store.db.transaction('rw', [waiting, drafts], async () => {
      await waiting.bulkPut(waitingRows);
      if (from !== undefined) await drafts.delete(from);
    });
    tell(rows);
  }

  function tell(rows: readonly SealedRow[]): void {
    parts.written(rows.map(({ sealed, base }) => ({ ...sealed, height: (base?.height ?? 0) + 1 })));
  }

  async function drainWaiting(): Promise<void> {
    const envelopes = parts.envelopes();
    const waiting = await store.tables.waiting.toArray();
    if (envelopes === null || waiting.length === 0) return;
    const found = await envelopes.find(waiting.map(({ id }) => id));
    const fresh = waiting.filter(({ id }) => !found.has(id));
    const overtaken = await envelopes.write(
      fresh.map(({ id, env, sid, deleted }) => ({
        previous: undefined,
        doc: { id, env, sid, _deleted: deleted },
      })),
    );
    const others = waiting.filter(
      ({ id, env }) => overtaken.has(id) || (found.has(id) && found.get(id)?.env !== env),
    );
    const parsed = others.flatMap(({ env }) => envelopeOfText(env) ?? []);
    const read = await openVersions(vault, parts.holder().acct, parsed);
    const versions = read.flatMap((one) => (one.ok ? [one.version] : []));
    const outcome = await writeAll(new Map(group(versions)), new Set());
    if (outcome.ok) await forgetWaiting(waiting);
  }

  /** Those that are still as they were read: another tab, whose store is not open yet, may have saved again. */
  async function forgetWaiting(rows: readonly WaitingRow[]): Promise<void> {
    const { waiting } = store.tables;
    await store.db.transaction('rw', waiting, async () => {
      const now = await waiting.bulkGet(rows.map(({ id }) => id));
      await waiting.bulkDelete(rows.flatMap(({ id, env }, i) => (now[i]?.env === env ? [id] : [])));
    });
  }
}

/** Counts the writes to a document in this device's store. */
export function heightOf(doc: StoredDoc): number {
  return Number.parseInt(doc._rev, 10) || 0;
}

/** The greatest stamp a version carries, for the clock to take note of. */
export function stampOf(version: Version): Stamp | undefined {
  return version.kind === 'record' ? latestStamp(version.record) : version.tombstone.seen.at(-1);
}

/** Several versions of one record are merged before anything is read. */
function group(versions: readonly Version[]): readonly (readonly [RecordId, Version])[] {
  const byRec = new Map<RecordId, Version>();
  const queue = [...versions];
  for (let version = queue.shift(); version !== undefined; version = queue.shift()) {
    const rec = versionRec(version);
    const known = byRec.get(rec);
    if (known === undefined) {
      byRec.set(rec, version);
      continue;
    }
    const merged = mergeVersions(known, version);
    byRec.set(rec, merged.version);
    queue.push(...merged.also);
  }
  return [...byRec];
}
