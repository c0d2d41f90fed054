/** What the bench asks of its page, by `page.evaluate`: only JSON crosses. Bytes are base64url, times milliseconds. */

/** What a device needs to come into an account that another device made: as a kit restores it. */
export type DiaryKey = {
  readonly acct: string;
  readonly wrap: string;
  readonly secret: string;
  readonly deviceLog: readonly string[];
};

export type SealedDoc = { readonly id: string; readonly env: string; readonly sid: string };

/** `month` as in YYYY-MM, and how many entries lie in it. */
export type NewestMonth = { readonly month: string; readonly entries: number };

export type Restored = {
  /** From the start of the sync until every record of the newest month was in the index. */
  readonly newestMs: number;
  /** Until all records were stored and opened. */
  readonly allMs: number;
  readonly longestBlockMs: number;
};

export type BroughtIn = { readonly ms: number; readonly records: number; readonly longestBlockMs: number };

/** `at`: milliseconds UTC with fractions, comparable between tabs. */
export type Seen = { readonly rec: string; readonly at: number };

export type BenchApi = {
  /** Makes a diary without a lock on this device, as the app keeps one, and closes it again. */
  readonly fillApp: (entries: number) => Promise<number>;

  /** One raw strict IndexedDB put after another, each of about the bytes of an entry. */
  readonly rawPuts: (count: number) => Promise<readonly number[]>;

  /** Opens a diary of its own for the saves below. */
  readonly openForSaves: (entries: number) => Promise<void>;
  readonly saves: (count: number) => Promise<readonly number[]>;

  /** Keeps the sealed entries that `rawRestore` writes and opens. */
  readonly keepDocs: (docs: readonly SealedDoc[]) => Promise<void>;
  /** Milliseconds of raw IndexedDB put (one strict transaction) and secretbox open of the same. */
  readonly rawRestore: () => Promise<number>;
  /** Milliseconds of RxDB's own replication of the same, out of memory: what is left of a restore without our part. */
  readonly replicateAlone: () => Promise<number>;
  readonly restore: (wish: {
    readonly key: DiaryKey;
    readonly entries: number;
    readonly newest: NewestMonth;
  }) => Promise<Restored>;

  /** Entries made ahead, then sealed, signed and stored in batches as an import stores them. */
  readonly bringIn: (entries: number) => Promise<BroughtIn>;
  /** The same number of documents through RxDB's bulkInsert alone. */
  readonly bulkInsert: (entries: number) => Promise<number>;
  /** A whole import as the app does it: read, plan, seal, sign, store. */
  readonly bringInFile: (csv: string) => Promise<BroughtIn>;

  /** Comes into an account and stays connected. */
  readonly stayLive: (key: DiaryKey) => Promise<void>;
  readonly saveLive: () => Promise<Seen>;
  /** Everything that has appeared in the index of the connected diary. */
  readonly seenLive: () => readonly Seen[];
  /** Two HTTP requests, one after the other, to the same server. */
  readonly twoRoundTrips: () => Promise<number>;
};

declare global {
  interface Window {
    readonly bench: BenchApi;
  }
}
