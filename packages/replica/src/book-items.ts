/**
 * Books what a pull brought, of the own diary and of a share alike: each item is verified and takes its place in the
 * book of its stream. What does not pass is set apart with its reason. What may become an entry is handed back; what
 * becomes of it is for the caller to say.
 */
import type { Item, RecordId } from '@evenkeel/protocol';
import type { Books } from './books.ts';
import type { FaultBook } from './fault-book.ts';
import type { Quarantine } from './quarantine.ts';
import type { OpenedMemory } from './sealed-version.ts';
import type { Arrived, StreamBook } from './stream-book.ts';
import { type Verified, type VerifyContext, verifyItems } from './verify-pull.ts';

/** Where one reader of one account at one server keeps what it was told. */
export type Ledger = {
  readonly books: Books;
  readonly faults: FaultBook;
  readonly quarantine: Quarantine;
  readonly opened: OpenedMemory;
  readonly now: () => number;
};

export type TakenItem = Extract<Verified, { readonly kind: 'taken' }>;

/**
 * `current`: versions the server holds now, in order. `overwritten`: records of which it holds what a removed device
 * wrote after it was removed. `changed`: a book has grown.
 */
export async function bookItems(
  ledger: Ledger,
  items: readonly Item[],
  context: VerifyContext,
): Promise<{
  readonly current: readonly TakenItem[];
  readonly overwritten: readonly RecordId[];
  readonly changed: boolean;
}> {
  if (items.length === 0) return { current: [], overwritten: [], changed: false };
  const { books, faults, quarantine, opened } = ledger;
  const verified = await verifyItems(items, context);
  const open = await books.open(items.map(({ sid }) => sid));
  const touched = new Set<StreamBook>();
  const current: TakenItem[] = [];
  const left: Arrived[] = [];
  let changed = false;
  for (const one of verified) {
    const book = open.get(one.sid);
    if (book === undefined) continue;
    if (one.kind === 'mislabelled') await faults.note('malformed-reply');
    if (one.kind === 'apart') await setApart(ledger, one);
    if (one.booked === null) continue;
    // check: book: the newest of its record
    if (book.isReplayed(one.booked)) {
      await faults.note('replayed', { sid: one.sid });
      continue;
    }
    const outcome = book.receive(one.booked);
    touched.add(book);
    // check: book: the leaf that was verified at this place
    if (outcome === 'changed') {
      await faults.note('leaf-changed', { sid: one.sid });
      continue;
    }
    if (outcome === 'new') changed = true;
    if (one.kind === 'apart') left.push(one.booked);
    else await quarantine.free(one.sid, one.booked.n);
    if (one.kind !== 'taken') continue;
    const held = book.acknowledged(one.envelope.header.rec);
    // check: book: not over a later version
    if (held !== undefined && held.n > one.booked.n) continue;
    opened.put(one.doc.env, { version: one.version, envelope: one.envelope, leaf: one.booked.leaf });
    current.push(one);
  }
  await books.keep(touched);
  const overwritten = left.flatMap(({ rec, leaf }) =>
    rec !== null && [...touched].some((book) => book.acknowledged(rec)?.leaf === leaf) ? [rec] : [],
  );
  return { current, overwritten, changed };
}

/** Keeps what did not pass, with the reason. */
export async function setApart(
  { quarantine, now }: Pick<Ledger, 'quarantine' | 'now'>,
  { sid, n, rec, env, reason }: Extract<Verified, { readonly kind: 'apart' }>,
): Promise<void> {
  await quarantine.put({ sid, n, rec, env, reason, at: now() });
}
