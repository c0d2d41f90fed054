/**
 * A clinician's device: what people shared with its account. Each share is read with a signed receipt, verified
 * under the account that made it, kept as envelopes in a collection that only receives, and opened into an index per
 * person, in memory. When a share ends, keys, envelopes and index go, and that is said.
 */
import {
  type AccountId,
  type Bytes,
  type Envelope,
  type GrantId,
  type Hash32,
  type ReadReply,
  START_CURSOR,
  type ServerEpoch,
  bytesToAccountId,
  bytesToRecordId,
  fromBase64url,
  grantStatus,
  idToBytes,
  isAdmitted,
  leafOf,
  objectHash,
  parseObject,
  parsePayload,
  receiptSchema,
  replayGrant,
  startDeviceLog,
  toBase64url,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { DeviceStore, SharedGrantRow } from './device-store.ts';
import type { EnvelopeStore, PullCheckpoint, StoredDoc } from './envelopes.ts';
import type { ConnectionReason, SharedEnd, SharedFault } from './reasons.ts';
import { type FillableIndex, type IndexChange, createIndex } from './record-index.ts';
import type { ConnectOptions, ConnectOutcome, Connection } from './replica.ts';
import {
  type EnvelopeDocState,
  type Opened,
  createOpenedMemory,
  envelopeOfText,
  openVersions,
} from './sealed-version.ts';
import { blankReplicationCopies } from './second-copies.ts';
import { createSerial } from './serial.ts';
import { type ServerClient, createClient } from './server-client.ts';
import type {
  OfferedGrant,
  ReceiptOrder,
  ReceiptTip,
  Shared,
  SharedGrant,
  SharedSnapshot,
} from './shared.ts';
import { type SharedReader, openSharedReader } from './shared-reader.ts';
import { heightOf } from './writer.ts';

export type OpenSharedOptions = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly now: () => number;
  /** Signs the next receipt of a chain (`sharing`, makeReceipt). */
  readonly makeReceipt: (
    order: ReceiptOrder,
  ) => Promise<{ readonly object: Bytes; readonly tip: NonNullable<ReceiptTip> }>;
  /** Whether a share that was not seen before is one this clinician asked for; null when it is. */
  readonly admit: (offer: OfferedGrant) => Promise<Extract<SharedFault, 'not-pinned' | 'not-invited'> | null>;
  readonly multiInstance?: boolean;
};

const PULL_ITEMS = 1000;
const BATCH = 500;
const RETRY_MS = 3000;
const LEADER_WAIT_MS = 1500;
/** Characters of a document's id that every document of one account begins with (126 of its 128 bits). */
const ACCOUNT_PREFIX = 21;

export async function openShared(options: OpenSharedOptions): Promise<Shared> {
  const { vault, store, holder, now } = options;
  const { sharedGrants } = store.tables;
  const opened = createOpenedMemory();
  const listeners = new Set<() => void>();
  const people = new Map<AccountId, FillableIndex>();
  const readers = new Map<GrantId, SharedReader>();
  const views = new Map<GrantId, SharedGrant>();
  const byHand = new Set<AccountId>();
  /** What kept a share from being read the last time; gone with the next good answer. */
  const troubles = new Map<GrantId, SharedFault>();
  const fill = createSerial();
  const serial = createSerial();
  const { openEnvelopes } = await import('./envelopes.ts');
  const envelopes: EnvelopeStore = await openEnvelopes({
    name: store.envelopesName,
    collection: 'shared',
    ...(options.multiInstance !== undefined && { multiInstance: options.multiInstance }),
  });
  let connection: Connection = { status: 'off' };
  let version = 0;
  let current: SharedSnapshot = { version, connection, grants: [] };
  let world: { readonly origin: string; readonly serverEpoch: ServerEpoch } | null = await store.server();
  let link: { readonly syncNow: () => Promise<ConnectOutcome>; readonly stop: () => Promise<void> } | null =
    null;
  let attempt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;

  const changed = (): void => {
    version += 1;
    current = {
      version,
      connection,
      grants: [...views.values()].toSorted((a, b) => a.state.grant.time - b.state.grant.time),
    };
    for (const listener of listeners) listener();
  };
  const stopListening = envelopes.onChange(({ docs }) => {
    fill(() => fillPeople(docs)).catch(() => undefined);
  });
  await openReaders();
  const loaded = fill(loadPeople);
  loaded.catch(() => undefined);

  const shared: Shared = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    person: (owner) => indexOf(owner),
    loaded,
    async connect(connectOptions) {
      await shared.disconnect();
      attempt += 1;
      return connectTo(connectOptions, attempt, 0);
    },
    async disconnect() {
      attempt += 1;
      if (retryTimer !== null) clearTimeout(retryTimer);
      retryTimer = null;
      await serial(async () => {
        const ending = link;
        link = null;
        await ending?.stop();
      });
      setConnection({ status: 'off' });
    },
    async syncNow() {
      await dropExpired();
      if (link === null)
        return { ok: false, reason: connection.status === 'stopped' ? connection.reason : 'unreachable' };
      const outcome = await link.syncNow();
      await fill(() => Promise.resolve());
      return outcome;
    },
    async openPerson(owner) {
      byHand.add(owner);
      return shared.syncNow();
    },
    async forget(owner) {
      for (const reader of [...readers.values()].filter((one) => one.row().owner === owner)) {
        await reader.keepRow({ forgotten: true });
        await dropGrant(reader);
        readers.delete(reader.row().grant);
        views.delete(reader.row().grant);
      }
      people.get(owner)?.clear();
      people.delete(owner);
      changed();
    },
    async close() {
      await shared.disconnect();
      stopListening();
      await fill(() => Promise.resolve());
      await envelopes.close();
      for (const index of people.values()) index.clear();
      opened.clear();
      listeners.clear();
    },
  };
  return shared;

  // --- what is held on this device --------------------------------------------------------------------------

  async function openReaders(): Promise<void> {
    readers.clear();
    views.clear();
    if (world !== null) {
      for (const row of await sharedGrants.toArray()) {
        if (row.forgotten) continue;
        const reader = await readerOf(row);
        if (reader === null) continue;
        readers.set(row.grant, reader);
        if (row.ended === null && row.refused === null) await reader.openPacks();
        await view(reader);
      }
    }
    await dropExpired();
    changed();
  }

  async function readerOf(row: SharedGrantRow): Promise<SharedReader | null> {
    if (world === null) return null;
    const { origin, serverEpoch } = world;
    return openSharedReader(
      { vault, store, holder, origin, serverEpoch, opened, now, changed: () => undefined },
      row,
    );
  }

  async function view(reader: SharedReader): Promise<void> {
    const { grant, owner, ended, refused, lastPullAt } = reader.row();
    const { signPk, boxPk } = reader.deviceLog();
    const standing = grantStatus(reader.state(), now());
    const shown = {
      grant,
      owner,
      ownerKeys: { signPk, boxPk },
      state: reader.state(),
      ended,
      fault: refused ?? troubles.get(grant) ?? null,
      completeness: await reader.completeness(),
      lastPullAt,
      ...(await reader.setApart()),
    };
    const status =
      ended !== null ? 'ended' : refused !== null ? 'refused' : standing === 'not-yet' ? 'not-yet' : 'open';
    views.set(grant, { ...shown, status });
  }

  function indexOf(owner: AccountId): FillableIndex {
    const known = people.get(owner);
    if (known !== undefined) return known;
    const made = createIndex();
    people.set(owner, made);
    return made;
  }

  async function loadPeople(): Promise<void> {
    for (const owner of new Set([...readers.values()].map((reader) => reader.row().owner))) {
      const docs = await envelopes.withPrefix(toBase64url(idToBytes(owner)).slice(0, ACCOUNT_PREFIX));
      for (let at = 0; at < docs.length; at += BATCH) await fillPeople(docs.slice(at, at + BATCH));
      indexOf(owner).markLoaded([], true);
    }
  }

  async function fillPeople(docs: readonly StoredDoc[]): Promise<void> {
    const docsByOwner = Map.groupBy(docs, ({ id }) => bytesToAccountId(idBytes(id).subarray(0, 16)));
    for (const [owner, ofOwner] of docsByOwner) {
      const index = indexOf(owner);
      const changes: IndexChange[] = [];
      const closed: { readonly doc: StoredDoc; readonly envelope: Envelope; readonly leaf: Hash32 }[] = [];
      const hold = (doc: StoredDoc, { version, envelope, leaf }: Opened): void => {
        if (version.kind !== 'record') return;
        const { sid, rev, epoch } = envelope.header;
        changes.push({
          kind: 'held',
          held: {
            record: version.record,
            sid,
            leaf,
            rev,
            epoch,
            height: heightOf(doc),
            heldSince: Math.floor(doc._meta.lwt),
          },
        });
      };
      for (const doc of ofOwner) {
        const known = opened.take(doc.env);
        if (doc._deleted) {
          changes.push({
            kind: 'gone',
            rec: bytesToRecordId(idBytes(doc.id).subarray(16)),
            height: heightOf(doc),
          });
        } else if (known === undefined) {
          const envelope = envelopeOfText(doc.env);
          if (envelope !== null) closed.push({ doc, envelope, leaf: leafOf(envelope) });
        } else {
          hold(doc, known);
        }
      }
      const read = await openVersions(
        vault,
        owner,
        closed.map(({ envelope }) => envelope),
      );
      for (const [i, { doc, ...one }] of closed.entries()) {
        const opening = read[i];
        if (opening?.ok === true) hold(doc, { ...one, version: opening.version });
      }
      if (changes.length > 0) index.apply(changes);
      index.markLoaded([], true);
    }
    changed();
  }

  // --- endings ----------------------------------------------------------------------------------------------

  async function dropExpired(): Promise<void> {
    for (const reader of readers.values()) {
      const { ended, refused } = reader.row();
      const standing = grantStatus(reader.state(), now());
      if (ended === null && refused === null && (standing === 'revoked' || standing === 'expired'))
        await end(reader, standing);
    }
  }

  async function end(reader: SharedReader, reason: SharedEnd): Promise<void> {
    await reader.keepRow({ ended: { reason, at: now() } });
    await dropGrant(reader);
    await view(reader);
    changed();
  }

  /** Keys first; then every envelope that no other open share of the same person admits. */
  async function dropGrant(reader: SharedReader): Promise<void> {
    const { owner, grant } = reader.row();
    await reader.drop();
    const others = [...readers.values()].filter((one) => {
      const row = one.row();
      return (
        row.owner === owner &&
        row.grant !== grant &&
        row.ended === null &&
        row.refused === null &&
        !row.forgotten
      );
    });
    const docs = await envelopes.withPrefix(toBase64url(idToBytes(owner)).slice(0, ACCOUNT_PREFIX));
    const gone = docs.filter(({ env }) => {
      const header = envelopeOfText(env)?.header;
      return header === undefined || !others.some((one) => isAdmitted(one.state(), header.sid, header.kid));
    });
    if (gone.length === 0) return;
    await envelopes.write(
      gone.map((doc) => ({ previous: doc, doc: { id: doc.id, sid: '', env: '', _deleted: true } })),
    );
    await blankReplicationCopies(store.envelopesName, new Map(gone.map(({ id }) => [id, ''])));
    await fill(() => Promise.resolve());
  }

  // --- the server -------------------------------------------------------------------------------------------

  function setConnection(next: Connection): void {
    if (
      next.status === connection.status &&
      (next.status !== 'stopped' || connection.status !== 'stopped' || next.reason === connection.reason)
    )
      return;
    connection = next;
    changed();
  }

  async function connectTo(
    connectOptions: ConnectOptions,
    mine: number,
    failures: number,
  ): Promise<ConnectOutcome> {
    setConnection({ status: 'connecting' });
    if (!(await envelopes.waitForLead(LEADER_WAIT_MS))) {
      void envelopes
        .waitForLead(null)
        .then(() => (mine === attempt ? connectTo(connectOptions, mine, 0) : undefined));
      setConnection({ status: 'online' });
      return { ok: true };
    }
    const outcome = await serial(() =>
      mine === attempt
        ? openLinkTo(connectOptions)
        : Promise.resolve<ConnectOutcome>({ ok: false, reason: 'unreachable' }),
    );
    if (mine !== attempt) return outcome;
    if (outcome.ok) {
      setConnection({ status: 'online' });
      return outcome;
    }
    setConnection({ status: 'stopped', reason: outcome.reason });
    if (outcome.reason === 'unreachable') {
      const wait =
        Math.min(60_000, (connectOptions.retryMs ?? RETRY_MS) * 2 ** failures) * (0.75 + Math.random() / 2);
      retryTimer = setTimeout(
        () => void connectTo(connectOptions, mine, Math.min(failures + 1, 10)).catch(() => undefined),
        wait,
      );
    }
    return outcome;
  }

  async function openLinkTo(connectOptions: ConnectOptions): Promise<ConnectOutcome> {
    const client = createClient(
      connectOptions,
      {
        acct: holder.acct,
        dev: holder.dev,
        signSession: (origin, challenge) => vault.signSession(origin, challenge),
      },
      now,
    );
    const info = await client.info();
    if (!info.ok) return info;
    if (info.value.origin !== connectOptions.origin) return { ok: false, reason: 'wrong-origin' };
    const session = await client.openSession();
    if (!session.ok) return session;
    const isOther = world?.origin !== connectOptions.origin || world.serverEpoch !== session.value;
    world = { origin: connectOptions.origin, serverEpoch: session.value };
    if (isOther) await openReaders();
    troubles.clear();
    const { openSharedLink } = await import('./shared-link.ts');
    link = openSharedLink({
      client,
      envelopes,
      options: connectOptions,
      serverEpoch: session.value,
      pull: (checkpoint, batchSize) => pull(client, checkpoint, batchSize),
      reached: (reason) =>
        setConnection(reason === null ? { status: 'online' } : { status: 'stopped', reason }),
      serverEpochChanged: () => void shared.connect(connectOptions).catch(() => undefined),
    });
    return { ok: true };
  }

  async function pull(client: ServerClient, checkpoint: PullCheckpoint | undefined, batchSize: number) {
    const listed = await ask(client, { kind: 'grants' });
    if (listed.kind !== 'grants') throw new Unexpected('not-a-server');
    for (const offer of listed.grants) await takeOffer(offer);
    await dropExpired();
    const cursors: Record<string, string> = { ...checkpoint };
    const documents: EnvelopeDocState[] = [];
    for (const { grant, owner, seq } of listed.grants) {
      const reader = readers.get(grant);
      if (reader === undefined || reader.row().ended !== null || reader.row().refused !== null) continue;
      const why = byHand.has(owner) ? 'opened' : 'background';
      const over = await reader.startOver();
      const start = cursors[grant] ?? START_CURSOR;
      const kept = await reader.cursor();
      const since = over ? START_CURSOR : kept.from === start ? kept.to : start;
      const { seq: readSeq, readTo } = reader.row();
      const isDone =
        !over && readSeq === seq && readTo === since && (await reader.setApart()).waitingForKey === 0;
      if (why === 'background' && isDone) continue;
      await pullGrant(client, reader, { cursors, documents, batchSize, start, since, seq, why });
      await view(reader);
      if (documents.length >= batchSize) break;
    }
    if (documents.length < batchSize) byHand.clear();
    changed();
    return { documents, checkpoint: cursors };
  }

  type Pulling = {
    readonly cursors: Record<string, string>;
    readonly documents: EnvelopeDocState[];
    readonly batchSize: number;
    /** Where RxDB believes to be, and where to read from. */
    readonly start: string;
    readonly since: string;
    readonly seq: number;
    readonly why: 'opened' | 'background';
  };

  /** Reads one share to its end, or until the batch is full. */
  async function pullGrant(client: ServerClient, reader: SharedReader, pulling: Pulling): Promise<void> {
    const { cursors, documents, batchSize, start, seq, why } = pulling;
    const { grant } = reader.row();
    const before = documents.length;
    let since = pulling.since;
    for (let tries = 0; ;) {
      const receipt = await receiptFor(reader, since, why);
      const have = {
        deviceLog: reader.row().deviceLog.length,
        grantLog: reader.row().objects.length,
        side: await reader.sideToAsk(),
      };
      const reply = await ask(client, {
        kind: 'grant',
        grant,
        since: receipt.since,
        have,
        receipt: toBase64url(receipt.bytes),
      });
      if (reply.kind === 'refused' && reply.grant === grant) {
        if (reply.reason !== 'receipt-out-of-order' || tries > 0) return refused(reader, reply);
        tries += 1;
        if (!(await adoptReceipt(reader, reply.lastReceipt))) return refused(reader, reply);
        continue;
      }
      if (reply.kind !== 'grant' || reply.grant !== grant) throw new Unexpected('not-a-server');
      troubles.delete(grant);
      await reader.keepRow({ tip: receipt.tip, receiptOpen: null });
      const taken = await reader.takePage(reply);
      documents.push(...taken.docs);
      since = reply.cursor;
      cursors[grant] = since;
      if (!reply.more) {
        await reader.finish();
        await reader.keepRow({ seq, readTo: since });
        if (documents.length === before) await reader.keepCursor({ from: start, to: since });
        return dropExpired();
      }
      if (documents.length >= batchSize) return;
    }
  }

  /** The same bytes again while their answer never came; else the next of the chain. */
  async function receiptFor(reader: SharedReader, since: string, why: 'opened' | 'background') {
    const { receiptOpen, tip, grant, owner } = reader.row();
    if (receiptOpen !== null) return receiptOpen;
    if (world === null) throw new Unexpected('unreachable');
    const { boxPk } = reader.deviceLog();
    const made = await options.makeReceipt({
      origin: world.origin,
      grant,
      owner: { acct: owner, boxPk },
      tip,
      since,
      why,
      now: now(),
    });
    const open = { bytes: made.object, since, tip: made.tip };
    await reader.keepRow({ receiptOpen: open });
    return open;
  }

  /**
   * The chain goes on from the last receipt of ours that the server holds: a later one than we know of (a restored
   * profile), or whichever it is when nothing was read yet under this server's epoch (a new database). A server that
   * shows an earlier one would have us sign a number twice, and seem to have cheated: false.
   */
  async function adoptReceipt(reader: SharedReader, text: string | null): Promise<boolean> {
    const bytes = text === null ? null : fromBase64url(text);
    const parsed = bytes === null ? null : parseObject(bytes);
    const payload = parsed?.ok === true ? parsePayload(parsed.object.payload, receiptSchema) : null;
    const isOurs =
      parsed?.ok === true && parsed.object.acct === holder.acct && parsed.object.signer === holder.dev;
    const tip =
      bytes !== null && payload?.ok === true && isOurs
        ? { seq: payload.value.seq, hash: objectHash(bytes) }
        : null;
    const held = reader.row().tip;
    if (held !== null && reader.hasRead() && (tip === null || tip.seq <= held.seq)) return false;
    await reader.keepRow({ tip, receiptOpen: null });
    return true;
  }

  async function refused(
    reader: SharedReader,
    reply: Extract<ReadReply, { readonly kind: 'refused' }>,
  ): Promise<void> {
    await reader.takeObjects(reader.row().objects.length, reply.grantLog);
    await reader.keepRow({ receiptOpen: null });
    const { grant } = reader.row();
    if (reply.reason === 'receipt-out-of-order' || reply.reason === 'receipt-invalid')
      troubles.set(grant, reply.reason);
    // A database that was put back serves nobody before its owner was there.
    else if (reply.reason === 'not-yet') await reader.weighRestart();
    else {
      // Only its owner's word, or the end that was agreed, ends a share; a server's word alone would empty a desk.
      await dropExpired();
      if (reader.row().ended === null) troubles.set(grant, 'end-unproven');
    }
  }

  async function takeOffer(
    offer: Extract<ReadReply, { readonly kind: 'grants' }>['grants'][number],
  ): Promise<void> {
    const row = await sharedGrants.get(offer.grant);
    if (
      row?.forgotten === true ||
      (row !== undefined && row.refused !== 'not-pinned' && row.refused !== 'not-invited')
    ) {
      const reader = readers.get(offer.grant);
      if (reader === undefined || row.forgotten) return;
      await reader.takeObjects(reader.row().objects.length, offer.objects.slice(reader.row().objects.length));
      return;
    }
    const account = fromBase64url(offer.account);
    const objects = offer.objects.flatMap((text) => fromBase64url(text) ?? []);
    const started = account === null ? null : await startDeviceLog(account);
    if (
      account === null ||
      started?.ok !== true ||
      started.log.acct !== offer.owner ||
      objects.length !== offer.objects.length
    )
      return;
    const { signPk, boxPk } = started.log;
    const replayed = await replayGrant(offer.owner, signPk, objects);
    if (!replayed.ok || replayed.state.grant.to !== holder.acct || replayed.state.grant.grant !== offer.grant)
      return;
    const isFirst = ![...readers.values()].some(
      (one) => one.row().owner === offer.owner && one.row().refused === null,
    );
    const refusal = await options.admit({
      owner: offer.owner,
      ownerKeys: { signPk, boxPk },
      account,
      state: replayed.state,
      isFirst,
    });
    const made: SharedGrantRow = {
      grant: offer.grant,
      owner: offer.owner,
      deviceLog: [account],
      objects,
      tip: null,
      receiptOpen: null,
      seq: -1,
      readTo: '',
      lastPullAt: null,
      ended: null,
      refused: refusal,
      forgotten: false,
      vouched: new Map(),
    };
    await sharedGrants.put(made);
    const reader = await readerOf(made);
    if (reader === null) return;
    readers.set(offer.grant, reader);
    await view(reader);
  }

  async function ask(
    client: ServerClient,
    read: Parameters<ServerClient['pull']>[0]['reads'][number],
  ): Promise<ReadReply> {
    const answer = await client.pull({ reads: [read], limit: PULL_ITEMS });
    if (!answer.ok) throw new Unexpected(answer.reason);
    if (world !== null && answer.value.serverEpoch !== world.serverEpoch)
      throw new Unexpected('server-restarted');
    const [reply] = answer.value.replies;
    if (reply === undefined || answer.value.replies.length !== 1) throw new Unexpected('not-a-server');
    return reply;
  }
}

function idBytes(id: string): Bytes {
  const bytes = fromBase64url(id);
  if (bytes === null) throw new TypeError('a document id is not canonical base64url');
  return bytes;
}

/** Why a pull stopped; RxDB tries again by itself. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly reason: ConnectionReason | 'server-restarted';
  constructor(reason: ConnectionReason | 'server-restarted') {
    super(`a share could not be read: ${reason}`);
    this.reason = reason;
  }
}
