/**
 * The schema, as numbered steps forward. `PRAGMA user_version` holds the number of the last one applied.
 * A database of a newer server is refused: an older program would misread it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { int } from './columns.ts';

export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
  readonly code = 'database-too-new';
  constructor(found: number, known: number) {
    super(
      `the database has schema ${found}; this version of Evenkeel knows up to ${known}. ` +
        'Start the newer version again, or restore the backup made before the upgrade.',
    );
  }
}

export function schemaNumber(db: DatabaseSync): number {
  return int(db.prepare('PRAGMA user_version').get(), 'user_version');
}

export function migrate(db: DatabaseSync, steps: readonly string[] = MIGRATIONS): void {
  const found = schemaNumber(db);
  if (found > steps.length) throw new DatabaseTooNew(found, steps.length);
  for (const [at, step] of steps.entries()) {
    if (at < found) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${at + 1}`);
      db.exec('COMMIT');
    } catch (fault) {
      db.exec('ROLLBACK');
      throw fault;
    }
  }
}

/** Everything of an account hangs on its small integer key; ids of 16 bytes are stored as bytes. */
const FIRST = `
  CREATE TABLE server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch BLOB NOT NULL,
    sign_pk BLOB NOT NULL,
    sign_sk BLOB NOT NULL,
    checked INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE account (
    key INTEGER PRIMARY KEY,
    acct BLOB NOT NULL UNIQUE,
    sign_pk BLOB NOT NULL,
    box_pk BLOB NOT NULL,
    suspended INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL,
    min_suite INTEGER NOT NULL,
    device_seq INTEGER NOT NULL,
    device_hash BLOB NOT NULL,
    grant_seq INTEGER NOT NULL,
    grant_hash BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    streams INTEGER NOT NULL,
    adopted INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE device (
    account INTEGER NOT NULL REFERENCES account (key),
    dev BLOB NOT NULL,
    sign_pk BLOB NOT NULL,
    added INTEGER NOT NULL,
    revoked INTEGER,
    cut BLOB,
    PRIMARY KEY (account, dev)
  ) STRICT, WITHOUT ROWID;

  -- log: 1 device log, 2 grant log. n: place in that log. seq: place in the account.
  CREATE TABLE log_object (
    account INTEGER NOT NULL REFERENCES account (key),
    log INTEGER NOT NULL CHECK (log IN (1, 2)),
    n INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    grant_id BLOB,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (account, log, n)
  ) STRICT;
  CREATE INDEX log_object_by_grant ON log_object (account, grant_id, n) WHERE grant_id IS NOT NULL;

  CREATE TABLE share (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    grant_id BLOB NOT NULL UNIQUE,
    reader BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    expires INTEGER,
    revoked INTEGER,
    seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX share_by_account ON share (account);
  CREATE INDEX share_by_reader ON share (reader);

  -- admitted: sequence of the last Grant or Extend that admitted something of the stream.
  CREATE TABLE share_stream (
    account INTEGER NOT NULL,
    share INTEGER NOT NULL REFERENCES share (key),
    sid BLOB NOT NULL,
    admitted INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    PRIMARY KEY (share, sid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX share_stream_by_sid ON share_stream (account, sid);
  CREATE TABLE share_kid (
    account INTEGER NOT NULL,
    share INTEGER NOT NULL REFERENCES share (key),
    sid BLOB NOT NULL,
    kid BLOB NOT NULL,
    PRIMARY KEY (share, sid, kid)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stream (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    sid BLOB NOT NULL,
    n INTEGER NOT NULL,
    chain BLOB NOT NULL,
    seq INTEGER NOT NULL,
    UNIQUE (account, sid)
  ) STRICT;

  -- body: the envelope while it is current, the 80-byte stub afterwards.
  CREATE TABLE leaf (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    seq INTEGER NOT NULL,
    stream INTEGER NOT NULL REFERENCES stream (key),
    n INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX leaf_by_seq ON leaf (account, seq);
  CREATE INDEX leaf_by_stream ON leaf (stream, seq);

  -- Which leaf is the current version of a record.
  CREATE TABLE record (
    account INTEGER NOT NULL,
    rec BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account, rec)
  ) STRICT, WITHOUT ROWID;
  -- Leaves that were current once.
  CREATE TABLE old_leaf (
    account INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    PRIMARY KEY (account, leaf)
  ) STRICT, WITHOUT ROWID;

  -- kind: 1 head, 2 grant head, 3 key pack, 4 receipt. n: place in its chain.
  CREATE TABLE side (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    share INTEGER,
    dev BLOB NOT NULL,
    n INTEGER,
    whole INTEGER NOT NULL,
    pack BLOB,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX side_by_seq ON side (account, seq);
  CREATE INDEX side_by_chain ON side (account, kind, share, dev, n);
  CREATE INDEX side_by_hash ON side (account, hash);
  CREATE INDEX side_by_share ON side (share, seq) WHERE share IS NOT NULL;

  CREATE TABLE invitation (
    code BLOB PRIMARY KEY,
    expires INTEGER NOT NULL,
    used INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE letter (
    id BLOB PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    kind INTEGER NOT NULL,
    hash BLOB NOT NULL,
    letter BLOB,
    reply BLOB,
    replied INTEGER NOT NULL,
    registered INTEGER NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX letter_by_account ON letter (account);

  CREATE TABLE recovery (
    account INTEGER PRIMARY KEY REFERENCES account (key),
    id BLOB NOT NULL UNIQUE,
    wrap BLOB NOT NULL
  ) STRICT;
`;

/** How often the server was started and stopped on this database: see place.ts. */
const TURNS = 'ALTER TABLE server ADD COLUMN turns INTEGER NOT NULL DEFAULT 0';

/**
 * Rings: which device is woken where, and when. `signed`: the time of the plan that stands; an older one is not
 * taken again, also after the device took its plan back (endpoint null).
 */
const RINGS = `
  CREATE TABLE push_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    public_key TEXT NOT NULL,
    private_key TEXT NOT NULL
  ) STRICT;

  CREATE TABLE ring_plan (
    account INTEGER NOT NULL REFERENCES account (key),
    dev BLOB NOT NULL,
    signed INTEGER NOT NULL,
    endpoint TEXT,
    PRIMARY KEY (account, dev)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ring (
    account INTEGER NOT NULL,
    dev BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, dev, at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ring_by_time ON ring (at);
`;

/** The latest time the server knows to have been: see steady-clock.ts. */
const LATEST = 'ALTER TABLE server ADD COLUMN latest INTEGER NOT NULL DEFAULT 0';

/** How many accounts came in by an offer of this one. */
const ADMITTED = 'ALTER TABLE account ADD COLUMN admitted INTEGER NOT NULL DEFAULT 0';

/** Of the receipts of a share, and of all shares of an account; not among the account's `bytes`. */
const RECEIPT_BYTES = `
  ALTER TABLE share ADD COLUMN receipt_bytes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN receipt_bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE share SET receipt_bytes =
    coalesce((SELECT sum(length(side.bytes)) FROM side WHERE side.share = share.key AND side.kind = 4), 0);
  UPDATE account SET receipt_bytes =
    coalesce((SELECT sum(share.receipt_bytes) FROM share WHERE share.account = account.key), 0);
`;

export const MIGRATIONS: readonly string[] = [FIRST, TURNS, RINGS, LATEST, ADMITTED, RECEIPT_BYTES];
