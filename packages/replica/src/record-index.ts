/**
 * The decrypted index, in memory only: records by month, grouped by moment and local day, newest first. A
 * snapshot never changes; a change makes a new one that shares every month it did not touch, so that
 * `useSyncExternalStore` can compare snapshots by identity.
 */
import {
  CATEGORY_NUMBERS,
  type DaySummary,
  type EntryRecord,
  type LocalDay,
  UNDATED_PLACE,
  type When,
  dayOf,
  dayOfPlace,
  isBinned,
  summariseDay,
} from '@evenkeel/journal';
import type { Hash32, MomentId, RecordId, StreamId } from '@evenkeel/protocol';

/** A record with what is known of the envelope it lies in. */
export type HeldRecord = {
  readonly record: EntryRecord;
  readonly sid: StreamId;
  readonly leaf: Hash32;
  readonly rev: number;
  readonly epoch: number;
  /** Counts the writes to this record in this device's store; an older write never replaces a newer one here. */
  readonly height: number;
  /** When this device first held it as it lies now (ms UTC): what the 30 days in the bin are counted from. */
  readonly heldSince: number;
};

/** The records of one moment that are not in the bin; never empty. */
export type HeldMoment = {
  readonly id: MomentId;
  readonly when: When;
  readonly day: LocalDay;
  readonly records: readonly EntryRecord[];
};

export type DayOfMoments = { readonly day: LocalDay; readonly moments: readonly HeldMoment[] };
/** Both ends included; an end that is absent is open. */
export type DayRange = { readonly first?: LocalDay; readonly last?: LocalDay };

export type IndexSnapshot = {
  /** Rises with every change. */
  readonly version: number;
  /** Months (index of the key tree) that are open, and whether these are all. */
  readonly historyLoaded: { readonly complete: boolean; readonly months: ReadonlySet<number> };
  /** Newest first, days without moments left out. */
  readonly days: (range?: DayRange) => readonly DayOfMoments[];
  readonly moments: (range?: DayRange) => readonly HeldMoment[];
  readonly record: (rec: RecordId) => EntryRecord | undefined;
  readonly held: (rec: RecordId) => HeldRecord | undefined;
  /** Every record of a moment, binned ones too. */
  readonly recordsOf: (moment: MomentId) => readonly EntryRecord[];
  /** What lies in the bin, newest first. */
  readonly binned: () => readonly HeldRecord[];
  /** The person's own lists and choices. */
  readonly settings: () => readonly EntryRecord[];
  /** What else is tied to no day (conditions, lines of the plan), not in the bin. */
  readonly undated: () => readonly EntryRecord[];
  /** A few numbers for every day, of months that are not open too; oldest first. */
  readonly summaries: () => readonly DaySummary[];
  /** Records held, those of months that are not open not counted. */
  readonly size: number;
};

export type RecordIndex = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => IndexSnapshot;
};

/** A change to the index: a record as it is now, or that there is none any more. */
export type IndexChange =
  | { readonly kind: 'held'; readonly held: HeldRecord }
  | { readonly kind: 'gone'; readonly rec: RecordId; readonly height: number };

/** The index with the verbs that fill it; only this package sees them. */
export type FillableIndex = RecordIndex & {
  readonly apply: (changes: readonly IndexChange[]) => void;
  /** Marks months as open; `complete` when these are all there are. */
  readonly markLoaded: (months: Iterable<number>, complete: boolean) => void;
  /** Day summaries of months that are not open yet, from the sealed cache. */
  readonly seedSummaries: (summaries: readonly DaySummary[]) => void;
  readonly clear: () => void;
  readonly all: () => Iterable<HeldRecord>;
  readonly inMonth: (month: number) => Iterable<HeldRecord>;
};

export function createIndex(): FillableIndex {
  const listeners = new Set<() => void>();
  const monthByRec = new Map<RecordId, number>();
  /** Heights of what is gone, so that a late older write does not bring it back. */
  const goneAt = new Map<RecordId, number>();
  const monthsByMoment = new Map<MomentId, Set<number>>();
  let months: ReadonlyMap<number, Month> = new Map();
  let loaded: ReadonlySet<number> = new Set();
  let complete = false;
  let seeded: readonly DaySummary[] = [];
  let version = 0;
  let current = makeSnapshot();

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    apply(changes) {
      const touched = new Map<number, Map<RecordId, HeldRecord>>();
      const draftOf = (month: number): Map<RecordId, HeldRecord> => {
        const known = touched.get(month);
        if (known !== undefined) return known;
        const made = new Map(months.get(month)?.records ?? []);
        touched.set(month, made);
        return made;
      };
      for (const change of changes) {
        const rec = change.kind === 'gone' ? change.rec : change.held.record.rec;
        const height = change.kind === 'gone' ? change.height : change.held.height;
        const before = monthByRec.get(rec);
        const known = before === undefined ? undefined : draftOf(before).get(rec);
        if (height < (known?.height ?? goneAt.get(rec) ?? 0)) continue;
        if (before !== undefined) draftOf(before).delete(rec);
        if (change.kind === 'gone') {
          monthByRec.delete(rec);
          goneAt.set(rec, height);
          continue;
        }
        goneAt.delete(rec);
        const { record } = change.held;
        const { month } = record.place;
        const heldSince = sinceWhen(change.held, known);
        draftOf(month).set(
          rec,
          heldSince === change.held.heldSince ? change.held : { ...change.held, heldSince },
        );
        monthByRec.set(rec, month);
        const places = monthsByMoment.get(record.moment);
        if (places === undefined) monthsByMoment.set(record.moment, new Set([month]));
        else places.add(month);
      }
      if (touched.size === 0) return;
      const next = new Map(months);
      for (const [month, records] of touched) next.set(month, new Month(month, records, months.get(month)));
      months = next;
      publish();
    },
    markLoaded(more, isAll) {
      loaded = new Set([...loaded, ...more]);
      complete = isAll;
      publish();
    },
    seedSummaries(summaries) {
      seeded = summaries;
      publish();
    },
    clear() {
      months = new Map();
      loaded = new Set();
      complete = false;
      seeded = [];
      monthByRec.clear();
      monthsByMoment.clear();
      goneAt.clear();
      publish();
    },
    *all() {
      for (const month of months.values()) yield* month.records.values();
    },
    *inMonth(month) {
      yield* months.get(month)?.records.values() ?? [];
    },
  };

  function publish(): void {
    version += 1;
    current = makeSnapshot();
    for (const listener of listeners) listener();
  }

  function makeSnapshot(): IndexSnapshot {
    const taken = months;
    const takenLoaded = loaded;
    const takenComplete = complete;
    const takenSeeds = seeded;
    const newestFirst = once(() =>
      [...taken.values()]
        .filter(({ month }) => month !== UNDATED_PLACE.month)
        .toSorted((a, b) => b.month - a.month),
    );
    const allDays = once(() => newestFirst().flatMap((month) => month.days()));
    const allMoments = once(() => allDays().flatMap(({ moments }) => moments));
    const held = (rec: RecordId): HeldRecord | undefined => {
      const month = monthByRec.get(rec);
      const found = month === undefined ? undefined : taken.get(month)?.records.get(rec);
      return found;
    };
    const daysIn = (range: DayRange | undefined): readonly DayOfMoments[] => {
      if (range === undefined || (range.first === undefined && range.last === undefined)) return allDays();
      const { first = '', last = '\uffff' } = range;
      return newestFirst()
        .filter((month) => month.touches(first, last))
        .flatMap((month) => month.days())
        .filter(({ day }) => day >= first && day <= last);
    };
    return {
      version,
      historyLoaded: { complete: takenComplete, months: takenLoaded },
      days: daysIn,
      moments: (range) =>
        range === undefined ? allMoments() : daysIn(range).flatMap(({ moments }) => moments),
      record: (rec) => held(rec)?.record,
      held,
      recordsOf: (moment) =>
        [...(monthsByMoment.get(moment) ?? [])].flatMap((month) =>
          [...(taken.get(month)?.records.values() ?? [])].flatMap(({ record }) =>
            record.moment === moment ? [record] : [],
          ),
        ),
      binned: once(() =>
        [...taken.values()]
          .flatMap((month) => month.binned())
          .toSorted((a, b) => b.record.when.at - a.record.when.at),
      ),
      settings: once(() =>
        [...(taken.get(UNDATED_PLACE.month)?.records.values() ?? [])].flatMap(({ record }) =>
          record.cat === CATEGORY_NUMBERS.settings ? [record] : [],
        ),
      ),
      undated: once(() =>
        [...(taken.get(UNDATED_PLACE.month)?.records.values() ?? [])].flatMap(({ record }) =>
          record.cat === CATEGORY_NUMBERS.settings || isBinned(record) ? [] : [record],
        ),
      ),
      summaries: once(() => {
        const byDay = new Map<LocalDay, DaySummary>();
        for (const summary of takenSeeds) if (!isOpen(summary.day)) byDay.set(summary.day, summary);
        for (const month of taken.values()) {
          if (takenLoaded.has(month.month) || takenComplete)
            for (const summary of month.summaries()) byDay.set(summary.day, summary);
        }
        return [...byDay.values()].toSorted((a, b) => compareDays(a.day, b.day));
      }),
      get size() {
        let size = 0;
        for (const month of taken.values()) size += month.records.size;
        return size;
      },
    };

    function isOpen(day: LocalDay): boolean {
      if (takenComplete) return true;
      const month = 12 * (Number(day.slice(0, 4)) - 2000) + Number(day.slice(5, 7)) - 1;
      return takenLoaded.has(month);
    }
  }
}

/** One month's records, and what is drawn from them when it is first asked for. */
class Month {
  readonly month: number;
  readonly records: ReadonlyMap<RecordId, HeldRecord>;
  readonly days: () => readonly DayOfMoments[];
  readonly binned: () => readonly HeldRecord[];
  readonly summaries: () => readonly DaySummary[];
  #drawn: readonly DayOfMoments[];

  /** `before`: this month until now. Moments in which nothing changed stay the same objects. */
  constructor(month: number, records: ReadonlyMap<RecordId, HeldRecord>, before: Month | undefined) {
    this.month = month;
    this.records = records;
    this.#drawn = before?.drawn() ?? [];
    this.days = once(() => (this.#drawn = groupByDay(records.values(), this.#drawn)));
    this.binned = once(() => [...records.values()].filter(({ record }) => isBinned(record)));
    this.summaries = once(() => {
      const recordsByDay = Map.groupBy(
        [...records.values()].map(({ record }) => record),
        dayOf,
      );
      return [...recordsByDay].flatMap(([day, ofDay]) =>
        day === undefined ? [] : (summariseDay(day, ofDay) ?? []),
      );
    });
  }

  /** The days as they were when somebody last asked. */
  drawn(): readonly DayOfMoments[] {
    return this.#drawn;
  }

  /** Whether a day between `first` and `last` can lie in this month. */
  touches(first: LocalDay, last: LocalDay): boolean {
    const start = dayOfPlace({ month: this.month, day: 1 }) ?? '';
    return start.slice(0, 7) >= first.slice(0, 7) && start <= last;
  }
}

function groupByDay(records: Iterable<HeldRecord>, before: readonly DayOfMoments[]): readonly DayOfMoments[] {
  const momentBefore = new Map(
    before.flatMap(({ moments }) => moments.map((moment) => [moment.id, moment] as const)),
  );
  const recordsByMoment = new Map<MomentId, EntryRecord[]>();
  for (const { record } of records) {
    if (isBinned(record) || dayOf(record) === undefined) continue;
    const known = recordsByMoment.get(record.moment);
    if (known === undefined) recordsByMoment.set(record.moment, [record]);
    else known.push(record);
  }
  const momentsByDay = new Map<LocalDay, HeldMoment[]>();
  for (const [id, ofMoment] of recordsByMoment) {
    const byCategory = ofMoment.toSorted((a, b) => a.cat - b.cat || (a.rec < b.rec ? -1 : 1));
    const [first] = byCategory;
    const day = first === undefined ? undefined : dayOf(first);
    if (first === undefined || day === undefined) continue;
    const known = momentBefore.get(id);
    const moment =
      known !== undefined && sameRecords(known.records, byCategory)
        ? known
        : { id, when: first.when, day, records: byCategory };
    const ofDay = momentsByDay.get(day);
    if (ofDay === undefined) momentsByDay.set(day, [moment]);
    else ofDay.push(moment);
  }
  return [...momentsByDay]
    .map(([day, moments]) => ({ day, moments: moments.toSorted(newerFirst) }))
    .toSorted((a, b) => compareDays(b.day, a.day));
}

function sameRecords(a: readonly EntryRecord[], b: readonly EntryRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i]);
}

function newerFirst(a: HeldMoment, b: HeldMoment): number {
  return b.when.at - a.when.at || (a.id < b.id ? -1 : 1);
}

/** A record that stays in the bin keeps the time it came there. */
function sinceWhen(held: HeldRecord, known: HeldRecord | undefined): number {
  if (known === undefined || isBinned(held.record) !== isBinned(known.record)) return held.heldSince;
  return Math.min(held.heldSince, known.heldSince);
}

function compareDays(a: LocalDay, b: LocalDay): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
