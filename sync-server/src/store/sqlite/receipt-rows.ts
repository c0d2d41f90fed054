/** A read of a grant: its receipt is kept, and the page given, in one transaction. */
import { type GrantId, ZERO_HASH, idToBytes } from '@evenkeel/protocol';
import {
  type Change,
  type GrantPage,
  type PageRequest,
  type Store,
  type VerifiedReceipt,
  grantStanding,
} from '../store.ts';
import { type ShareRow, readGrantObjects, readShareTo } from './account-rows.ts';
import { keepTime } from './clock-rows.ts';
import { blob, int } from './columns.ts';
import type { Database } from './database.ts';
import type { Written } from './group-commit.ts';
import { OWNER_AWAITED } from './place.ts';
import { readGrantPage } from './pull-rows.ts';
import { lastOfChain } from './push-rows.ts';

export function pullGrant(
  db: Database,
  grant: GrantId,
  receipt: VerifiedReceipt,
  request: PageRequest,
  { now, limits }: Parameters<Store['pullGrant']>[3],
  written: Written<Change>,
): GrantPage {
  const share = readShareTo(db, receipt.reader, grant);
  if (share === null) return { ok: false, reason: 'unknown', grantLog: [] };
  const room = { rows: request.sideRows, bytes: request.bytes };
  const grantLog = () => readGrantObjects(db, share.account, grant, request.have.grantLog, room).items;
  const standing = grantStanding(share, now);
  // What was told to be over is over for good: the time of it is kept before it is told.
  // check: grant-over-for-good
  if (standing === 'expired') keepTime(db, now);
  // check: grant-active-now
  if (standing !== 'active') return { ok: false, reason: standing, grantLog: grantLog() };
  const adopted = int(db.sql('SELECT adopted FROM account WHERE key = ?').get(share.account), 'adopted');
  // check: grant-owner-back
  if (adopted === OWNER_AWAITED) return { ok: false, reason: 'not-yet', grantLog: grantLog() };
  const dev = idToBytes(receipt.dev);
  const last = lastOfChain(db, share.account, 'receipt', share.key, dev);
  if (last?.hash !== receipt.hash) {
    const isNext =
      last === null
        ? adopted === 1 || (receipt.seq === 0 && receipt.prev === ZERO_HASH)
        : receipt.seq === last.seq + 1 && receipt.prev === last.hash;
    // check: receipt-next
    if (!isNext)
      return {
        ok: false,
        reason: 'receipt-out-of-order',
        grantLog: grantLog(),
        lastReceipt: lastReceipt(db, share, dev),
      };
    // check: receipt-room
    if (!hasRoom(db, share, receipt, limits))
      return { ok: false, reason: 'receipt-invalid', grantLog: grantLog() };
    const seq = int(
      db
        .sql(
          'UPDATE account SET seq = seq + 1, receipt_bytes = receipt_bytes + ? WHERE key = ? RETURNING seq',
        )
        .get(receipt.bytes.length, share.account),
      'seq',
    );
    db.sql('UPDATE share SET receipt_bytes = receipt_bytes + ? WHERE account = ? AND key = ?').run(
      receipt.bytes.length,
      share.account,
      share.key,
    );
    db.sql(
      'INSERT INTO side (account, seq, kind, share, dev, n, whole, hash, bytes) VALUES (?, ?, 4, ?, ?, ?, 0, ?, ?)',
    ).run(share.account, seq, share.key, dev, receipt.seq, idToBytes(receipt.hash), receipt.bytes);
    written.notices.push({ acct: share.owner, seq, grants: [], revokedDevices: [] });
  }
  return { ok: true, page: readGrantPage(db, share, request) };
}

/** Receipts are kept for ever, since a chain without one looks like a server that hides it; so they have an end. */
function hasRoom(
  db: Database,
  share: ShareRow,
  { bytes }: VerifiedReceipt,
  limits: Parameters<Store['pullGrant']>[3]['limits'],
): boolean {
  const row = db
    .sql(
      `SELECT share.receipt_bytes AS of_share, account.receipt_bytes AS of_account
       FROM share JOIN account ON account.key = share.account WHERE share.account = ? AND share.key = ?`,
    )
    .get(share.account, share.key);
  return (
    int(row, 'of_share') + bytes.length <= limits.grantReceiptBytes &&
    int(row, 'of_account') + bytes.length <= limits.accountReceiptBytes
  );
}

function lastReceipt(
  db: Database,
  share: { readonly account: number; readonly key: number },
  dev: Uint8Array,
) {
  const row = db
    .sql(
      'SELECT bytes FROM side WHERE account = ? AND kind = 4 AND share = ? AND dev = ? ORDER BY n DESC LIMIT 1',
    )
    .get(share.account, share.key, dev);
  return row === undefined ? null : blob(row, 'bytes');
}
