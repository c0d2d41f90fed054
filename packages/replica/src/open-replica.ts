/**
 * Opens this device's copy of a diary: first the sealed cache (newest months, then older), then the envelopes
 * themselves, which are loaded by a dynamic import after the first screen. From then on every write in any tab and
 * everything a server sends passes through the envelope store into the index.
 */
import {
  CATEGORY_NUMBERS,
  type Change,
  type Clock,
  type EntryRecord,
  type Version,
  createClock,
} from '@evenkeel/journal';
import { type RecordId, fromBase64url, leafOf } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { type CacheKeeper, createCacheKeeper, firstNewMonth } from './cache-keeper.ts';
import { CLOCK_SET_BACK, type DeviceStore } from './device-store.ts';
import { createErasure } from './erasure.ts';
import type { EnvelopeStore, StoreMark } from './envelopes.ts';
import { refusalOfFault } from './faults-of-storage.ts';
import { createFiller } from './fill-index.ts';
import { createInUse } from './in-use.ts';
import { createCache } from './local-cache.ts';
import { createLogBook } from './log-book.ts';
import { createIndex } from './record-index.ts';
import { ReplicaFault } from './reasons.ts';
import type { DraftBox, Replica, StreamInUse, WriteOutcome } from './replica.ts';
import { createOpenedMemory, docId, envelopeOfText, openVersions } from './sealed-version.ts';
import { breathe, createSerial } from './serial.ts';
import { type Sync, createSync } from './sync.ts';
import { createWriter } from './writer.ts';

export type OpenReplicaOptions = {
  /** Unlocked. */
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Whether other tabs may hold the same diary open; true in a browser. */
  readonly multiInstance?: boolean;
};

/** Writes this close before the cache's mark are looked at again: another tab may have written in between. */
const MARK_SLACK_MS = 3000;
const SWEEP_AT_ONCE = 500;
/** Records that are written in one transaction. */
const MOST_AT_ONCE = 500;

/** Resolves when the newest 60 days are in the index. */
export async function openReplica(options: OpenReplicaOptions): Promise<Replica> {
  const { vault, store, holder, now } = options;
  const index = createIndex();
  const inUse = createInUse();
  const opened = createOpenedMemory();
  const logs = createLogBook(store, vault);
  /** What the store reports goes into the index in the order in which it was written. */
  const fill = createSerial();
  const listeners = new Set<() => void>();
  const scopeChecks = new Set<(streams: readonly StreamInUse[]) => void | Promise<void>>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let closed = false;
  let envelopes: EnvelopeStore | null = null;
  let clock: Clock = createClock({ now, dev: holder.dev });
  let checkedScope: readonly StreamInUse[] | null = null;

  const cache = createCache(vault, store);
  const keeper: CacheKeeper = createCacheKeeper({ cache, index, inUse, clock: () => clock, now });
  const storedEpoch = await store.readFact('epoch');
  const epoch = (): number => {
    if (logs.isLoaded()) return logs.grant().epoch;
    return typeof storedEpoch === 'number' ? storedEpoch : 0;
  };
  const head = await keeper.readHead();
  clock = createClock({
    now,
    dev: holder.dev,
    ...(head?.clock !== undefined && head.clock !== null && { last: head.clock }),
  });
  const filler = createFiller({
    vault,
    holder: () => holder,
    index,
    inUse,
    opened,
    now,
    dirt: keeper,
    clock: {
      stampAfter: (over) => clock.stampAfter(over),
      observe: (stamp) => clock.observe(stamp),
      last: () => clock.last(),
    },
  });
  const writer = createWriter({
    vault,
    store,
    holder: () => holder,
    envelopes: () => envelopes,
    opened,
    held: (rec) => index.snapshot().held(rec),
    epoch,
    acknowledged: (sid, rec) => sync.acknowledged(sid, rec),
    leftOutRev: (rec, leaf) => sync.leftOutRev(rec, leaf),
    written(versions) {
      filler.written(versions);
      sync.recount();
      checkScope();
    },
  });

  const loaded = Promise.withResolvers<void>();
  const envelopesReady = Promise.withResolvers<void>();
  const whenEnvelopes = (): Promise<EnvelopeStore> =>
    envelopesReady.promise.then(() => {
      if (envelopes === null) throw new ReplicaFault('closed', 'the envelope store is closed');
      return envelopes;
    });
  const erasure = createErasure({
    store,
    holder: () => holder,
    index,
    keeper,
    writer,
    envelopes: whenEnvelopes,
    acknowledged: (sid, rec) => sync.acknowledged(sid, rec),
    hasServer: async () => (await store.server()) !== null,
  });
  const sync: Sync = await createSync({
    vault,
    store,
    holder,
    now,
    index,
    logs,
    writer,
    opened,
    erasure,
    notify,
    checkScope,
    envelopes: whenEnvelopes,
    previewed: (versions) => filler.previewed(versions),
    filled: () => fill(() => Promise.resolve()),
    isClockBehind,
    multiInstance: options.multiInstance ?? typeof window !== 'undefined',
  });

  let isCacheSound = head !== null && (await keeper.openNewest(head));
  await showWaiting();
  const opening = openRest();
  opening.then(
    () => envelopesReady.resolve(),
    (fault: unknown) => {
      envelopesReady.reject(fault);
      loaded.reject(fault);
    },
  );
  loaded.promise.catch(() => undefined);
  envelopesReady.promise.catch(() => undefined);

  return {
    index: { subscribe: index.subscribe, snapshot: index.snapshot },
    clock: {
      stampAfter: (over) => clock.stampAfter(over),
      observe: (stamp) => clock.observe(stamp),
      last: () => clock.last(),
    },
    loaded: loaded.promise,
    opened: opening,
    save: (records, from) =>
      write(
        records.map((record) => ({ kind: 'record', record })),
        { from },
      ),
    replaceRecord: (record) => write([{ kind: 'record', record }]),
    apply: (changes) =>
      write(changes.flatMap(versionsOf), {
        tombstones: changes.flatMap((change) => (change.kind === 'moved' ? [change.tombstone.rec] : [])),
      }),
    async eraseForGood(recs) {
      await loaded.promise;
      return erasure.erase(recs);
    },
    async sealedSince(mark, limit) {
      const from = await whenEnvelopes();
      await writer.drain();
      const { docs, mark: next } = await from.since(mark, limit);
      const sealed = docs.flatMap(({ env }) => fromBase64url(env) ?? []);
      return { envelopes: sealed, mark: docs.length === 0 ? mark : next };
    },
    async mergeIn(versions) {
      await loaded.promise;
      return write(versions);
    },
    safetyOf: sync.safetyOf,
    safetyCounts: sync.safetyCounts,
    sync: sync.state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    quarantine: sync.quarantine,
    connect: sync.connect,
    disconnect: sync.disconnect,
    syncNow: sync.syncNow,
    joinServer: sync.joinServer,
    putRecoveryWrap: sync.putRecoveryWrap,
    acknowledgeRestart: sync.acknowledgeRestart,
    retryRefused: sync.retryRefused,
    logs: sync.logs,
    addPacks: sync.addPacks,
    packs: sync.packs,
    receipts: sync.receipts,
    receiptsAgain: sync.receiptsAgain,
    streamsInUse: () => inUse.list(),
    onScopeCheck(callback) {
      scopeChecks.add(callback);
      if (checkedScope !== null) void Promise.resolve(callback(checkedScope)).catch(() => undefined);
      return () => scopeChecks.delete(callback);
    },
    async close() {
      if (closed) return;
      await sync.close();
      await opening.catch(() => undefined);
      await writer.drain().catch(() => undefined);
      await keeper.flush().catch(() => undefined);
      closed = true;
      keeper.stop();
      await envelopes?.close();
      envelopes = null;
      opened.clear();
      index.clear();
      listeners.clear();
      scopeChecks.clear();
    },
  };

  async function write(
    versions: readonly Version[],
    {
      tombstones = [],
      from,
    }: { readonly tombstones?: readonly RecordId[]; readonly from?: DraftBox | undefined } = {},
  ): Promise<WriteOutcome> {
    if (closed) return { ok: false, reason: 'storage-lost' };
    const outcome = await writeInOrder(versions, from);
    if (outcome.ok && tombstones.length > 0) {
      // What lay there before is a second copy now; it is gone by the time the person reads that it moved.
      await erasure.sweep(tombstones).catch((fault: unknown) => {
        if (refusalOfFault(fault) === null) throw fault;
      });
    }
    return outcome;
  }

  /**
   * One transaction; many records at once (an import) go oldest first in several, so that a new device, which is given
   * the newest rows first, is given the newest entries. When it stops half-way, what was written stays.
   */
  async function writeInOrder(
    versions: readonly Version[],
    from: DraftBox | undefined,
  ): Promise<WriteOutcome> {
    const records = versions.flatMap((version) => (version.kind === 'record' ? [version.record] : []));
    if (versions.length <= MOST_AT_ONCE || records.length < versions.length)
      return writer.write(versions, from);
    const sorted = records.toSorted((a, b) => a.when.at - b.when.at);
    const written: EntryRecord[] = [];
    for (let at = 0; at < sorted.length; at += MOST_AT_ONCE) {
      const outcome = await writer.write(
        sorted.slice(at, at + MOST_AT_ONCE).map((record) => ({ kind: 'record', record })),
      );
      if (!outcome.ok) return outcome;
      written.push(...outcome.records);
      await breathe();
    }
    return { ok: true, records: written };
  }

  /** Saved, and not in the envelope store yet. */
  async function showWaiting(): Promise<void> {
    const rows = await store.tables.waiting.toArray();
    if (rows.length === 0) return;
    const envelopesOf = rows.flatMap(({ env }) => envelopeOfText(env) ?? []);
    const read = await openVersions(vault, holder.acct, envelopesOf);
    filler.written(
      envelopesOf.flatMap((envelope, i) => {
        const one = read[i];
        if (one?.ok !== true) return [];
        const height = (index.snapshot().held(envelope.header.rec)?.height ?? 0) + 1;
        return [
          {
            version: one.version,
            envelope,
            leaf: leafOf(envelope),
            height,
            doc: { id: '', env: '', sid: envelope.header.sid, _deleted: false },
          },
        ];
      }),
    );
  }

  async function openRest(): Promise<void> {
    await breathe();
    if (isCacheSound) isCacheSound = await keeper.openOlder();
    if (closed) return;
    await logs.load();
    const { openEnvelopes } = await import('./envelopes.ts');
    const made = await openEnvelopes({
      name: store.envelopesName,
      collection: 'own',
      ...(options.multiInstance !== undefined && { multiInstance: options.multiInstance }),
    });
    if (closed) return made.close();
    envelopes = made;
    await writer.drain();
    made.onChange(({ docs, mark }) => {
      fill(async () => {
        await filler.stored(docs);
        keeper.setMark(mark);
        sync.recount();
        checkScope();
      }).catch(() => undefined);
    });
    if (isCacheSound) await sweep(made, slackened(keeper.mark()));
    const isWhole = await writer.betweenWrites(async () => (await made.count()) === index.snapshot().size);
    if (!isCacheSound || !isWhole) await rebuild(made);
    keeper.complete();
    loaded.resolve();
    if (isClockBehind()) await store.keepFact(CLOCK_SET_BACK, true);
    await sync.load();
    checkedScope = null;
    checkScope();
    envelopesReady.resolve();
    await erasure.resume();
  }

  /** What is written now lies before what was written earlier, in the store's own order of writes. */
  function isClockBehind(): boolean {
    return (keeper.mark()?.lwt ?? 0) > Date.now();
  }

  /** The cache is missing or in doubt: everything is read from the envelopes, and what they do not hold goes. */
  async function rebuild(from: EnvelopeStore): Promise<void> {
    await keeper.reset();
    const before = [...index.all()];
    await showNewestOf(from);
    const found = await sweep(from, null);
    index.apply(
      before.flatMap(({ record, height }) =>
        found.has(docId(holder.acct, record.rec)) ? [] : [{ kind: 'gone', rec: record.rec, height }],
      ),
    );
    await showWaiting();
  }

  /** Brings the index up to the envelope store: what was written since the cache was, or (null) everything. */
  async function sweep(from: EnvelopeStore, since: StoreMark | null): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    let mark = since;
    for (;;) {
      const { docs, mark: next } = await from.since(mark, SWEEP_AT_ONCE);
      if (docs.length === 0 || closed) return found;
      await filler.stored(docs, { afresh: since === null });
      for (const { id, _deleted } of docs) if (!_deleted) found.add(id);
      keeper.setMark(next);
      mark = next;
      await breathe();
    }
  }

  /** Without a cache: the newest months first, so that Today is there before the history is. */
  async function showNewestOf(from: EnvelopeStore): Promise<void> {
    const first = firstNewMonth(now());
    const months = [first, first + 1, first + 2, 0xffff];
    const sids = await vault.streams(
      months.flatMap((month) => Object.values(CATEGORY_NUMBERS).map((cat) => ({ cat, month }))),
    );
    for (const sid of sids) {
      const docs = await from.ofStream(sid);
      if (docs.length > 0) await filler.stored(docs);
    }
    index.markLoaded(months, false);
  }

  function checkScope(): void {
    const streams = inUse.list();
    if (streams === checkedScope) return;
    checkedScope = streams;
    for (const callback of scopeChecks) void Promise.resolve(callback(streams)).catch(() => undefined);
  }
}

function versionsOf(change: Change): readonly Version[] {
  if (change.kind === 'edited') return [{ kind: 'record', record: change.record }];
  return [
    { kind: 'record', record: change.record },
    { kind: 'tombstone', tombstone: change.tombstone },
  ];
}

/** A mark a little earlier; a clock that was set back since then makes the mark worthless. */
function slackened(mark: StoreMark | null): StoreMark | null {
  if (mark === null || mark.lwt > Date.now() + MARK_SLACK_MS) return null;
  return { id: '', lwt: mark.lwt - MARK_SLACK_MS };
}
