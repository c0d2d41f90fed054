/**
 * Sending versions to the own server. Each is answered done, conflict or a refusal, and each answer is booked: done
 * when the server names the leaf that was sent, conflict when what it shows in its place verifies. A refused version
 * waits with its reason, and is cured by a newly sealed one.
 */
import { type Hash32, type PushedEnvelope, type RecordId, type StreamId, leafOf } from '@evenkeel/protocol';
import { type Ledger, setApart } from './book-items.ts';
import { type ExchangeParts, Unanswered } from './exchange-parts.ts';
import type { WaitingReason } from './reasons.ts';
import { type EnvelopeDocState, envelopeOfText } from './sealed-version.ts';
import type { StreamBook } from './stream-book.ts';
import { verifyItems } from './verify-pull.ts';

/** Where what a conflict showed is set apart: it has no position of its own. */
const NO_POSITION = 0;
const MOST_PUSHED = 500;
const MOST_PUSH_CHARACTERS = 900_000;

export type Pushing = {
  /** Conflicts: what the server holds in place of what was sent. */
  readonly push: (docs: readonly EnvelopeDocState[]) => Promise<readonly EnvelopeDocState[]>;
  /** Seals again what was refused for one of these reasons. True when there was something. */
  readonly cure: (reasons: readonly WaitingReason[]) => Promise<boolean>;
};

/** `malformed` notes an answer that cannot be one of ours. */
export function createPushing(
  parts: ExchangeParts,
  ledger: Ledger,
  malformed: () => Promise<Unanswered>,
): Pushing {
  const { vault, store, client, logs, told } = parts;
  const { books, faults, quarantine, opened } = ledger;
  const { acct } = parts.holder();
  return { push, cure };

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
          // check: push: the leaf that was sent
          if (answer.leaf !== leaf) {
            await faults.note('wrong-acknowledgement', { sid });
            await refuse(rec, leaf, 'to-be-sent');
            break;
          }
          // check: push: a place that is free, or its own
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
      // What is shown with no place cannot be shown to lie before a cut: of a removed device it counts in a pull only.
      cutAt: () => Promise.resolve(NO_POSITION - 1),
      streamOf: () => undefined,
    });
    // check: push: a conflict that verifies, about this record
    if (one?.kind !== 'taken' || one.doc.id !== mine.id) {
      if (one?.kind === 'apart') await setApart(ledger, one);
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
}

function batchesOf(docs: readonly EnvelopeDocState[]): readonly (readonly EnvelopeDocState[])[] {
  const batches: EnvelopeDocState[][] = [];
  let characters = 0;
  for (const doc of docs) {
    const last = batches.at(-1);
    if (
      last === undefined ||
      last.length >= MOST_PUSHED ||
      characters + doc.env.length > MOST_PUSH_CHARACTERS
    ) {
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
