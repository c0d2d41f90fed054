/**
 * Reads the account again from its start where something was held back or changed. Books are made anew beside the old
 * ones, and take their place where they are sound: without a gap, nothing owed, agreeing with every head.
 */
import { type ReadReply, START_CURSOR, type StreamId } from '@evenkeel/protocol';
import { type Ledger, type TakenItem, setApart } from './book-items.ts';
import type { ExchangeParts } from './exchange-parts.ts';
import type { EnvelopeDocState } from './sealed-version.ts';
import { StreamBook } from './stream-book.ts';
import { type VerifyContext, verifyItems } from './verify-pull.ts';

type ReadPage = (since: string, limit: number) => Promise<Extract<ReadReply, { readonly kind: 'own' }>>;

const MOST_PULLED = 1000;

/** Gives the versions that came to light. */
export async function heal(
  { heads, serverEpoch }: Pick<ExchangeParts, 'heads' | 'serverEpoch'>,
  { books, faults, quarantine, opened, now }: Ledger,
  {
    sick,
    readPage,
    context,
  }: {
    readonly sick: ReadonlySet<StreamId>;
    readonly readPage: ReadPage;
    readonly context: () => VerifyContext;
  },
): Promise<readonly EnvelopeDocState[]> {
  const fresh = new Map<StreamId, StreamBook>();
  const found: TakenItem[] = [];
  const replayed = new Set<StreamId>();
  let cursor = START_CURSOR;
  for (let more = true; more;) {
    const page = await readPage(cursor, MOST_PULLED);
    const items = page.items.filter(({ sid }) => sick.has(sid));
    for (const one of await verifyItems(items, context())) {
      if (one.kind === 'apart') await setApart({ quarantine, now }, one);
      if (one.booked === null) continue;
      const book =
        fresh.get(one.sid) ??
        new StreamBook({ acct: books.acct, serverEpoch, scope: books.scope }, one.sid, undefined);
      fresh.set(one.sid, book);
      // check: heal: the newest of its record
      if (book.isReplayed(one.booked)) {
        replayed.add(one.sid);
        continue;
      }
      if (book.receive(one.booked) !== 'changed' && one.kind === 'taken') found.push(one);
    }
    more = page.more && page.cursor !== cursor;
    cursor = page.cursor;
  }
  const healed = new Set<StreamId>();
  for (const [sid, book] of fresh)
    if (!replayed.has(sid) && (await books.replaceIfSounder(book, await heads.signedUpTo(sid))))
      healed.add(sid);
  const docs: EnvelopeDocState[] = [];
  for (const one of found) {
    if (!healed.has(one.sid)) continue;
    await quarantine.free(one.sid, one.booked.n);
    const current = fresh.get(one.sid)?.acknowledged(one.envelope.header.rec);
    if (current?.n !== one.booked.n) continue;
    opened.put(one.doc.env, { version: one.version, envelope: one.envelope, leaf: one.booked.leaf });
    docs.push(one.doc);
  }
  for (const sid of healed) {
    await faults.clear('leaf-changed', { sid });
    await faults.clear('replayed', { sid });
  }
  return docs;
}
