/**
 * The exchange with the own server: what is pulled is verified, booked and handed on; what is pushed is answered
 * with done, conflict or a refusal, each booked. RxDB calls `pull` and `push`; it knows only "done" and "conflict".
 */
import type { Version } from '@evenkeel/journal';
import { type Item, type ReadReply, START_CURSOR } from '@evenkeel/protocol';
import { bookItems } from './book-items.ts';
import type { CursorRow } from './device-store.ts';
import type { PullCheckpoint } from './envelopes.ts';
import { type ExchangeParts, Unanswered } from './exchange-parts.ts';
import { heal } from './heal.ts';
import { objectsOf } from './heads.ts';
import type { LogName } from './log-book.ts';
import { createOwnSideRows } from './own-side-rows.ts';
import { type Pushing, createPushing } from './push-envelopes.ts';
import { createQuarantine } from './quarantine.ts';
import type { QuarantineReason } from './reasons.ts';
import { type Resolve, createResolve } from './resolve-conflict.ts';
import type { EnvelopeDocState } from './sealed-version.ts';
import { breathe } from './serial.ts';
import type { Answer } from './server-client.ts';
import { type VerifyContext, canHeal, verifyItems } from './verify-pull.ts';
import { sickStreams, weighBooks, weighLogs } from './weigh.ts';

export type Exchange = Pushing & {
  readonly pull: (
    checkpoint: PullCheckpoint | undefined,
    batchSize: number,
  ) => Promise<{
    readonly documents: readonly EnvelopeDocState[];
    readonly checkpoint: PullCheckpoint;
  }>;
  readonly resolve: Resolve;
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
};

type OwnReply = Extract<ReadReply, { readonly kind: 'own' }>;
type Taken = { readonly docs: readonly EnvelopeDocState[]; readonly changed: boolean };

const MOST_PULLED = 1000;
/** Items verified and opened in one go. */
const SLICE = 150;
/** A server that goes on lying is not asked for everything at every poke. */
const HEAL_EVERY_MS = 30_000;
/** Rows of the account looked at first on a device that holds nothing: about a month of a busy diary. */
const PREVIEWED = 500;

export function createExchange(parts: ExchangeParts): Exchange {
  const { vault, store, client, books, logs, heads, faults, told, opened } = parts;
  const { cursors } = store.tables;
  const { acct } = parts.holder();
  const quarantine = createQuarantine(store, books.scope);
  const ledger = { books, faults, quarantine, opened, now: parts.now };
  const sideRows = createOwnSideRows(parts);
  /** Documents that came by another way than RxDB's pull, and go out with the next one. */
  let released: EnvelopeDocState[] = [];
  let healNotBefore = 0;

  return {
    ...createPushing(parts, ledger, malformed),
    pull,
    resolve: createResolve(parts),
    sendSideRows: sideRows.send,
    pullLogs,
    preview,
    noteComplete,
    healSoon: () => (healNotBefore = 0),
  };

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
    const verified = await verifyItems(page.items, context());
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
    if (!received.changed) return true;
    told.logsChanged();
    if (log === 'device') await releaseQuarantine();
    return true;
  }

  /** `moved`: the page brought something, so that asking for the next one leads somewhere. */
  async function takePage(page: OwnReply, since: string): Promise<Taken & { readonly moved: boolean }> {
    const { side: before = 0, again = 0 } = (await cursors.get(books.scope)) ?? {};
    // Heads first: one of them may say up to where a removed device's envelopes count.
    const isSound = await sideRows.take(page, before < again);
    if (page.heads.length > 0) await releaseQuarantine('revoked-device');
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
    const { current, overwritten, changed } = await bookItems(ledger, items, {
      ...context(),
      holds(rec, leaf) {
        const held = parts.index.snapshot().held(rec);
        return held !== undefined && held.leaf === leaf && held.height > 0;
      },
    });
    const docs: EnvelopeDocState[] = [];
    const merges: Version[] = [];
    for (const { envelope, version, doc } of current) {
      if (told.isPending(envelope.header.rec)) merges.push(version);
      else docs.push(doc);
    }
    // What was refused here counts as sent for RxDB, which would let the server's version overwrite it: merge instead.
    if (merges.length > 0) await parts.writer.write(merges);
    // The server has dropped our version for one that does not count: ours is offered again, in its place.
    if (overwritten.length > 0) await parts.writer.sealAgain(overwritten);
    return { docs, changed };
  }

  function context(): VerifyContext {
    return {
      owner: acct,
      deviceLog: logs.device(),
      epoch: logs.grant().epoch,
      vault,
      cutAt: heads.cutAt,
      streamOf: (rec) => parts.index.snapshot().held(rec)?.sid,
    };
  }

  /** Tries again what was set apart: the device log has grown, or a head came that says how far a device counts. */
  async function releaseQuarantine(only?: QuarantineReason): Promise<void> {
    const rows = (await quarantine.rows()).filter(
      ({ reason, env }) => canHeal(reason) && env !== '' && (only === undefined || reason === only),
    );
    if (rows.length === 0) return;
    const taken = await takeItems(rows.map(({ sid, n, env }) => ({ sid, n, env })));
    released.push(...taken.docs);
  }

  /** Everything there was is here: hold it against the heads, and heal what was held back. */
  async function finishPull(): Promise<void> {
    const wasSick = sickStreams(faults).size > 0;
    await keepCursor({ heardAt: parts.now() });
    await weigh();
    const sick = sickStreams(faults);
    if (!wasSick || sick.size === 0 || parts.now() < healNotBefore) return;
    healNotBefore = parts.now() + HEAL_EVERY_MS;
    released.push(...(await heal(parts, ledger, { sick, readPage, context })));
    await weigh();
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
    // For the owner no body is out of scope.
    await weighBooks(ledger, (book) => book.openStubs().length);
    await weighLogs(faults, heads.knowsLonger);
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

  async function keepCursor(change: Partial<CursorRow>): Promise<void> {
    const before = await cursors.get(books.scope);
    await cursors.put({ scope: books.scope, from: '', to: '', side: 0, asOf: null, ...before, ...change });
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
