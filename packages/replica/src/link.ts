/**
 * One link with one server, for as long as it answers for the same epoch: session, exchange, replication, live
 * stream, and what follows a pull (curing, heads). Loaded when there is a server to speak with.
 */
import { type Hash32, type MailboxId, type RecordId, type ServerEpoch, leafOf } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { Subject } from 'rxjs';
import { CLOCK_SET_BACK, type DeviceStore } from './device-store.ts';
import type { EnvelopeStore, Replication, StoreChange, StoreMark } from './envelopes.ts';
import { type Exchange, createExchange } from './exchange.ts';
import type { Previewed } from './exchange-parts.ts';
import { listenLive } from './live-stream.ts';
import type { LogBook } from './log-book.ts';
import type { ConnectionReason, WaitingReason } from './reasons.ts';
import type { FillableIndex } from './record-index.ts';
import type { ConnectOptions, ConnectOutcome } from './replica.ts';
import { type EnvelopeDocState, type OpenedMemory, envelopeOfText } from './sealed-version.ts';
import { dropOtherReplications } from './second-copies.ts';
import { createSerial } from './serial.ts';
import type { Answer, ServerClient } from './server-client.ts';
import type { World } from './world.ts';
import type { Writer } from './writer.ts';

export type LinkParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly now: () => number;
  readonly index: FillableIndex;
  readonly logs: LogBook;
  readonly writer: Writer;
  readonly opened: OpenedMemory;
  readonly envelopes: EnvelopeStore;
  readonly client: ServerClient;
  readonly world: World;
  readonly options: ConnectOptions;
  /** The server's database is another than before: everything is offered afresh. */
  readonly isNewEpoch: boolean;
  readonly isClockBehind: () => boolean;
  readonly told: LinkTold;
};

export type LinkTold = {
  readonly changed: () => void;
  readonly receiving: (isReceiving: boolean) => void;
  readonly reached: (reason: ConnectionReason | null) => void;
  readonly pending: (
    rec: RecordId,
    pending: { readonly leaf: Hash32; readonly reason: WaitingReason } | null,
  ) => void;
  readonly isPending: (rec: RecordId) => boolean;
  readonly serverEpochChanged: (serverEpoch: ServerEpoch) => void;
  readonly previewed: (versions: readonly Previewed[]) => void;
  /** After a pull or push and what follows it. */
  readonly settled: () => Promise<void>;
};

export type Link = {
  readonly syncNow: () => Promise<ConnectOutcome>;
  readonly sendSideRows: () => Promise<Answer<null>>;
  readonly putRecovery: (id: MailboxId, wrap: Uint8Array, object: Uint8Array) => Promise<Answer<null>>;
  readonly retryRefused: () => Promise<void>;
  /** The answer after which this link asks no more; null while it does. */
  readonly endedBy: () => ConnectionReason | null;
  readonly stop: () => Promise<void>;
};

/** Reasons after which asking again by itself is no use. */
const FINAL: ReadonlySet<ConnectionReason> = new Set([
  'session-refused',
  'device-revoked',
  'account-suspended',
  'account-unknown',
  'wrong-origin',
  'not-a-server',
]);
/** A head follows a pull after this long, so that a burst of saves is signed once. */
const HEAD_AFTER_MS = 1000;
const BATCH = 500;
const RETRY_MS = 3000;
/** What sealing again under what is known now cures. */
const CURED_BY_SEALING: readonly WaitingReason[] = [
  'old-epoch',
  'unknown-device',
  'wrong-revision',
  'being-merged',
];
/** What waits because an answer was not to be believed: sent again when somebody asks, not at once and for ever. */
const CURED_BY_ASKING: readonly WaitingReason[] = ['to-be-sent', 'being-merged'];
const REFUSALS: readonly WaitingReason[] = [
  ...CURED_BY_SEALING,
  'malformed',
  'too-large',
  'suite-too-old',
  'device-revoked',
  'forged',
  'wrong-stream',
  'too-many-streams',
  'quota',
  'to-be-sent',
];
const MOST_ROUNDS = 6;
/** So many cures within the time of so many tries to reach a server: three in a minute. */
const MOST_CURES = 3;
const CURE_WITHIN_TRIES = 20;

export async function openLink(parts: LinkParts): Promise<Link> {
  const { client, envelopes, logs, world, told, options } = parts;
  const serial = createSerial();
  const resync$ = new Subject<'RESYNC'>();
  const retryMs = options.retryMs ?? RETRY_MS;
  let stopped = false;
  let endedBy: ConnectionReason | null = null;
  let replication: Replication | null = null;
  let stopLive = (): void => undefined;
  let pulls = 0;
  let needsCure = false;
  let curedAt: number[] = [];
  let cures = 0;
  let settleTimer: ReturnType<typeof setTimeout> | null = null;
  let cureTimer: ReturnType<typeof setTimeout> | null = null;
  let waiters: ((reason: ConnectionReason | null) => void)[] = [];
  const wake = (reason: ConnectionReason | null): void => {
    const woken = waiters;
    waiters = [];
    for (const waiter of woken) waiter(reason);
  };

  const exchange: Exchange = createExchange({
    vault: parts.vault,
    store: parts.store,
    holder: parts.holder,
    client,
    serverEpoch: world.serverEpoch,
    books: world.books,
    logs,
    heads: world.heads,
    faults: world.faults,
    index: parts.index,
    writer: parts.writer,
    opened: parts.opened,
    envelopes,
    now: parts.now,
    told: {
      ...told,
      logsChanged() {
        needsCure = true;
        // What is sealed now is sealed under something else than what was refused.
        curedAt = [];
        told.changed();
      },
      reached(reason) {
        // What was under way when the link ended says nothing of the server.
        if (stopped) return;
        told.reached(reason);
        if (reason === null) return;
        wake(reason);
        if (!FINAL.has(reason)) return;
        endedBy = reason;
        void stop();
      },
      pending(rec, pending) {
        told.pending(rec, pending);
        if (pending === null || !CURED_BY_SEALING.includes(pending.reason)) return;
        needsCure = true;
        resync$.next('RESYNC');
      },
      pulled() {
        pulls += 1;
        wake(null);
        settleSoon();
      },
      pushed: settleSoon,
    },
  });
  envelopes.setResolve(exchange.resolve);

  await bringLogs();
  const identifier = `evenkeel/${world.origin}/${world.serverEpoch}`;
  if (parts.isNewEpoch) await offerAfresh();
  else if (parts.index.snapshot().size === 0) await exchange.preview().catch(() => undefined);
  const wasSetBack = (await parts.store.readFact(CLOCK_SET_BACK)) === true;
  if (!stopped) {
    replication = envelopes.replicate({
      identifier,
      pull: exchange.pull,
      push: exchange.push,
      resync$,
      retryMs,
      batchSize: BATCH,
    });
    if (wasSetBack)
      void replication
        .awaitInitialReplication()
        .then(sendLeftBehind)
        .catch(() => undefined);
    if (options.live !== false)
      stopLive = listenLive(client, { retryMs, poked: () => resync$.next('RESYNC') });
  }

  return {
    async syncNow() {
      exchange.healSoon();
      await exchange.cure(CURED_BY_ASKING);
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const before = cures;
        const reason = await pullOnce();
        if (reason !== null) return { ok: false, reason };
        const isDone = await settle();
        // What was sealed again meanwhile is still to be sent.
        if (isDone && cures === before) break;
      }
      return { ok: true };
    },
    sendSideRows: () => serial(sendSideRows),
    putRecovery: (id, wrap, object) => client.putRecovery(id, wrap, object),
    async retryRefused() {
      await exchange.cure(REFUSALS);
    },
    endedBy: () => endedBy,
    stop,
  };

  async function bringLogs(): Promise<void> {
    await exchange.pullLogs();
    await sendSideRows();
  }

  async function pullOnce(): Promise<ConnectionReason | null> {
    const current = replication;
    if (stopped || current === null) return endedBy ?? 'unreachable';
    const before = pulls;
    for (;;) {
      const next = new Promise<ConnectionReason | null>((resolve) => waiters.push(resolve));
      current.reSync();
      const reason = await next;
      if (reason !== null) return reason;
      if (pulls > before) break;
    }
    const failed = new Promise<ConnectionReason | null>((resolve) => {
      const wait = (reason: ConnectionReason | null): void => {
        if (reason === null) waiters.push(wait);
        else resolve(reason);
      };
      waiters.push(wait);
    });
    return Promise.race([current.awaitInSync().then(() => null), failed]);
  }

  function settleSoon(): void {
    settleIn(Math.min(HEAD_AFTER_MS, retryMs));
  }

  function settleIn(ms: number): void {
    if (settleTimer !== null || stopped) return;
    settleTimer = setTimeout(() => {
      settleTimer = null;
      void settle().catch(() => undefined);
    }, ms);
  }

  /**
   * Sends what the logs hold; where another device was first, its objects come in and ours follow them. Nothing else
   * sends these again: a share that was stopped while the server was away must not wait for an entry.
   */
  async function sendSideRows(): Promise<Answer<null>> {
    let sent = await exchange.sendSideRows();
    if (!sent.ok && sent.reason === 'log-moved') {
      await exchange.pullLogs();
      sent = await exchange.sendSideRows();
    }
    if (!sent.ok && sent.reason === 'unreachable') settleIn(retryMs);
    return sent;
  }

  /** What follows a pull: cure, sign heads, send side rows. True when nothing new came of it. */
  function settle(): Promise<boolean> {
    return serial(async () => {
      if (stopped) return true;
      let isQuiet = true;
      if (needsCure && mayCure()) {
        needsCure = false;
        isQuiet = !(await exchange.cure(CURED_BY_SEALING));
        if (!isQuiet) {
          cures += 1;
          curedAt.push(performance.now());
        }
      }
      await world.heads.sign();
      if (pulls > 0) await exchange.noteComplete();
      const sent = await sendSideRows();
      if (!sent.ok && sent.reason === 'log-moved') isQuiet = false;
      await told.settled();
      return isQuiet;
    });
  }

  /**
   * A server that refuses whatever is sealed again is not sent new versions without end. What may not be cured yet is
   * cured later by itself. Not by the device's clock, which may be set back or stand still.
   */
  function mayCure(): boolean {
    const now = performance.now();
    curedAt = curedAt.filter((at) => at > now - CURE_WITHIN_TRIES * retryMs);
    const [first] = curedAt;
    if (first === undefined || curedAt.length < MOST_CURES) return true;
    cureTimer ??= setTimeout(
      () => {
        cureTimer = null;
        settleIn(0);
      },
      first + CURE_WITHIN_TRIES * retryMs - now,
    );
    return false;
  }

  /** A new database at the server: tombstones go first, then envelopes; what is sealed too old is sealed again. */
  async function offerAfresh(): Promise<void> {
    await dropOtherReplications(parts.store.envelopesName, () => false);
    const { devices } = logs.device();
    const { epoch } = logs.grant();
    const stale: RecordId[] = [];
    const tombstones: EnvelopeDocState[] = [];
    let mark = null;
    for (;;) {
      const { docs, mark: next } = await envelopes.since(mark, BATCH);
      if (docs.length === 0) break;
      for (const { id, env, sid, _deleted } of docs) {
        const header = envelopeOfText(env)?.header;
        if (header === undefined) continue;
        if (header.epoch < epoch || devices.get(header.dev)?.revoked !== null) stale.push(header.rec);
        else if (_deleted) tombstones.push({ id, env, sid, _deleted });
      }
      mark = next;
    }
    for (let at = 0; at < stale.length; at += BATCH)
      await parts.writer.sealAgain(stale.slice(at, at + BATCH));
    if (tombstones.length > 0) await exchange.push(tombstones).catch(() => []);
  }

  /**
   * What was written while the clock was behind lies, in the store's order, before what was sent long ago, and the
   * replication does not look there: it is sealed again, which it hears of.
   */
  async function sendLeftBehind(): Promise<void> {
    const left: RecordId[] = [];
    for (let mark: StoreMark | null = null; ;) {
      const change: StoreChange = await envelopes.since(mark, BATCH);
      if (change.docs.length === 0) break;
      for (const { env } of change.docs) {
        const envelope = envelopeOfText(env);
        if (envelope === null || told.isPending(envelope.header.rec)) continue;
        const { rec, sid } = envelope.header;
        if ((await world.books.acknowledgedLeaf(sid, rec)) !== leafOf(envelope)) left.push(rec);
      }
      mark = change.mark;
    }
    for (let at = 0; at < left.length && !stopped; at += BATCH)
      await parts.writer.sealAgain(left.slice(at, at + BATCH));
    if (!stopped && !parts.isClockBehind()) await parts.store.keepFact(CLOCK_SET_BACK, false);
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    for (const timer of [settleTimer, cureTimer]) if (timer !== null) clearTimeout(timer);
    stopLive();
    client.stop();
    wake('unreachable');
    await replication?.cancel();
    resync$.complete();
  }
}
