/** An account arrives: what is known of it and of its invitation, and its first rows. */
import { type MailboxId, ZERO_HASH, idToBytes } from '@evenkeel/protocol';
import type { Admission, Registration, RegistrationState } from '../../accounts/plan-registration.ts';
import type { AccountState } from '../store.ts';
import { accountKey } from './account-rows.ts';
import { int } from './columns.ts';
import type { Database } from './database.ts';
import { lookUp } from './push-rows.ts';

const NO_KEY = -1;

export function lookUpRegistration(db: Database, registration: Registration): RegistrationState {
  const { acct, signPk, boxPk, offered, admission, now } = registration;
  const empty = { seq: -1, hash: ZERO_HASH };
  const account: AccountState = {
    acct,
    signPk,
    boxPk,
    active: true,
    epoch: 0,
    minSuite: 1,
    deviceLog: empty,
    grantLog: empty,
    devices: new Map(),
    seq: 0,
    bytes: 0,
    streams: 0,
    adopted: false,
  };
  return {
    exists: accountKey(db, acct) !== null,
    accounts: countAccounts(db),
    offerAdmissions: admission.kind === 'offer' ? admissionsBy(db, admission.mailbox) : 0,
    admitted: isAdmitted(db, admission, now),
    push: lookUp(db, NO_KEY, account, offered, now),
  };
}

export function insertAccount(db: Database, { acct, signPk, boxPk, admission }: Registration): number {
  if (admission.kind === 'host')
    db.sql('UPDATE invitation SET used = 1 WHERE code = ?').run(idToBytes(admission.codeHash));
  if (admission.kind === 'offer') {
    const id = idToBytes(admission.mailbox);
    db.sql('UPDATE letter SET registered = 1 WHERE id = ?').run(id);
    db.sql(
      'UPDATE account SET admitted = admitted + 1 WHERE key = (SELECT account FROM letter WHERE id = ?)',
    ).run(id);
  }
  const zeros = idToBytes(ZERO_HASH);
  return int(
    db
      .sql(
        `INSERT INTO account (acct, sign_pk, box_pk, epoch, min_suite, device_seq, device_hash, grant_seq, grant_hash, seq, bytes, streams, adopted)
         VALUES (?, ?, ?, 0, 1, -1, ?, -1, ?, 0, 0, 0, 0) RETURNING key`,
      )
      .get(idToBytes(acct), idToBytes(signPk), idToBytes(boxPk), zeros, zeros),
    'key',
  );
}

export function countAccounts(db: Database): number {
  return int(db.sql('SELECT count(*) AS n FROM account').get(), 'n');
}

function admissionsBy(db: Database, offer: MailboxId): number {
  const row = db
    .sql('SELECT admitted FROM account WHERE key = (SELECT account FROM letter WHERE id = ?)')
    .get(idToBytes(offer));
  return row === undefined ? 0 : int(row, 'admitted');
}

/** An invitation gives one account, once, until it is over; an offer likewise, whether or not it was read. */
export function isAdmitted(db: Database, admission: Admission, now: number): boolean {
  if (admission.kind === 'none') return false;
  const row =
    admission.kind === 'host'
      ? db
          .sql('SELECT 1 FROM invitation WHERE code = ? AND used = 0 AND expires > ?')
          .get(idToBytes(admission.codeHash), now)
      : db
          .sql(
            `SELECT 1 FROM letter JOIN account ON account.key = letter.account
             WHERE letter.id = ? AND letter.kind = 2 AND letter.registered = 0 AND letter.expires > ? AND account.suspended = 0`,
          )
          .get(idToBytes(admission.mailbox), now);
  return row !== undefined;
}
