/** What a server keeps, read from its own file beside the running process. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AccountId, Bytes } from '@evenkeel/protocol';
import { fromBase64url } from '@evenkeel/protocol';
import type { ServerProcess } from './server.ts';

/** A replaced body is kept as a stub of 80 bytes. */
const STUB_BYTES = 80;

/** Every whole envelope of an account, in the order in which they came. */
export function envelopesOnServer({ dataDir }: ServerProcess, acct: AccountId): readonly Bytes[] {
  const database = new DatabaseSync(join(dataDir, 'evenkeel.sqlite'), { readOnly: true });
  const rows = database
    .prepare(
      'SELECT leaf.body AS body FROM leaf JOIN account ON account.key = leaf.account WHERE account.acct = ? ORDER BY leaf.seq',
    )
    .all(fromBase64url(acct) ?? new Uint8Array());
  database.close();
  return rows.flatMap(({ body }) =>
    body instanceof Uint8Array && body.length > STUB_BYTES ? [new Uint8Array(body)] : [],
  );
}

/** Every ring plan and every moment that the server holds, column by column. */
export function ringsOnServer({ dataDir }: ServerProcess): {
  readonly plans: readonly Readonly<Record<string, unknown>>[];
  readonly moments: readonly Readonly<Record<string, unknown>>[];
} {
  const database = new DatabaseSync(join(dataDir, 'evenkeel.sqlite'), { readOnly: true });
  const plans = database.prepare('SELECT * FROM ring_plan').all();
  const moments = database.prepare('SELECT * FROM ring ORDER BY at').all();
  database.close();
  return { plans, moments };
}
