/** Letter boxes and recovery wraps as rows. A letter is erased by reading it; its row stays until it is over. */
import {
  type AccountId,
  type Bytes,
  type MailboxId,
  bytesToAccountId,
  idToBytes,
  sameBytes,
  sha256,
} from '@evenkeel/protocol';
import type { Letter, Outcome } from '../store.ts';
import { ALL, accountKey, keyOf, readLog } from './account-rows.ts';
import { blob, int, maybeBlob } from './columns.ts';
import type { Database } from './database.ts';

const KIND = { link: 1, offer: 2 } as const;
const DONE: Outcome = { ok: true };

export function putLetter(
  db: Database,
  letter: Letter,
  limits: { readonly mailboxes: number },
  now: number,
): Outcome {
  const key = keyOf(db, letter.acct);
  const hash = sha256(letter.letter);
  db.sql('DELETE FROM letter WHERE (id = ? OR account = ?) AND expires <= ?').run(
    idToBytes(letter.id),
    key,
    now,
  );
  const taken = db.sql('SELECT account, hash, letter FROM letter WHERE id = ?').get(idToBytes(letter.id));
  if (taken !== undefined) {
    const isRepeated =
      int(taken, 'account') === key &&
      sameBytes(blob(taken, 'hash'), hash) &&
      maybeBlob(taken, 'letter') !== null;
    // check: mailbox-one-write
    if (!isRepeated) return { ok: false, problem: 'mailbox-taken', detail: '' };
    return DONE;
  }
  const open = int(db.sql('SELECT count(*) AS n FROM letter WHERE account = ?').get(key), 'n');
  // check: mailbox-count
  if (open >= limits.mailboxes) return { ok: false, problem: 'quota-exceeded', detail: 'letter boxes' };
  db.sql(
    'INSERT INTO letter (id, account, kind, hash, letter, replied, registered, expires) VALUES (?, ?, ?, ?, ?, 0, 0, ?)',
  ).run(idToBytes(letter.id), key, KIND[letter.kind], hash, letter.letter, letter.expires);
  return DONE;
}

/** Withdraws a letter and closes its reply slot. */
export function withdrawLetter(db: Database, acct: AccountId, id: MailboxId): void {
  db.sql('DELETE FROM letter WHERE account = ? AND id = ?').run(keyOf(db, acct), idToBytes(id));
}

export function takeLetter(db: Database, id: MailboxId, now: number): Bytes | null {
  const row = db.sql('SELECT letter, expires FROM letter WHERE id = ?').get(idToBytes(id));
  if (row === undefined) return null;
  // check: mailbox-life
  if (int(row, 'expires') <= now) return null;
  const letter = maybeBlob(row, 'letter');
  // check: mailbox-one-read
  db.sql('UPDATE letter SET letter = NULL WHERE id = ?').run(idToBytes(id));
  return letter;
}

/** One reply, while the offer lives, read or not. Returns whose offer it is. */
export function putReply(
  db: Database,
  id: MailboxId,
  reply: Bytes,
  now: number,
): { readonly outcome: 'kept' | 'taken' | 'unknown'; readonly owner: AccountId | null } {
  const row = db
    .sql(
      'SELECT letter.reply, letter.replied, letter.expires, account.acct FROM letter JOIN account ON account.key = letter.account WHERE letter.id = ? AND letter.kind = 2',
    )
    .get(idToBytes(id));
  if (row === undefined || int(row, 'expires') <= now) return { outcome: 'unknown', owner: null };
  const owner = bytesToAccountId(blob(row, 'acct'));
  const held = maybeBlob(row, 'reply');
  if (held !== null && sameBytes(held, reply)) return { outcome: 'kept', owner };
  // check: reply-one-write
  if (int(row, 'replied') === 1) return { outcome: 'taken', owner };
  db.sql('UPDATE letter SET reply = ?, replied = 1 WHERE id = ?').run(reply, idToBytes(id));
  return { outcome: 'kept', owner };
}

export function takeReply(db: Database, acct: AccountId, id: MailboxId, now: number): Bytes | null {
  const key = keyOf(db, acct);
  const row = db
    .sql('SELECT reply FROM letter WHERE account = ? AND id = ? AND expires > ?')
    .get(key, idToBytes(id), now);
  if (row === undefined) return null;
  const reply = maybeBlob(row, 'reply');
  // check: reply-one-read
  db.sql('UPDATE letter SET reply = NULL WHERE account = ? AND id = ?').run(key, idToBytes(id));
  return reply;
}

export function putRecovery(
  db: Database,
  acct: AccountId,
  id: MailboxId,
  wrap: Bytes,
  signed: boolean,
): Outcome {
  const key = keyOf(db, acct);
  const idBytes = idToBytes(id);
  const held = db.sql('SELECT id, wrap FROM recovery WHERE account = ?').get(key);
  if (held !== undefined && sameBytes(blob(held, 'id'), idBytes) && sameBytes(blob(held, 'wrap'), wrap))
    return DONE;
  // check: recovery-replaced-by-signature
  if (held !== undefined && !signed)
    return { ok: false, problem: 'object-refused', detail: 'only a signed object replaces a recovery wrap' };
  const elsewhere = db.sql('SELECT 1 FROM recovery WHERE id = ? AND account <> ?').get(idBytes, key);
  // check: recovery-id-unused
  if (elsewhere !== undefined)
    return { ok: false, problem: 'object-refused', detail: 'the recovery id is used' };
  db.sql(
    'INSERT INTO recovery (account, id, wrap) VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE SET id = excluded.id, wrap = excluded.wrap',
  ).run(key, idBytes, wrap);
  return DONE;
}

export function findRecovery(db: Database, id: MailboxId) {
  const row = db
    .sql(
      'SELECT account.acct, recovery.wrap FROM recovery JOIN account ON account.key = recovery.account WHERE recovery.id = ? AND account.suspended = 0',
    )
    .get(idToBytes(id));
  if (row === undefined) return null;
  const acct = bytesToAccountId(blob(row, 'acct'));
  const key = accountKey(db, acct);
  if (key === null) return null;
  return {
    acct,
    wrap: blob(row, 'wrap'),
    deviceLog: readLog(db, key, 'device', 0, ALL).items,
    grantLog: readLog(db, key, 'grant', 0, ALL).items,
  };
}

export function sweepLetters(db: Database, now: number): void {
  db.sql('DELETE FROM letter WHERE expires <= ?').run(now);
  db.sql('DELETE FROM invitation WHERE expires <= ?').run(now);
}
