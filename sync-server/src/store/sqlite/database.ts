/** The open database file: settings, prepared statements, group commit, and getting erased bytes out of it. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { DeviceId, Hash32, PublicKey, ServerEpoch } from '@evenkeel/protocol';
import type { Change, KnownDevice } from '../store.ts';
import { int } from './columns.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';
import { migrate } from './migrations.ts';

export type Database = {
  readonly raw: DatabaseSync;
  readonly serverEpoch: ServerEpoch;
  readonly serverKey: PublicKey;
  /** The prepared statement of this text; prepared once. */
  readonly sql: (text: string) => StatementSync;
  /** Every statement prepared so far. */
  readonly texts: () => readonly string[];
  readonly commits: GroupCommit<Change>;
  /** Devices of accounts by their key, as they were when the device log ended with this object. */
  readonly devices: Map<
    number,
    { readonly log: Hash32; readonly devices: ReadonlyMap<DeviceId, KnownDevice> }
  >;
  readonly listeners: Set<(change: Change) => void>;
  readonly settleErasures: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const BUSY_MS = 5000;
const ERASE_AFTER_MS = 1000;

/**
 * A new file is for its owner only, and its log takes after it. `secure_delete` zeroes what a row leaves behind in the file; the write-ahead log still holds the page as it
 * was, so after each erasure the log is written back and truncated, within a second.
 */
export function openFile(file: string): DatabaseSync {
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
  const raw = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  raw.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;',
  );
  migrate(raw);
  return raw;
}

export function database(
  raw: DatabaseSync,
  identity: { readonly serverEpoch: ServerEpoch; readonly serverKey: PublicKey },
): Database {
  const statements = new Map<string, StatementSync>();
  const listeners = new Set<(change: Change) => void>();
  let eraseTimer: NodeJS.Timeout | null = null;

  const sql = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const made = raw.prepare(text);
    statements.set(text, made);
    return made;
  };
  const eraseSoon = (): void => {
    eraseTimer ??= setTimeout(() => {
      eraseTimer = null;
      if (raw.isOpen && !truncatedNow(raw)) eraseSoon();
    }, ERASE_AFTER_MS);
    eraseTimer.unref();
  };
  const commits = groupCommit<Change>(raw, (written) => {
    for (const one of written) {
      if (one.erased) eraseSoon();
      for (const change of one.notices) for (const listener of listeners) listener(change);
    }
  });
  const settleErasures = async (): Promise<void> => {
    await commits.drain();
    truncateLog(raw);
  };
  const close = async (): Promise<void> => {
    await commits.drain();
    if (eraseTimer !== null) clearTimeout(eraseTimer);
    if (!raw.isOpen) return;
    try {
      truncateLog(raw);
    } finally {
      raw.close();
    }
  };
  return {
    raw,
    ...identity,
    sql,
    texts: () => [...statements.keys()],
    commits,
    devices: new Map(),
    listeners,
    settleErasures,
    close,
  };
}

/** Of the pages that hold something. */
export function usedBytes(raw: DatabaseSync): number {
  const pragma = (name: string): number => int(raw.prepare(`PRAGMA ${name}`).get(), name);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** False when another process was reading and the log could not be emptied. */
function truncateLog(raw: DatabaseSync): boolean {
  return int(raw.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get(), 'busy') === 0;
}

/** The same without waiting for anybody: nothing else runs in this thread meanwhile. A fault, like a full disk, may pass. */
function truncatedNow(raw: DatabaseSync): boolean {
  try {
    raw.exec('PRAGMA busy_timeout = 0');
    return truncateLog(raw);
  } catch {
    return false;
  } finally {
    raw.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}
