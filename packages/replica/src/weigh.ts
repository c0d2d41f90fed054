/**
 * Holds what was read against what was signed for, once the server has nothing more to give, and keeps the list of
 * what it owes: notes what is missing, takes back what no longer is.
 */
import type { DeviceId, StreamId } from '@evenkeel/protocol';
import type { Books } from './books.ts';
import type { FaultBook } from './fault-book.ts';
import type { ServerFault } from './reasons.ts';
import type { StreamBook } from './stream-book.ts';

const HEALED_BY_READING_AGAIN: readonly ServerFault[] = [
  'gap',
  'leaf-changed',
  'replayed',
  'withheld',
  'forked',
  'body-withheld',
];

/** Streams in which something was held back or changed. Reading them again from their start may heal it. */
export function sickStreams(faults: FaultBook): ReadonlySet<StreamId> {
  return new Set(
    faults
      .list()
      .flatMap(({ fault, sid }) =>
        sid !== undefined && HEALED_BY_READING_AGAIN.includes(fault) ? [sid] : [],
      ),
  );
}

/** `missing`: bodies of a stream that this reader may open, and that nothing replaced. */
export async function weighBooks(
  { books, faults }: { readonly books: Books; readonly faults: FaultBook },
  missing: (book: StreamBook) => number,
): Promise<void> {
  const noteOrClear = async (fault: ServerFault, isSo: boolean, sid: StreamId): Promise<void> => {
    if (isSo) await faults.note(fault, { sid });
    else if (faults.has(fault)) await faults.clear(fault, { sid });
  };
  for (const book of books.all()) {
    const hadClaims = book.claims.length > 0;
    const { withheld, forked } = book.settle();
    if (hadClaims) await books.keep([book]);
    // check: weigh: as far as a head says
    await noteOrClear('withheld', withheld.length > 0, book.sid);
    // check: weigh: the chain a head says
    await noteOrClear('forked', forked.length > 0, book.sid);
    // check: weigh: without a gap
    await noteOrClear('gap', book.hasGap(), book.sid);
    // check: weigh: every body that was not replaced
    await noteOrClear('body-withheld', missing(book) > 0, book.sid);
  }
}

/** A head whose signer had seen longer logs than these is settled when they have grown. */
export async function weighLogs(
  faults: FaultBook,
  knowsLonger: (dev: DeviceId) => Promise<boolean>,
): Promise<void> {
  for (const { fault, dev, sid } of faults.list()) {
    if (fault !== 'withheld' || dev === undefined || sid !== undefined) continue;
    if (!(await knowsLonger(dev))) await faults.clear('withheld', { dev });
  }
}
