/**
 * The exchange with the own server: what is pulled is verified, booked and handed on; what is pushed is answered
 * with done, conflict or a refusal, each booked. RxDB calls `pull` and `push`; it knows only "done" and "conflict".
 */
import { type Version, mergeVersions, sameVersion } from '@evenkeel/journal';
import {
  type Bytes,
  type Envelope,
  type Hash32,
  type Item,
  type PushedEnvelope,
  type ReadReply,
  type RecordId,
  type ServerEpoch,
  START_CURSOR,
  type StreamId,
  keyPackSchema,
  leafOf,
  objectHash,
  parseObject,
  parsePayload,
  receiptSchema,
  verifyObject,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { Books } from './books.ts';
import type { CursorRow, DeviceStore } from './device-store.ts';
import type { EnvelopeStore, PullCheckpoint } from './envelopes.ts';
import type { FaultBook } from './fault-book.ts';
import { type HeadKeeper, objectsOf, textsOf } from './heads.ts';
import type { LogBook, LogName } from './log-book.ts';
import { createQuarantine } from './quarantine.ts';
import type { FillableIndex } from './record-index.ts';
import type { ConnectionReason, ServerFault, WaitingReason } from './reasons.ts';
import {
  type EnvelopeDocState,
  type OpenedMemory,
  envelopeOfText,
  openVersions,
  sealVersions,
} from './sealed-version.ts';
import { breathe } from './serial.ts';
import type { Answer, ServerClient } from './server-client.ts';
import { StreamBook } from './stream-book.ts';
import { type Verified, canHeal, verifyItems } from './verify-pull.ts';
import type { Writer } from './writer.ts';

export type ExchangeParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly client: ServerClient;
  readonly serverEpoch: ServerEpoch;
  readonly books: Books;
  readonly logs: LogBook;
  readonly heads: HeadKeeper;
  readonly faults: FaultBook;
  readonly index: FillableIndex;
  readonly writer: Writer;
  readonly opened: OpenedMemory;
  readonly envelopes: EnvelopeStore;
  readonly now: () => number;
  readonly told: ExchangeTold;
};

export type ExchangeTold = {
  /** Objects of ours that lost against another device's. */
  readonly dropped: (log: LogName, objects: readonly Bytes[]) => void;
  readonly logsChanged: () => void;
  readonly receiving: (isReceiving: boolean) => void;
  /** A pull reached its end; `changed` when it brought something. */
  readonly pulled: (changed: boolean) => void;
  readonly pushed: () => void;
  /** Versions that are on the server and not yet in the store. */
  readonly previewed: (versions: readonly Previewed[]) => void;
  /** A record is refused (or no longer: null). */
  readonly pending: (
    rec: RecordId,
    pending: { readonly leaf: Hash32; readonly reason: WaitingReason } | null,
  ) => void;
  readonly isPending: (rec: RecordId) => boolean;
  readonly serverEpochChanged: (serverEpoch: ServerEpoch) => void;
  readonly reached: (reason: ConnectionReason | null) => void;
};

export type Previewed = { readonly version: Version; readonly envelope: Envelope; readonly leaf: Hash32 };

export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly reason: ConnectionReason;
  constructor(reason: ConnectionReason) {
    super(`the server did not answer: ${reason}`);
    this.reason = reason;
  }
}

export type Exchange = {
  readonly pull: (
    checkpoint: PullCheckpoint | undefined,
    batchSize: number,
  ) => Promise<{
    readonly documents: readonly EnvelopeDocState[];
    readonly checkpoint: PullCheckpoint;
  }>;
  readonly push: (docs: readonly EnvelopeDocState[]) => Promise<readonly EnvelopeDocState[]>;
  readonly resolve: (input: {
    readonly mine: EnvelopeDocState;
    readonly theirs: EnvelopeDocState;
  }) => Promise<EnvelopeDocState>;
  /** Log objects, packs and heads that the server does not have yet. `log-moved`: pull, then look again. */
  readonly sendSideRows: () => Promise<Answer<null>>;
  /** Brings the logs up to date without touching the diary. */
  readonly pullLogs: () => Promise<Answer<null>>;
  /**
   * On a device that holds nothing yet: the newest versions first, verified and opened but not stored, so that they
   * can be seen while everything is fetched in order.
   */
  readonly preview: () => Promise<void>;
  /** After a whole pull and the heads that follow it. */
  readonly noteComplete: () => Promise<void>;
  /** Lets the next pull read everything again from the start, where something was held back or changed. */
  readonly healSoon: () => void;
  /** Seals again what was refused for one of these reasons. True when there was something. */
  readonly cure: (reasons: readonly WaitingReason[]) => Promise<boolean>;
};

type OwnReply = Extract<ReadReply, { readonly kind: 'own' }>;
type Taken = { readonly docs: readonly EnvelopeDocState[]; readonly changed: boolean };

const MOST_PULLED = 1000;
/** Items verified and opened in one go. */
const SLICE = 150;
/** Where what a conflict showed is set apart: it has no position of its own. */
const NO_POSITION = 0;
/** A server that goes on lying is not asked for everything at every poke. */
const HEAL_EVERY_MS = 30_000;
const MOST_PUSH_CHARACTERS = 900_000;
/** Rows of the account looked at first on a device that holds nothing: about a month of a busy diary. */
const PREVIEWED = 500;
const HEALED_BY_READING_AGAIN: readonly ServerFault[] = [
  'gap',
  'leaf-changed',
  'withheld',
  'forked',
  'body-withheld',
];

export function createExchange(parts: ExchangeParts): Exchange {
  const { vault, store, client, books, logs, heads, faults, told, opened } = parts;
  const { cursors, packs, receipts } = store.tables;
  const quarantine = createQuarantine(store, books.scope);
  const { acct } = parts.holder();
  /** Documents that came by another way than RxDB's pull, and go out with the next one. */
  let released: EnvelopeDocState[] = [];
  let healNotBefore = 0;

  return {
    pull,
    push,
    resolve,
    sendSideRows,
    pullLogs,
    preview,
    noteComplete,
    healSoon: () => (healNotBefore = 0),
    cure,
  };

  // --- pull -------------------------------------------------------------------------------------------------

  async function pull(checkpoint: PullCheckpoint | undefined, batchSize: number) {
    told.receiving(true);
    try {
      const start = checkpoint?.['own'] ?? START_CURSOR;
      const row = await cursors.get(books.scope);
      let cursor = row?.from === start ? row.to : start;
      const documents = [...released];
      released = [];
      let changed = documents.length > 0;
      for (;;) {
        const page = await readPage(cursor, Math.min(MOST_PULLED, Math.max(batchSize, 100)));
        const taken = await takePage(page, cursor);
        documents.push(...taken.docs);
        changed ||= taken.changed;
        cursor = page.cursor;
        if (page.more && !taken.moved) {
          // It says that there is more and gives nothing: asked again at once, it would be asked for ever.
          throw await malformed();
        }
        if (!page.more) {
          await finishPull();
          documents.push(...released);
          released = [];
          told.pulled(changed);
          break;
        }
        if (documents.length >= batchSize) break;
      }
      if (documents.length === 0) await keepCursor({ from: start, to: cursor });
      return { documents, checkpoint: { own: cursor } };
    } finally {
      told.receiving(false);
    }
  }

  async function preview(): Promise<void> {
    for (const book of books.all()) if (book.n > 0) return;
    const pushed = await client.push({});
    const from = pushed.ok ? pushed.value.seq - PREVIEWED : 0;
    if (from <= 0) return;
    const page = await readPage(`${from}.${from}`, MOST_PULLED);
    const verified = await verifyItems(page.items, {
      owner: acct,
      deviceLog: logs.device(),
      epoch: logs.grant().epoch,
      vault,
      cutAt: heads.cutAt,
      streamOf: () => undefined,
    });
    told.previewed(
      verified.flatMap((one) =>
        one.kind === 'taken' ? [{ version: one.version, envelope: one.envelope, leaf: one.booked.leaf }] : [],
      ),
    );
  }

  async function readPage(since: string, limit: number): Promise<OwnReply> {
    const have = {
      deviceLog: logs.sentCount('device'),
      grantLog: logs.sentCount('grant'),
      side: (await cursors.get(books.scope))?.side ?? 0,
    };
    const answer = await client.pull({ reads: [{ kind: 'own', since, have }], limit });
    told.reached(answer.ok ? null : answer.reason);
    if (!answer.ok) throw new Unanswered(answer.reason);
    const [reply] = answer.value.replies;
    if (answer.value.serverEpoch !== parts.serverEpoch) {
      told.serverEpochChanged(answer.value.serverEpoch);
      throw new Unanswered('unreachable');
    }
    if (reply?.kind !== 'own' || answer.value.replies.length !== 1) {
      throw await malformed();
    }
    await faults.clear('malformed-reply');
    const device = await takeLog('device', have.deviceLog, reply.deviceLog);
    const grant = await takeLog('grant', have.grantLog, reply.grantLog);
    if (device && grant) {
      await faults.clear('log-forked');
      await faults.clear('log-refused');
    }
    return reply;
  }

  /** An answer of the agreed form that cannot be one of ours: nothing is asked again until somebody connects. */
  async function malformed(): Promise<Unanswered> {
    await faults.note('malformed-reply');
    told.reached('not-a-server');
    return new Unanswered('not-a-server');
  }

  /** Whether what came continues the log held here; nothing continues it too. */
  async function takeLog(log: LogName, from: number, texts: readonly string[]): Promise<boolean> {
    const objects = objectsOf(texts);
    const received = objects === null ? null : await logs.receive(log, from, objects);
    if (received === null || !received.ok) {
      await faults.note(received?.reason ?? 'malformed-reply');
      return false;
    }
    if (received.dropped.length > 0) told.dropped(log, received.dropped);
    if (!received.changed) return true;
    told.logsChanged();
    if (log === 'device') await releaseQuarantine();
    return true;
  }

  /** `moved`: the page brought something, so that asking for the next one leads somewhere. */
  async function takePage(page: OwnReply, since: string): Promise<Taken & { readonly moved: boolean }> {
    const { side: before = 0, again = 0 } = (await cursors.get(books.scope)) ?? {};
    // Heads first: one of them may say up to where a removed device's envelopes count.
    const isSound = await takeSideRows(page, before < again);
    const taken = await takeItems(page.items);
    // Rows among which one was not sound are asked for again: a liar must not make us skip the true ones.
    const side = isSound ? Math.max(page.side, before) : before;
    if (isSound) {
      await faults.clear('side-row-forged');
      await faults.clear('head-rollback');
    }
    await keepCursor({ side });
    const moved =
      side > before ||
      (page.items.length > 0 && page.cursor !== since) ||
      page.deviceLog.length + page.grantLog.length > 0;
    return { ...taken, moved };
  }

  /** In slices, so that the page can answer in between. */
  async function takeItems(items: readonly Item[]): Promise<Taken> {
    const docs: EnvelopeDocState[] = [];
    let changed = false;
    for (let at = 0; at < items.length; at += SLICE) {
      if (at > 0) await breathe();
      const taken = await takeSlice(items.slice(at, at + SLICE));
      docs.push(...taken.docs);
      changed ||= taken.changed;
    }
    return { docs, changed };
  }

  async function takeSlice(items: readonly Item[]): Promise<Taken> {
    const verified = await verifyItems(items, {
      owner: acct,
      deviceLog: logs.device(),
      epoch: logs.grant().epoch,
      vault,
      cutAt: heads.cutAt,
      streamOf: (rec) => parts.index.snapshot().held(rec)?.sid,
      holds(rec, leaf) {
        const held = parts.index.snapshot().held(rec);
        return held !== undefined && held.leaf === leaf && held.height > 0;
      },
    });
    const open = await books.open(items.map(({ sid }) => sid));
    const touched = new Set<StreamBook>();
    const docs: EnvelopeDocState[] = [];
    const merges: Version[] = [];
    let changed = false;
    for (const one of verified) {
      const book = open.get(one.sid);
      if (book === undefined) continue;
      if (one.kind === 'mislabelled') await faults.note('malformed-reply');
      if (one.kind === 'apart') await setApart(one);
      if (one.booked === null) continue;
      const outcome = book.receive(one.booked);
      touched.add(book);
      if (outcome === 'changed') {
        await faults.note('leaf-changed', { sid: one.sid });
        continue;
      }
      if (outcome === 'new') changed = true;
      if (one.kind === 'held') await quarantine.free(one.sid, one.booked.n);
      if (one.kind !== 'taken') continue;
      await quarantine.free(one.sid, one.booked.n);
      const { rec } = one.envelope.header;
      const current = book.acknowledged(rec);
      if (current !== undefined && current.n > one.booked.n) continue;
      opened.put(one.doc.env, { version: one.version, envelope: one.envelope, leaf: one.booked.leaf });
      if (told.isPending(rec)) merges.push(one.version);
      else docs.push(one.doc);
    }
    await books.keep(touched);
    // What was refused here counts as sent for RxDB, which would let the server's version overwrite it: merge instead.
    if (merges.length > 0) await parts.writer.write(merges);
    return { docs, changed };
  }

  async function setApart(one: Extract<Verified, { readonly kind: 'apart' }>): Promise<void> {
    await quarantine.put({
      sid: one.sid,
      n: one.n,
      rec: one.rec,
      env: one.env,
      reason: one.reason,
      at: parts.now(),
    });
  }

  /** Tries again what was set apart: the device log has grown. */
  async function releaseQuarantine(): Promise<void> {
    const rows = (await quarantine.rows()).filter(({ reason, env }) => canHeal(reason) && env !== '');
    if (rows.length === 0) return;
    const taken = await takeItems(rows.map(({ sid, n, env }) => ({ sid, n, env })));
    released.push(...taken.docs);
  }

  /** Whether every row was by a device we know. */
  async function takeSideRows(page: OwnReply, isAgain: boolean): Promise<boolean> {
    const [headObjects, packObjects, receiptObjects] = [
      objectsOf(page.heads),
      objectsOf(page.packs),
      objectsOf(page.receipts),
    ];
    if (headObjects === null || packObjects === null || receiptObjects === null) {
      await faults.note('malformed-reply');
      return false;
    }
    let isSound = await heads.receive(headObjects, { isAgain });
    for (const bytes of packObjects) isSound = (await takePack(bytes)) && isSound;
    for (const bytes of receiptObjects) isSound = (await takeReceipt(bytes)) && isSound;
    return isSound;
  }

  async function takePack(bytes: Bytes): Promise<boolean> {
    const parsed = parseObject(bytes);
    const signer = parsed.ok ? parsed.object.signer : 'identity';
    const device = signer === 'identity' ? undefined : logs.device().devices.get(signer);
    const verified =
      device === undefined
        ? null
        : await verifyObject(
            bytes,
            { type: 'key-pack', acct, signer, publicKey: device.signPk },
            keyPackSchema,
          );
    if (verified === null || !verified.ok) {
      await faults.note('side-row-forged');
      return false;
    }
    await packs.put({ hash: verified.hash, owner: acct, grant: verified.payload.grant, bytes, sent: true });
    return true;
  }

  /** Receipts are verified where the clinician's keys are pinned (`sharing`); here only their form is looked at. */
  async function takeReceipt(bytes: Bytes): Promise<boolean> {
    const parsed = parseObject(bytes);
    const payload = parsed.ok ? parsePayload(parsed.object.payload, receiptSchema) : null;
    if (
      !parsed.ok ||
      payload?.ok !== true ||
      parsed.object.type !== 'receipt' ||
      parsed.object.signer === 'identity'
    ) {
      await faults.note('side-row-forged');
      return false;
    }
    const { acct: reader, signer } = parsed.object;
    await receipts.put({
      key: objectHash(bytes),
      grant: payload.value.grant,
      acct: reader,
      dev: signer,
      bytes,
    });
    return true;
  }

  /** Everything there was is here: hold it against the heads, and heal what was held back. */
  async function finishPull(): Promise<void> {
    const hadFaults = faults.list().some(({ fault }) => HEALED_BY_READING_AGAIN.includes(fault));
    await weigh();
    if (hadFaults && parts.now() >= healNotBefore) {
      healNotBefore = parts.now() + HEAL_EVERY_MS;
      await heal();
    }
  }

  /** Nothing is owed: what is here is complete as of the newest head it agrees with. */
  async function noteComplete(): Promise<void> {
    if (faults.list().length > 0) return;
    const newest = await heads.newestTime();
    const before = (await cursors.get(books.scope))?.asOf ?? null;
    if (newest !== before) await keepCursor({ asOf: newest });
  }

  /** Notes what is owed, and takes back what no longer is. */
  async function weigh(): Promise<void> {
    for (const book of books.all()) {
      const about = { sid: book.sid };
      const unsettled = book.claims.length > 0;
      const { withheld, forked } = book.settle();
      if (unsettled) await books.keep([book]);
      await noteOrClear('withheld', withheld.length > 0, about);
      await noteOrClear('forked', forked.length > 0, about);
      await noteOrClear('gap', book.hasGap(), about);
      await noteOrClear('body-withheld', book.openStubs().length > 0, about);
    }
    await weighLogs();
    await weighAcknowledgements();
  }

  /** A false acknowledgement is settled when the server has shown that it holds what lies here. */
  async function weighAcknowledgements(): Promise<void> {
    for (const { fault, sid } of faults.list()) {
      if (fault !== 'wrong-acknowledgement' || sid === undefined) continue;
      const book = books.peek(sid);
      const isOwed = [...parts.index.all()].some(
        (held) => held.sid === sid && book?.acknowledged(held.record.rec)?.leaf !== held.leaf,
      );
      if (!isOwed) await faults.clear('wrong-acknowledgement', { sid });
    }
  }

  /** A head that knew longer logs than these is settled when they have grown. */
  async function weighLogs(): Promise<void> {
    for (const { fault, dev, sid } of faults.list()) {
      if (fault !== 'withheld' || dev === undefined || sid !== undefined) continue;
      if (!(await heads.knowsLonger(dev))) await faults.clear('withheld', { dev });
    }
  }

  async function noteOrClear(
    fault: ServerFault,
    isSo: boolean,
    about: { readonly sid: StreamId },
  ): Promise<void> {
    if (isSo) await faults.note(fault, about);
    else if (faults.has(fault)) await faults.clear(fault, about);
  }

  /**
   * Books are made anew from the start of the account, beside the old ones, and take their place where they are
   * sound: without a gap, nothing owed, agreeing with every head.
   */
  async function heal(): Promise<void> {
    const sick = new Set(
      faults
        .list()
        .flatMap(({ fault, sid }) =>
          sid !== undefined && HEALED_BY_READING_AGAIN.includes(fault) ? [sid] : [],
        ),
    );
    if (sick.size === 0) return;
    const fresh = new Map<StreamId, StreamBook>();
    const found: Extract<Verified, { readonly kind: 'taken' }>[] = [];
    let cursor = START_CURSOR;
    for (let more = true; more;) {
      const page = await readPage(cursor, MOST_PULLED);
      const items = page.items.filter(({ sid }) => sick.has(sid));
      const verified = await verifyItems(items, {
        owner: acct,
        deviceLog: logs.device(),
        epoch: logs.grant().epoch,
        vault,
        cutAt: heads.cutAt,
        streamOf: (rec) => parts.index.snapshot().held(rec)?.sid,
      });
      for (const one of verified) {
        if (one.kind === 'apart') await setApart(one);
        if (one.booked === null) continue;
        const book =
          fresh.get(one.sid) ??
          new StreamBook({ acct, serverEpoch: parts.serverEpoch, scope: books.scope }, one.sid, undefined);
        fresh.set(one.sid, book);
        if (book.receive(one.booked) !== 'changed' && one.kind === 'taken') found.push(one);
      }
      more = page.more && page.cursor !== cursor;
      cursor = page.cursor;
    }
    const healed = new Set<StreamId>();
    for (const [sid, book] of fresh)
      if (await books.replaceIfSounder(book, await heads.signedUpTo(sid))) healed.add(sid);
    for (const one of found) {
      if (!healed.has(one.sid)) continue;
      await quarantine.free(one.sid, one.booked.n);
      const current = fresh.get(one.sid)?.acknowledged(one.envelope.header.rec);
      if (current?.n !== one.booked.n) continue;
      opened.put(one.doc.env, { version: one.version, envelope: one.envelope, leaf: one.booked.leaf });
      released.push(one.doc);
    }
    for (const sid of healed) await faults.clear('leaf-changed', { sid });
    await weigh();
  }

  async function keepCursor(change: Partial<CursorRow>): Promise<void> {
    const before = await cursors.get(books.scope);
    await cursors.put({ scope: books.scope, from: '', to: '', side: 0, asOf: null, ...before, ...change });
  }

  // --- push -------------------------------------------------------------------------------------------------

  async function push(docs: readonly EnvelopeDocState[]): Promise<readonly EnvelopeDocState[]> {
    const conflicts: EnvelopeDocState[] = [];
    for (const batch of batchesOf(docs)) {
      const answer = await client.push({ envelopes: batch.map(({ env }) => env) });
      told.reached(answer.ok ? null : answer.reason);
      if (!answer.ok) throw new Unanswered(answer.reason);
      if (answer.value.serverEpoch !== parts.serverEpoch) {
        told.serverEpochChanged(answer.value.serverEpoch);
        throw new Unanswered('unreachable');
      }
      if (answer.value.envelopes.length !== batch.length) {
        throw await malformed();
      }
      conflicts.push(...(await bookAnswers(batch, answer.value.envelopes)));
    }
    told.pushed();
    return conflicts;
  }

  async function bookAnswers(
    batch: readonly EnvelopeDocState[],
    answers: readonly PushedEnvelope[],
  ): Promise<readonly EnvelopeDocState[]> {
    const conflicts: EnvelopeDocState[] = [];
    const sent = batch.flatMap((doc, i) => {
      const envelope = envelopeOfText(doc.env);
      const answer = answers[i];
      return envelope === null || answer === undefined
        ? []
        : [{ doc, envelope, answer, leaf: leafOf(envelope) }];
    });
    const open = await books.open(sent.map(({ envelope }) => envelope.header.sid));
    const touched = new Set<StreamBook>();
    for (const { doc, envelope, answer, leaf } of sent) {
      const { rec, sid, replaces } = envelope.header;
      const book = open.get(sid);
      if (book === undefined) continue;
      switch (answer.status) {
        case 'done': {
          if (answer.leaf !== leaf) {
            await faults.note('wrong-acknowledgement', { sid });
            await refuse(rec, leaf, 'to-be-sent');
            break;
          }
          if (answer.n <= book.n && book.leafAt(answer.n) !== leaf) {
            await faults.note('leaf-changed', { sid });
            await refuse(rec, leaf, 'to-be-sent');
            break;
          }
          touched.add(book);
          if (answer.n === book.n + 1) book.receive({ n: answer.n, leaf, replaces, stub: null, rec });
          else book.acknowledge(rec, leaf, answer.n);
          await faults.clear('wrong-acknowledgement', { sid });
          await quarantine.free(sid, NO_POSITION);
          await accept(rec);
          break;
        }
        case 'conflict': {
          const current = await verifyCurrent(doc, answer.current);
          if (current === null) {
            await refuse(rec, leaf, 'being-merged');
            break;
          }
          touched.add(book);
          book.acknowledge(rec, current.leaf, 0);
          await quarantine.free(sid, NO_POSITION);
          conflicts.push(current.doc);
          break;
        }
        case 'refused':
          await refuse(rec, leaf, answer.reason);
      }
    }
    await books.keep(touched);
    return conflicts;
  }

  /** What a conflict shows is verified like everything else before RxDB sees it. */
  async function verifyCurrent(
    mine: EnvelopeDocState,
    text: string,
  ): Promise<{ readonly doc: EnvelopeDocState; readonly leaf: Hash32 } | null> {
    const [one] = await verifyItems([{ sid: streamIdOf(mine), n: NO_POSITION, env: text }], {
      owner: acct,
      deviceLog: logs.device(),
      epoch: logs.grant().epoch,
      vault,
      cutAt: heads.cutAt,
      streamOf: () => undefined,
    });
    if (one?.kind !== 'taken' || one.doc.id !== mine.id) {
      if (one?.kind === 'apart') await setApart(one);
      else await faults.note('malformed-reply');
      return null;
    }
    opened.put(one.doc.env, { version: one.version, envelope: one.envelope, leaf: one.booked.leaf });
    return { doc: one.doc, leaf: one.booked.leaf };
  }

  async function refuse(rec: RecordId, leaf: Hash32, reason: WaitingReason): Promise<void> {
    await store.tables.pending.put({ rec, leaf, reason, at: parts.now() });
    told.pending(rec, { leaf, reason });
  }

  async function accept(rec: RecordId): Promise<void> {
    if (!told.isPending(rec)) return;
    await store.tables.pending.delete(rec);
    told.pending(rec, null);
  }

  async function cure(reasons: readonly WaitingReason[]): Promise<boolean> {
    const rows = (await store.tables.pending.toArray()).filter(({ reason }) => reasons.includes(reason));
    if (rows.length === 0) return false;
    for (const { rec } of rows) await accept(rec);
    await parts.writer.sealAgain(rows.map(({ rec }) => rec));
    return true;
  }

  /** Never throws; when the merge says what the server says, the server's bytes are kept as they are. */
  async function resolve({
    mine,
    theirs,
  }: {
    readonly mine: EnvelopeDocState;
    readonly theirs: EnvelopeDocState;
  }): Promise<EnvelopeDocState> {
    try {
      const [local, remote] = await Promise.all([versionOf(mine), versionOf(theirs)]);
      if (remote === null) return mine;
      if (local === null) return theirs;
      const merged = mergeVersions(local.version, remote.version);
      if (merged.also.length > 0) await parts.writer.write(merged.also);
      if (sameVersion(merged.version, remote.version)) {
        opened.put(theirs.env, { ...remote, leaf: leafOf(remote.envelope) });
        return theirs;
      }
      const rev = Math.max(local.envelope.header.rev, remote.envelope.header.rev) + 1;
      const replaces = leafOf(remote.envelope);
      const [sealed] = await sealVersions(vault, acct, [
        { version: merged.version, epoch: logs.grant().epoch, rev, replaces },
      ]);
      if (sealed === undefined) return mine;
      opened.put(sealed.doc.env, sealed);
      return sealed.doc;
    } catch {
      return mine;
    }
  }

  async function versionOf(doc: EnvelopeDocState) {
    const known = opened.take(doc.env);
    if (known !== undefined) return known;
    const envelope = envelopeOfText(doc.env);
    if (envelope === null) return null;
    const [read] = await openVersions(vault, acct, [envelope]);
    return read?.ok === true ? { envelope, version: read.version } : null;
  }

  // --- logs, packs, heads -----------------------------------------------------------------------------------

  async function sendSideRows(): Promise<Answer<null>> {
    const deviceLog = logs.unsent('device').slice(0, 64);
    const grantLog = logs.unsent('grant').slice(0, 64);
    const unsentPacks = (await packs.toArray())
      .filter(({ sent, owner }) => !sent && owner === acct)
      .slice(0, 100);
    if (deviceLog.length + grantLog.length + unsentPacks.length > 0) {
      const answer = await client.push({
        deviceLog: textsOf(deviceLog),
        grantLog: textsOf(grantLog),
        packs: textsOf(unsentPacks.map(({ bytes }) => bytes)),
      });
      if (!answer.ok) return answer;
      if (deviceLog.length > 0) await logs.markSent('device', logs.sentCount('device') + deviceLog.length);
      if (grantLog.length > 0) await logs.markSent('grant', logs.sentCount('grant') + grantLog.length);
      await packs.bulkPut(unsentPacks.map((row) => ({ ...row, sent: true })));
      if (logs.unsent('device').length + logs.unsent('grant').length > 0) return sendSideRows();
    }
    const unsentHeads = await heads.unsent();
    if (unsentHeads.length === 0) return { ok: true, value: null };
    const answer = await client.push({ heads: textsOf(unsentHeads.map(({ bytes }) => bytes)) });
    if (!answer.ok && answer.reason !== 'object-refused' && answer.reason !== 'grant-refused') return answer;
    await heads.markSent(unsentHeads);
    return { ok: true, value: null };
  }

  async function pullLogs(): Promise<Answer<null>> {
    try {
      const row = await cursors.get(books.scope);
      await readPage(row?.to === undefined || row.to === '' ? START_CURSOR : row.to, 1);
      return { ok: true, value: null };
    } catch (fault) {
      if (fault instanceof Unanswered) return { ok: false, reason: fault.reason };
      throw fault;
    }
  }
}

function batchesOf(docs: readonly EnvelopeDocState[]): readonly (readonly EnvelopeDocState[])[] {
  const batches: EnvelopeDocState[][] = [];
  let characters = 0;
  for (const doc of docs) {
    const last = batches.at(-1);
    if (last === undefined || last.length >= 500 || characters + doc.env.length > MOST_PUSH_CHARACTERS) {
      batches.push([doc]);
      characters = doc.env.length;
    } else {
      last.push(doc);
      characters += doc.env.length + 3;
    }
  }
  return batches;
}

function streamIdOf(doc: EnvelopeDocState): StreamId {
  const envelope = envelopeOfText(doc.env);
  if (envelope === null) throw new TypeError('a document of ours holds no envelope');
  return envelope.header.sid;
}
