/**
 * Where the diary stands with its server: connection, what is safe where, what the server did wrong. The link
 * itself is loaded when there is a server to speak with.
 */
import {
  type Hash32,
  type RecordId,
  type ServerEpoch,
  type StreamId,
  ZERO_HASH,
  keyPackSchema,
  leafOf,
  objectHash,
  parseObject,
  parsePayload,
  sha256,
  toBase64url,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { createAppending } from './append-to-log.ts';
import { type DeviceStore, HANDED_OVER } from './device-store.ts';
import type { EnvelopeStore } from './envelopes.ts';
import type { Erasure } from './erasure.ts';
import type { Previewed } from './exchange-parts.ts';
import type { Link } from './link.ts';
import type { LogBook } from './log-book.ts';
import { ReplicaFault, type WaitingReason } from './reasons.ts';
import type { FillableIndex } from './record-index.ts';
import type {
  Completeness,
  ConnectOptions,
  ConnectOutcome,
  Connection,
  Replica,
  Safety,
  SafetyCounts,
  SyncState,
} from './replica.ts';
import { type OpenedMemory, envelopeOfText } from './sealed-version.ts';
import { createSerial } from './serial.ts';
import { type ServerClient, createClient } from './server-client.ts';
import { type World, createWorld } from './world.ts';
import type { Writer } from './writer.ts';

export type SyncParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly now: () => number;
  readonly index: FillableIndex;
  readonly logs: LogBook;
  readonly writer: Writer;
  readonly opened: OpenedMemory;
  readonly erasure: Erasure;
  readonly notify: () => void;
  readonly checkScope: () => void;
  readonly envelopes: () => Promise<EnvelopeStore>;
  readonly previewed: (versions: readonly Previewed[]) => void;
  /** Resolves when everything the store reported is in the index. */
  readonly filled: () => Promise<void>;
  readonly isClockBehind: () => boolean;
  readonly multiInstance: boolean;
};

export type Sync = Pick<
  Replica,
  | 'safetyOf'
  | 'safetyCounts'
  | 'quarantine'
  | 'connect'
  | 'disconnect'
  | 'syncNow'
  | 'joinServer'
  | 'putRecoveryWrap'
  | 'acknowledgeRestart'
  | 'retryRefused'
  | 'logs'
  | 'addPacks'
  | 'packs'
  | 'receipts'
  | 'receiptsAgain'
> & {
  readonly state: () => SyncState;
  /** Reads what is known of the server from this device's store. */
  readonly load: () => Promise<void>;
  readonly acknowledged: (sid: StreamId, rec: RecordId) => Promise<Hash32 | undefined>;
  readonly leftOutRev: (rec: RecordId, leaf: Hash32) => Promise<number | null>;
  /** The index or the store changed: what is said of safety is counted again. */
  readonly recount: () => void;
  readonly close: () => Promise<void>;
};

type Pending = { readonly leaf: Hash32; readonly reason: WaitingReason };

const RETRY_MS = 3000;
/** Objects of a device log in one request. */
const OBJECTS_AT_ONCE = 10;
const LONGEST_RETRY_MS = 60_000;
const LEADER_WAIT_MS = 1500;
const HEAR_OTHERS_MS = 4000;
const NOTHING_KNOWN: Completeness = { asOf: null, heardAt: null, faults: [], devices: new Map() };

export async function createSync(parts: SyncParts): Promise<Sync> {
  const { vault, store, holder, now, index, logs } = parts;
  const { pending: pendingTable, quarantine, packs, receipts, cursors, facts } = store.tables;
  const serial = createSerial();
  const pending = new Map<RecordId, Pending>();
  const appendToLog = createAppending({ logs, link: () => link, told });
  let world: World | null = null;
  let link: Link | null = null;
  let client: ServerClient | null = null;
  let connection: Connection = { status: 'off' };
  let receiving = false;
  let restartedAt: number | null = null;
  let completeness = NOTHING_KNOWN;
  let cachedState: SyncState | null = null;
  let cachedCounts: { readonly version: number; readonly counts: SafetyCounts } | null = null;
  let attempt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  /** The server's database is another than the one known here, and the diary was not offered to it yet. */
  let isNewDatabase = false;
  const channel =
    parts.multiInstance && typeof BroadcastChannel !== 'undefined'
      ? new BroadcastChannel(store.envelopesName)
      : null;

  const changed = (): void => {
    cachedState = null;
    cachedCounts = null;
    parts.notify();
  };
  const known = await store.server();
  if (known !== null) world = worldOf(known.origin, known.serverEpoch);
  channel?.addEventListener('message', () => void reread().catch(() => undefined));

  const sync: Sync = {
    safetyOf,
    safetyCounts: countSafety,
    state: () => (cachedState ??= makeState()),
    recount: changed,
    async load() {
      for (const { rec, leaf, reason } of await pendingTable.toArray()) pending.set(rec, { leaf, reason });
      await world?.books.load();
      await world?.faults.load();
      const at: unknown = await store.readFact('restartedAt');
      restartedAt = typeof at === 'number' ? at : null;
      await readCompleteness();
      changed();
    },
    acknowledged: async (sid, rec) => world?.books.acknowledgedLeaf(sid, rec),
    async leftOutRev(rec, leaf) {
      const rows = await quarantine.where({ rec }).toArray();
      const left = rows.flatMap(({ reason, env }) =>
        reason === 'revoked-device' ? (envelopeOfText(env) ?? []) : [],
      );
      return left.find((envelope) => leafOf(envelope) === leaf)?.header.rev ?? null;
    },
    async quarantine() {
      const rows = await quarantine.toArray();
      return rows.flatMap(({ id, reason, sid, n, at, scope }) =>
        id === undefined || scope !== world?.books.scope ? [] : [{ id, reason, sid, n, at }],
      );
    },
    async connect(options) {
      await sync.disconnect();
      attempt += 1;
      return open(options, attempt, 0);
    },
    async disconnect() {
      attempt += 1;
      if (retryTimer !== null) clearTimeout(retryTimer);
      retryTimer = null;
      client?.stop();
      await serial(closeLink);
      setConnection({ status: 'off' });
    },
    async syncNow() {
      if (link === null)
        return { ok: false, reason: connection.status === 'stopped' ? connection.reason : 'unreachable' };
      const outcome = await link.syncNow();
      await parts.filled();
      await readCompleteness();
      changed();
      return outcome;
    },
    async joinServer({ invitation, ...options }) {
      await parts.envelopes();
      const request = clientOf(options);
      const info = await request.info();
      if (!info.ok) return info;
      if (info.value.origin !== options.origin) return { ok: false, reason: 'wrong-origin' };
      const [register] = await vault.sign([
        {
          type: 'register',
          signer: 'identity',
          payload: { origin: options.origin, time: now(), invitation },
        },
      ]);
      if (register === undefined) return { ok: false, reason: 'object-refused' };
      const [deviceLog, grantLog] = [logs.objects('device'), logs.objects('grant')];
      const answer = await request.register({ register, deviceLog, grantLog });
      if (!answer.ok && answer.reason !== 'account-exists') return answer;
      await logs.markAllUnsent();
      if (answer.ok) {
        await logs.markSent('device', deviceLog);
        await logs.markSent('grant', grantLog);
        await enter(options, answer.value.serverEpoch);
      }
      return sync.connect(options);
    },
    async putRecoveryWrap(id, wrap) {
      if (link === null) return { ok: false, reason: 'unreachable' };
      const server = await store.server();
      const payload = {
        origin: server?.origin,
        id,
        kind: 'recovery',
        time: now(),
        hash: toBase64url(sha256(wrap)),
      };
      const [object] = await vault.sign([{ type: 'mailbox', signer: 'device', payload }]);
      if (object === undefined) throw new ReplicaFault('unsigned', 'the vault gave no signature');
      const answer = await link.putRecovery(id, wrap, object);
      return answer.ok ? { ok: true } : answer;
    },
    async acknowledgeRestart() {
      restartedAt = null;
      await facts.delete('own/restartedAt');
      changed();
    },
    async retryRefused() {
      await link?.retryRefused();
    },
    logs: {
      device: logs.device,
      grant: logs.grant,
      deviceObjects: async () => logs.objects('device'),
      grantObjects: async () => logs.objects('grant'),
      heads: async () => (world === null ? [] : world.heads.all()),
      appendDeviceLog: (objects) => appendToLog('device', objects),
      appendGrantLog: (objects) => appendToLog('grant', objects),
      async signFullHead() {
        if (world === null) return ZERO_HASH;
        await hearOthers();
        await world.books.load();
        await world.heads.sign({ full: true });
        await link?.sendSideRows();
        return world.heads.lastOwnHash();
      },
    },
    async addPacks(objects) {
      for (const bytes of objects) {
        const parsed = parseObject(bytes);
        const payload = parsed.ok ? parsePayload(parsed.object.payload, keyPackSchema) : null;
        if (payload?.ok !== true) throw new TypeError('a key pack is not one of ours');
        await packs.put({
          hash: objectHash(bytes),
          owner: holder.acct,
          grant: payload.value.grant,
          bytes,
          sent: false,
        });
      }
      channel?.postMessage('changed');
      await link?.sendSideRows();
    },
    async packs() {
      const rows = await packs.toArray();
      return rows.flatMap(({ owner, bytes }) => (owner === holder.acct ? [bytes] : []));
    },
    async receiptsAgain() {
      const row = world === null ? undefined : await cursors.get(world.books.scope);
      if (row !== undefined)
        await cursors.put({ ...row, side: 0, again: Math.max(row.side, row.again ?? 0) });
    },
    async receipts() {
      const rows = await receipts.toArray();
      return rows.map(({ grant, acct, dev, bytes }) => ({ grant, acct, dev, bytes }));
    },
    async close() {
      await sync.disconnect();
      channel?.close();
    },
  };
  return sync;

  // --- connecting -------------------------------------------------------------------------------------------

  async function open(options: ConnectOptions, mine: number, failures: number): Promise<ConnectOutcome> {
    setConnection({ status: 'connecting' });
    const envelopes = await parts.envelopes();
    if (!(await envelopes.waitForLead(LEADER_WAIT_MS))) {
      // Another tab speaks with the server; this one takes over when that one closes.
      void envelopes
        .waitForLead(null)
        .then(() => (mine === attempt ? open(options, mine, 0) : undefined))
        .catch(() => undefined);
      setConnection({ status: 'online' });
      return { ok: true };
    }
    const outcome = await serial(() =>
      mine === attempt
        ? openLinkTo(options, envelopes)
        : Promise.resolve<ConnectOutcome>({ ok: false, reason: 'unreachable' }),
    );
    if (mine !== attempt) return outcome;
    if (outcome.ok) {
      setConnection({ status: 'online' });
      return outcome;
    }
    setConnection({ status: 'stopped', reason: outcome.reason });
    if (outcome.reason === 'unreachable') again(options, mine, failures);
    return outcome;
  }

  function again(options: ConnectOptions, mine: number, failures: number): void {
    const base = options.retryMs ?? RETRY_MS;
    const wait = Math.min(LONGEST_RETRY_MS, base * 2 ** failures) * (0.75 + Math.random() / 2);
    retryTimer = setTimeout(
      () => void open(options, mine, Math.min(failures + 1, 10)).catch(() => undefined),
      wait,
    );
  }

  async function openLinkTo(options: ConnectOptions, envelopes: EnvelopeStore): Promise<ConnectOutcome> {
    const made = clientOf(options);
    client = made;
    const info = await made.info();
    if (!info.ok) return info;
    if (info.value.origin !== options.origin) return { ok: false, reason: 'wrong-origin' };
    const before = world;
    const isRestart =
      before !== null && before.origin === options.origin && before.serverEpoch !== info.value.serverEpoch;
    if (isRestart) await logs.markAllUnsent();
    // A device that was added elsewhere cannot have a session before the server knows its certificate.
    const unsent = logs.unsent('device');
    if (unsent.length > 0) {
      let posted = await made.postDeviceLog(unsent.slice(0, OBJECTS_AT_ONCE));
      for (let at = OBJECTS_AT_ONCE; posted.ok && at < unsent.length; at += OBJECTS_AT_ONCE)
        posted = await made.postDeviceLog(unsent.slice(at, at + OBJECTS_AT_ONCE));
      if (posted.ok) await logs.markSent('device', unsent);
      if (!posted.ok && posted.reason === 'unreachable') return posted;
    }
    const session = await made.openSession();
    if (!session.ok)
      return isRestart && session.reason === 'session-refused'
        ? { ok: false, reason: 'account-unknown' }
        : session;
    if (isRestart || world?.origin !== options.origin) await enter(options, session.value);
    const here = world;
    if (here === null) return { ok: false, reason: 'not-a-server' };
    if (isNewDatabase) await acceptEpoch(options.origin, here.serverEpoch);
    await here.books.load();
    await here.faults.load();
    await takeHandedOver(here);
    const { openLink } = await import('./link.ts');
    link = await openLink({
      vault,
      store,
      holder: () => holder,
      now,
      index,
      logs,
      writer: parts.writer,
      opened: parts.opened,
      envelopes,
      client: made,
      world: here,
      options,
      isNewEpoch: isNewDatabase,
      isClockBehind: parts.isClockBehind,
      told: {
        changed: told,
        receiving(isReceiving) {
          receiving = isReceiving;
          changed();
        },
        reached(reason) {
          if (reason === null) setConnection({ status: 'online' });
          else setConnection({ status: 'stopped', reason });
        },
        pending(rec, one) {
          if (one === null) pending.delete(rec);
          else pending.set(rec, one);
          changed();
        },
        isPending: (rec) => pending.has(rec),
        previewed: parts.previewed,
        serverEpochChanged: () => void sync.connect(options).catch(() => undefined),
        async settled() {
          await readCompleteness();
          await parts.erasure.resume();
          told();
        },
      },
    });
    const reason = link.endedBy();
    return reason === null ? { ok: true } : { ok: false, reason };
  }

  /** What a linking device had seen signed is laid on the books before the server's first answer. */
  async function takeHandedOver({ heads }: World): Promise<void> {
    const rows = await store.tables.heads.where('scope').equals(HANDED_OVER).toArray();
    if (rows.length === 0) return;
    await heads.receive(
      rows.map(({ bytes }) => bytes),
      { isAgain: false },
    );
    await store.tables.heads.bulkDelete(rows.map(({ key }) => key));
  }

  /** From now on this server's copy is the one that counts. */
  async function enter(options: ConnectOptions, serverEpoch: ServerEpoch): Promise<void> {
    isNewDatabase ||= world !== null && world.origin === options.origin && world.serverEpoch !== serverEpoch;
    world = worldOf(options.origin, serverEpoch);
    await store.keepServer({
      origin: options.origin,
      address: options.address ?? options.origin,
      serverEpoch,
    });
    await pendingTable.clear();
    pending.clear();
  }

  /** The server's database is new: the owner takes it as the continuation, and says so to those who read. */
  async function acceptEpoch(origin: string, serverEpoch: ServerEpoch): Promise<void> {
    restartedAt = now();
    await store.keepFact('restartedAt', restartedAt);
    const log = logs.device();
    if (log.epochAccepts.some((one) => one.origin === origin && one.serverEpoch === serverEpoch)) return;
    const payload = { seq: log.seq + 1, prev: log.hash, time: now(), origin, serverEpoch };
    const objects = await vault.sign([{ type: 'epoch-accept', signer: 'identity', payload }]);
    await logs.append('device', objects);
  }

  async function closeLink(): Promise<void> {
    const ending = link;
    link = null;
    client = null;
    await ending?.stop();
    if (receiving) receiving = false;
  }

  function clientOf(options: ConnectOptions): ServerClient {
    return createClient(
      options,
      {
        acct: holder.acct,
        dev: holder.dev,
        signSession: (origin, challenge) => vault.signSession(origin, challenge),
      },
      now,
    );
  }

  function worldOf(origin: string, serverEpoch: ServerEpoch): World {
    return createWorld({
      vault,
      store,
      holder: () => holder,
      deviceLog: logs.device,
      grantLog: logs.grant,
      now,
      changed,
      origin,
      serverEpoch,
    });
  }

  function setConnection(next: Connection): void {
    if (
      next.status === connection.status &&
      (next.status !== 'stopped' || connection.status !== 'stopped' || next.reason === connection.reason)
    )
      return;
    connection = next;
    changed();
  }

  /** In this tab and in the others. */
  function told(): void {
    channel?.postMessage('changed');
    parts.checkScope();
    changed();
  }

  /** Another tab wrote. The tab that speaks with the server keeps its own books and sends what the other left. */
  async function reread(): Promise<void> {
    await logs.load();
    if (link !== null) {
      await link.sendSideRows();
      return;
    }
    const server = await store.server();
    if (server !== null && (world?.origin !== server.origin || world.serverEpoch !== server.serverEpoch)) {
      world = worldOf(server.origin, server.serverEpoch);
    }
    world?.books.forget();
    pending.clear();
    await sync.load();
  }

  async function readCompleteness(): Promise<void> {
    if (world === null) return;
    const { asOf = null, heardAt = asOf } = (await cursors.get(world.books.scope)) ?? {};
    completeness = { asOf, heardAt, faults: world.faults.list(), devices: await world.heads.timeByDevice() };
    cachedState = null;
  }

  /** What other devices had sent by now counts as well; a server that does not answer is not waited for. */
  async function hearOthers(): Promise<void> {
    const heard = Promise.resolve(link?.syncNow()).catch(() => undefined);
    await Promise.race([heard, new Promise((go) => setTimeout(go, HEAR_OTHERS_MS))]);
  }

  // --- safety -----------------------------------------------------------------------------------------------

  function safetyOf(rec: RecordId): Safety {
    const held = index.snapshot().held(rec);
    if (held === undefined || world === null) return { where: 'on-this-phone' };
    return safetyOfLeaf(rec, held.sid, held.leaf);
  }

  function safetyOfLeaf(rec: RecordId, sid: StreamId, leaf: Hash32): Safety {
    if (world?.books.peek(sid)?.acknowledged(rec)?.leaf === leaf) return { where: 'on-your-server' };
    if (world === null || !world.books.isLoaded()) return { where: 'on-this-phone' };
    const refused = pending.get(rec);
    return { where: 'waiting', reason: refused?.leaf === leaf ? refused.reason : 'to-be-sent' };
  }

  function countSafety(): SafetyCounts {
    const { version } = index.snapshot();
    if (cachedCounts?.version === version) return cachedCounts.counts;
    let [onThisPhone, onYourServer, waiting] = [0, 0, 0];
    const waitingByReason = new Map<WaitingReason, number>();
    for (const { record, sid, leaf } of index.all()) {
      const safety =
        world === null ? ({ where: 'on-this-phone' } as const) : safetyOfLeaf(record.rec, sid, leaf);
      if (safety.where === 'on-this-phone') onThisPhone += 1;
      else if (safety.where === 'on-your-server') onYourServer += 1;
      else {
        waiting += 1;
        waitingByReason.set(safety.reason, (waitingByReason.get(safety.reason) ?? 0) + 1);
      }
    }
    const counts = { onThisPhone, onYourServer, waiting, waitingByReason };
    cachedCounts = { version, counts };
    return counts;
  }

  function makeState(): SyncState {
    const { onYourServer, waiting } = countSafety();
    return {
      connection,
      server: world === null ? null : { origin: world.origin, serverEpoch: world.serverEpoch },
      sending:
        waiting === 0 || connection.status !== 'online'
          ? null
          : { done: onYourServer, of: onYourServer + waiting },
      receiving,
      completeness: { ...completeness, faults: world?.faults.list() ?? [] },
      restartedAt,
    };
  }
}
