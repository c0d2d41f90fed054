/**
 * Group commit: all writes asked for in one turn of the event loop share one transaction, and each is
 * answered only after its COMMIT, so one fsync pays for many. A write that fails undoes itself alone.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What a write may tell of itself; kept only if its transaction commits. */
export type Written<Notice> = { readonly notices: Notice[]; erased: boolean };

export type GroupCommit<Notice> = {
  /** Runs `job` inside the next transaction. `job` is synchronous: nothing else may come between its rows. */
  readonly write: <T>(job: (written: Written<Notice>) => T) => Promise<T>;
  /** Resolves when nothing waits. */
  readonly drain: () => Promise<void>;
  readonly stats: () => { readonly transactions: number; readonly writes: number };
};

type Job<Notice> = { readonly run: () => Settled<Notice>; readonly fail: (fault: unknown) => void };
type Settled<Notice> = { readonly written: Written<Notice>; readonly acknowledge: () => void };

export function groupCommit<Notice>(
  db: DatabaseSync,
  afterCommit: (written: readonly Written<Notice>[]) => void,
): GroupCommit<Notice> {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  const alone = { begin: db.prepare('SAVEPOINT one'), end: db.prepare('RELEASE one') };
  let waiting: Job<Notice>[] = [];
  let scheduled: Promise<void> | null = null;
  const stats = { transactions: 0, writes: 0 };

  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    scheduled = null;
    stats.transactions += 1;
    stats.writes += jobs.length;
    let settled: Settled<Notice>[];
    try {
      begin.run();
      settled = jobs.flatMap((job) => runAlone(db, alone, job));
      commit.run();
    } catch (fault) {
      if (db.isTransaction) db.exec('ROLLBACK');
      for (const job of jobs) job.fail(fault);
      return;
    }
    for (const one of settled) one.acknowledge();
    afterCommit(settled.map((one) => one.written));
  };

  const write = <T>(job: (written: Written<Notice>) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const run = (): Settled<Notice> => {
        const written: Written<Notice> = { notices: [], erased: false };
        const value = job(written);
        return { written, acknowledge: () => resolve(value) };
      };
      waiting.push({ run, fail: reject });
      scheduled ??= new Promise((done) =>
        setImmediate(() => {
          flush();
          done();
        }),
      );
    });

  const drain = async (): Promise<void> => {
    while (scheduled !== null) await scheduled;
  };
  return { write, drain, stats: () => ({ ...stats }) };
}

/** One write inside a savepoint of its own. */
function runAlone<Notice>(
  db: DatabaseSync,
  alone: { readonly begin: StatementSync; readonly end: StatementSync },
  job: Job<Notice>,
): readonly Settled<Notice>[] {
  alone.begin.run();
  try {
    const settled = job.run();
    alone.end.run();
    return [settled];
  } catch (fault) {
    // A full disk or a broken file ends the whole transaction; then there is no savepoint to go back to.
    if (!db.isTransaction) throw fault;
    db.exec('ROLLBACK TO one; RELEASE one');
    job.fail(fault);
    return [];
  }
}
