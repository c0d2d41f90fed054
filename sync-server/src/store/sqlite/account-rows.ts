/** Accounts, devices and logs as rows. */
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type GrantId,
  type Hash32,
  bytesToAccountId,
  bytesToDeviceId,
  bytesToHash32,
  bytesToPublicKey,
  idToBytes,
} from '@evenkeel/protocol';
import type { AccountState, KnownDevice, Room, StoredGrant } from '../store.ts';
import { blob, int, maybeBlob, maybeInt } from './columns.ts';
import type { Database } from './database.ts';
import { type Taken, takeRows } from './take-rows.ts';

export const LOG = { device: 1, grant: 2 } as const;
/** Accounts whose devices are kept in memory. */
const MOST_KNOWN = 1000;

/** The small integer that everything of an account hangs on, or null. */
export function accountKey(db: Database, acct: AccountId): number | null {
  const row = db.sql('SELECT key FROM account WHERE acct = ?').get(idToBytes(acct));
  return row === undefined ? null : int(row, 'key');
}

/** The same where the account was found before: accounts are never taken away while the server runs. */
export function keyOf(db: Database, acct: AccountId): number {
  const key = accountKey(db, acct);
  if (key === null) throw new UnknownAccount();
  return key;
}

export class UnknownAccount extends Error {
  override readonly name = 'UnknownAccount';
  readonly code = 'unknown-account';
}

/** The account as it is now, with its key; null when there is none. */
export function findAccount(
  db: Database,
  acct: AccountId,
): { readonly key: number; readonly account: AccountState } | null {
  const row = db.sql('SELECT * FROM account WHERE acct = ?').get(idToBytes(acct));
  if (row === undefined) return null;
  const key = int(row, 'key');
  const deviceLog = { seq: int(row, 'device_seq'), hash: bytesToHash32(blob(row, 'device_hash')) };
  const account = {
    acct,
    signPk: bytesToPublicKey(blob(row, 'sign_pk')),
    boxPk: bytesToPublicKey(blob(row, 'box_pk')),
    active: int(row, 'suspended') === 0,
    epoch: int(row, 'epoch'),
    minSuite: int(row, 'min_suite'),
    deviceLog,
    grantLog: { seq: int(row, 'grant_seq'), hash: bytesToHash32(blob(row, 'grant_hash')) },
    devices: devicesOf(db, key, deviceLog.hash),
    seq: int(row, 'seq'),
    bytes: int(row, 'bytes'),
    streams: int(row, 'streams'),
    adopted: int(row, 'adopted') === 1,
  };
  return { key, account };
}

export function listAccounts(db: Database) {
  return db
    .sql('SELECT acct, bytes + receipt_bytes AS bytes, suspended FROM account ORDER BY 2 DESC, key')
    .all()
    .map((row) => ({
      acct: bytesToAccountId(blob(row, 'acct')),
      bytes: int(row, 'bytes'),
      active: int(row, 'suspended') === 0,
    }));
}

/** The account's sequence alone. */
export function readSeq(db: Database, key: number): number {
  return int(db.sql('SELECT seq FROM account WHERE key = ?').get(key), 'seq');
}

/**
 * Devices come and go only with an object of the device log, and the hash of its last object names all of them: what
 * was read under the same hash still holds.
 */
function devicesOf(db: Database, key: number, log: Hash32): ReadonlyMap<DeviceId, KnownDevice> {
  const known = db.devices.get(key);
  if (known?.log === log) return known.devices;
  if (db.devices.size >= MOST_KNOWN) db.devices.clear();
  const devices = readDevices(db, key);
  db.devices.set(key, { log, devices });
  return devices;
}

function readDevices(db: Database, key: number): ReadonlyMap<DeviceId, KnownDevice> {
  const devices = new Map<DeviceId, KnownDevice>();
  for (const row of db
    .sql('SELECT dev, sign_pk, added, revoked, cut FROM device WHERE account = ?')
    .all(key)) {
    const time = maybeInt(row, 'revoked');
    const cut = maybeBlob(row, 'cut');
    devices.set(bytesToDeviceId(blob(row, 'dev')), {
      signPk: bytesToPublicKey(blob(row, 'sign_pk')),
      addedAt: int(row, 'added'),
      revoked: time === null || cut === null ? null : { time, cut: bytesToHash32(cut) },
    });
  }
  return devices;
}

export const ALL: Room = { rows: Infinity, bytes: Infinity };
export const ONE: Room = { rows: 1, bytes: Infinity };
const bytesOf = (row: Readonly<Record<string, unknown>>): Bytes => blob(row, 'bytes');
const lengthOf = (bytes: Bytes): number => bytes.length;

/** Objects of one log after the first `have`. */
export function readLog(
  db: Database,
  key: number,
  log: 'device' | 'grant',
  have: number,
  room: Room,
): Taken<Bytes> {
  const rows = db
    .sql('SELECT bytes FROM log_object WHERE account = ? AND log = ? AND n >= ? ORDER BY n')
    .iterate(key, LOG[log], have);
  return takeRows(rows, room, bytesOf, lengthOf);
}

/** Grant, Extends and Revoke of one grant, after the first `have`. */
export function readGrantObjects(
  db: Database,
  key: number,
  grant: GrantId,
  have: number,
  room: Room,
): Taken<Bytes> {
  const rows = db
    .sql('SELECT bytes FROM log_object WHERE account = ? AND grant_id = ? ORDER BY n LIMIT -1 OFFSET ?')
    .iterate(key, idToBytes(grant), have);
  return takeRows(rows, room, bytesOf, lengthOf);
}

export function readLogHashes(
  db: Database,
  key: number,
  log: 'device' | 'grant',
  seqs: readonly number[],
): ReadonlyMap<number, Hash32> {
  const hashes = new Map<number, Hash32>();
  for (const n of seqs) {
    const row = db
      .sql('SELECT hash FROM log_object WHERE account = ? AND log = ? AND n = ?')
      .get(key, LOG[log], n);
    if (row !== undefined) hashes.set(n, bytesToHash32(blob(row, 'hash')));
  }
  return hashes;
}

export type ShareRow = StoredGrant & { readonly key: number; readonly account: number; readonly seq: number };
const SHARE = `SELECT share.key, share.account, share.reader, share.not_before, share.expires, share.revoked, share.seq, account.acct
  FROM share JOIN account ON account.key = share.account`;

/** A grant of this account. */
export function readShare(db: Database, key: number, grant: GrantId): ShareRow | null {
  const row = db.sql(`${SHARE} WHERE share.account = ? AND share.grant_id = ?`).get(key, idToBytes(grant));
  return row === undefined ? null : shareOf(row, grant);
}

/** A grant to this reader. */
export function readShareTo(db: Database, reader: AccountId, grant: GrantId): ShareRow | null {
  const row = db
    .sql(`${SHARE} WHERE share.reader = ? AND share.grant_id = ?`)
    .get(idToBytes(reader), idToBytes(grant));
  return row === undefined ? null : shareOf(row, grant);
}

function shareOf(row: Readonly<Record<string, unknown>>, grant: GrantId): ShareRow {
  return {
    key: int(row, 'key'),
    account: int(row, 'account'),
    seq: int(row, 'seq'),
    grant,
    owner: bytesToAccountId(blob(row, 'acct')),
    to: bytesToAccountId(blob(row, 'reader')),
    notBefore: int(row, 'not_before'),
    expires: maybeInt(row, 'expires'),
    revokedAt: maybeInt(row, 'revoked'),
  };
}

export function countActiveShares(db: Database, key: number, now: number): number {
  return int(
    db
      .sql(
        'SELECT count(*) AS n FROM share WHERE account = ? AND revoked IS NULL AND (expires IS NULL OR expires > ?)',
      )
      .get(key, now),
    'n',
  );
}
