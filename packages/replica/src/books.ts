/**
 * All stream books of one reader at one server: `scope` names the origin, the server's epoch and, for what another
 * person shared, the grant (each grant has cursors and stubs of its own). One row per stream.
 */
import type { AccountId, Hash32, RecordId, ServerEpoch, StreamId } from '@evenkeel/protocol';
import type { DeviceStore } from './device-store.ts';
import { StreamBook } from './stream-book.ts';

export type Books = {
  readonly scope: string;
  readonly acct: AccountId;
  readonly serverEpoch: ServerEpoch;
  /** Reads every book; afterwards `peek` knows them all. */
  readonly load: () => Promise<void>;
  /** Books of these streams, read where they are not open yet. */
  readonly open: (sids: Iterable<StreamId>) => Promise<ReadonlyMap<StreamId, StreamBook>>;
  readonly peek: (sid: StreamId) => StreamBook | undefined;
  readonly all: () => Iterable<StreamBook>;
  readonly isLoaded: () => boolean;
  readonly keep: (books: Iterable<StreamBook>) => Promise<void>;
  /**
   * Puts a book that was made anew in the place of the one held, when nothing is owed in it and it agrees with what
   * this device had signed (its first `signed` positions).
   */
  readonly replaceIfSounder: (fresh: StreamBook, signed: number) => Promise<boolean>;
  /** Another tab wrote: read everything again when it is next asked for. */
  readonly forget: () => void;
  readonly acknowledgedLeaf: (sid: StreamId, rec: RecordId) => Promise<Hash32 | undefined>;
};

export function ownScope(origin: string, serverEpoch: ServerEpoch): string {
  return `own|${origin}|${serverEpoch}`;
}

export function grantScope(origin: string, serverEpoch: ServerEpoch, grant: string): string {
  return `grant|${origin}|${serverEpoch}|${grant}`;
}

export function createBooks(
  store: DeviceStore,
  owner: { readonly acct: AccountId; readonly serverEpoch: ServerEpoch; readonly scope: string },
): Books {
  const table = store.tables.books;
  const open = new Map<StreamId, StreamBook>();
  let loaded = false;

  const openBooks = async (sids: Iterable<StreamId>): Promise<ReadonlyMap<StreamId, StreamBook>> => {
    const wanted = [...new Set(sids)];
    const missing = wanted.filter((sid) => !open.has(sid));
    const rows =
      loaded || missing.length === 0
        ? []
        : await table.bulkGet(missing.map((sid) => `${owner.scope}/${sid}`));
    for (const [i, sid] of missing.entries())
      if (!open.has(sid)) open.set(sid, new StreamBook(owner, sid, rows[i]));
    return new Map(
      wanted.flatMap((sid) => {
        const book = open.get(sid);
        return book === undefined ? [] : [[sid, book] as const];
      }),
    );
  };

  return {
    ...owner,
    async load() {
      if (loaded) return;
      for (const row of await table.where('scope').equals(owner.scope).toArray()) {
        if (!open.has(row.sid)) open.set(row.sid, new StreamBook(owner, row.sid, row));
      }
      loaded = true;
    },
    open: openBooks,
    peek: (sid) => open.get(sid),
    all: () => open.values(),
    isLoaded: () => loaded,
    async keep(books) {
      await table.bulkPut([...books].map((book) => book.toRow()));
    },
    async replaceIfSounder(fresh, signed) {
      const held = open.get(fresh.sid);
      for (const claim of held?.claims ?? []) fresh.claim(claim);
      const { withheld, forked } = fresh.settle();
      const keepsSigned =
        signed === 0 ||
        held === undefined ||
        (fresh.n >= signed && fresh.chainAt(signed) === held.chainAt(signed));
      if (
        withheld.length + forked.length > 0 ||
        !keepsSigned ||
        fresh.hasGap() ||
        fresh.openStubs().length > 0
      )
        return false;
      open.set(fresh.sid, fresh);
      await table.put(fresh.toRow());
      return true;
    },
    forget() {
      open.clear();
      loaded = false;
    },
    async acknowledgedLeaf(sid, rec) {
      const books = await openBooks([sid]);
      return books.get(sid)?.acknowledged(rec)?.leaf;
    },
  };
}
