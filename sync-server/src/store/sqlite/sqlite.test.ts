import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ZERO_HASH, idToBytes } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { leafOfBytes, recOf, sidOf } from '../../test-client.ts';
import { push, registered, runStoreTests } from '../store-suite.ts';
import { int } from './columns.ts';
import { DatabaseTooNew, MIGRATIONS, migrate } from './migrations.ts';
import { openSqliteStore } from './open.ts';

runStoreTests(() => openSqliteStore(':memory:'));

const newFile = () => join(mkdtempSync(join(tmpdir(), 'evenkeel-store-')), 'evenkeel.sqlite');

test('writes of one turn share one transaction, and each is answered after it', async () => {
  const store = openSqliteStore(newFile());
  const { person, device } = await registered(store, 'Anna');
  const envelopes = await Promise.all(Array.from({ length: 20 }, () => device.envelope({})));
  const before = store.commits();
  const outcomes = await Promise.all(envelopes.map((one) => push(store, person, [one])));
  const after = store.commits();
  expect(outcomes.every((one) => one.ok)).toBe(true);
  expect(after.writes - before.writes).toBe(20);
  expect(after.transactions - before.transactions).toBe(1);
  await store.close();
});

test('a database is the same after it was closed and opened, its epoch too', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  const { person, device } = await registered(first, 'Anna');
  await push(first, person, [await device.envelope({})]);
  await first.close();
  const second = openSqliteStore(file);
  expect(second.serverEpoch).toBe(first.serverEpoch);
  expect(await second.findAccount(person.acct)).toMatchObject({ seq: 3 });
  await second.close();
});

test('the file is written with WAL, synchronous FULL, secure_delete and foreign keys', async () => {
  const file = newFile();
  await openSqliteStore(file).close();
  const { openFile } = await import('./database.ts');
  const raw = openFile(file);
  const pragma = (name: string) => Object.values(raw.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect([
    pragma('journal_mode'),
    pragma('synchronous'),
    pragma('secure_delete'),
    pragma('foreign_keys'),
  ]).toEqual(['wal', 2, 1, 1]);
  raw.close();
});

test('the database and its log are for their owner only, whatever the folder allows', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  await store.addInvitation(ZERO_HASH, 1);
  for (const end of ['', '-wal', '-shm', '.place'])
    expect(statSync(file + end).mode & 0o077, `evenkeel.sqlite${end}`).toBe(0);
  await store.close();
});

test('an erasure that cannot empty the log yet holds up nothing, and is tried again', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const { person, device } = await registered(store, 'Anna');
  const body = await device.envelope({ rec: recOf('r') });
  await push(store, person, [body]);
  const reader = new DatabaseSync(file);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM leaf').get();
  await push(store, person, [
    await device.envelope({ type: 'tombstone', rec: recOf('r'), rev: 2, replaces: leafOfBytes(body) }),
  ]);
  expect(Math.max(...(await pauses(2500))), 'nothing else waits').toBeLessThan(2000);
  reader.close();
  await expect.poll(() => leftovers(file, [body]), { timeout: 10_000 }).toBe(0);
  await store.close();
}, 30_000);

/** How long this thread was away, each time it came back, within `ms`. */
async function pauses(ms: number): Promise<readonly number[]> {
  const found: number[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 10));
    found.push(performance.now() - before);
  }
  return found;
}

test('a database of a newer server is refused in words, and left as it is', () => {
  const file = newFile();
  const raw = new DatabaseSync(file);
  raw.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  raw.close();
  expect(() => openSqliteStore(file)).toThrow(DatabaseTooNew);
  expect(() => openSqliteStore(file)).toThrow('newer version');
});

test('migrations go forward from where they are, each one whole or not at all', () => {
  const raw = new DatabaseSync(':memory:');
  migrate(raw, ['CREATE TABLE a (x)']);
  expect(() => migrate(raw, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); nonsense'])).toThrow('nonsense');
  expect(int(raw.prepare('PRAGMA user_version').get(), 'user_version')).toBe(1);
  migrate(raw, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
  expect(
    raw
      .prepare('SELECT name FROM sqlite_schema ORDER BY name')
      .all()
      .map((row) => row['name']),
  ).toEqual(['a', 'b']);
});

test('what receipts hold already is counted when the server begins to count them', () => {
  const raw = new DatabaseSync(':memory:');
  const before = MIGRATIONS.findIndex((step) => step.includes('receipt_bytes'));
  migrate(raw, MIGRATIONS.slice(0, before));
  for (const acct of ["x'01'", "x'02'"])
    raw.exec(`INSERT INTO account (acct, sign_pk, box_pk, epoch, min_suite, device_seq, device_hash, grant_seq,
      grant_hash, seq, bytes, streams, adopted) VALUES (${acct}, x'', x'', 0, 1, 0, x'', 0, x'', 0, 0, 0, 0)`);
  raw.exec(`
    INSERT INTO share (key, account, grant_id, reader, not_before, seq) VALUES (1, 1, x'01', x'', 0, 0), (2, 1, x'02', x'', 0, 0);
    INSERT INTO side (account, seq, kind, share, dev, whole, hash, bytes) VALUES
      (1, 1, 4, 1, x'', 0, x'', zeroblob(300)), (1, 2, 4, 1, x'', 0, x'', zeroblob(500)),
      (1, 3, 3, 1, x'', 0, x'', zeroblob(7000)), (1, 4, 4, 2, x'', 0, x'', zeroblob(40));
  `);
  migrate(raw);
  const counted = (table: string) =>
    raw
      .prepare(`SELECT receipt_bytes AS n FROM ${table} ORDER BY key`)
      .all()
      .map((row) => int(row, 'n'));
  expect(counted('share')).toEqual([800, 40]);
  expect(counted('account')).toEqual([840, 0]);
  raw.close();
});

test('every statement on rows of an account names the account, or the reader of a grant', () => {
  const sources = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('-rows.ts') || name === 'open.ts',
  );
  const text = sources.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  const statements = [...text.matchAll(/(['`])\s*((?:SELECT|INSERT|UPDATE|DELETE|WITH)\b[^'`]*)\1/g)].map(
    ([, , sql]) => (sql ?? '').replaceAll(/\s+/g, ' '),
  );
  const owned = statements.filter((sql) =>
    /(FROM|INTO|UPDATE|JOIN) (device|log_object|share|share_stream|share_kid|stream|leaf|record|old_leaf|side|recovery)\b/.test(
      sql,
    ),
  );
  const where = /account = \?|share\.reader = \?|WHERE reader = \?/;
  const isScoped = (sql: string) =>
    sql.startsWith('INSERT') ? /\((\w+, )*account\b/.test(sql) : where.test(sql.slice(sql.indexOf('WHERE')));
  const loose = owned.filter((sql) => !isScoped(sql) && !sql.startsWith('SELECT share.key, share.account'));
  expect(owned.length).toBeGreaterThan(35);
  // Two ask whether somebody else has an id already; one answers a recovery id that only 24 words lead to.
  expect(loose.toSorted()).toEqual([
    'SELECT 1 FROM recovery WHERE id = ? AND account <> ?',
    'SELECT 1 FROM share WHERE grant_id = ? AND account <> ?',
    'SELECT account.acct, recovery.wrap FROM recovery JOIN account ON account.key = recovery.account WHERE recovery.id = ? AND account.suspended = 0',
  ]);
});

test('a mood entry costs at most 750 bytes at rest, all overhead counted', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const { person, device } = await registered(store, 'Anna');
  const empty = await sizeOf(store, file);
  const count = 4000;
  for (let done = 0; done < count; done += 200) {
    const months = Array.from({ length: 200 }, (_, i) =>
      device.envelope({ sid: sidOf(`mood ${Math.floor((done + i) / 60)}`) }),
    );
    const envelopes = await Promise.all(months);
    expect(envelopes.every((one) => one.length === 464)).toBe(true);
    await push(store, person, envelopes);
  }
  const each = ((await sizeOf(store, file)) - empty) / count;
  expect(each).toBeLessThanOrEqual(750);
  await store.close();
}, 60_000);

async function sizeOf(store: ReturnType<typeof openSqliteStore>, file: string): Promise<number> {
  await store.settleErasures();
  return statSync(file).size;
}

test('an erased body is in no file, neither after a replacement nor after a tombstone', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const { person, device } = await registered(store, 'Anna');
  const gone = [];
  for (let i = 0; i < 60; i += 1) {
    const rec = recOf(`r${i}`);
    const body = await device.envelope({ rec }, i % 5 === 0 ? 8192 : i % 3 === 0 ? 1024 : 256);
    const edited = await device.envelope(
      { rec, rev: 2, replaces: leafOfBytes(body) },
      i % 2 === 0 ? 512 : 2048,
    );
    const tombstone = await device.envelope({
      type: 'tombstone',
      rec,
      rev: 3,
      replaces: leafOfBytes(edited),
    });
    await push(store, person, [body]);
    await push(store, person, [edited]);
    gone.push(body);
    if (i % 2 === 0) {
      await push(store, person, [tombstone]);
      gone.push(edited);
    }
  }
  // The control: before the log is emptied, bodies are still found in it.
  expect(leftovers(file, gone)).toBeGreaterThan(0);
  await store.settleErasures();
  expect(leftovers(file, gone)).toBe(0);
  await store.close();
});

test('erased bodies leave the files by themselves, soon', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const { person, device } = await registered(store, 'Anna');
  const body = await device.envelope({ rec: recOf('r') });
  await push(store, person, [body]);
  await push(store, person, [
    await device.envelope({ type: 'tombstone', rec: recOf('r'), rev: 2, replaces: leafOfBytes(body) }),
  ]);
  await expect.poll(() => leftovers(file, [body]), { timeout: 5000 }).toBe(0);
  expect(idToBytes(person.acct)).toHaveLength(16);
  await store.close();
});

/** How many of these bodies are in the database or its log, by any 24 bytes of their ciphertext. */
function leftovers(file: string, bodies: readonly Uint8Array[]): number {
  const files = ['', '-wal', '-shm', '-journal']
    .map((end) => file + end)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path));
  return bodies.filter((body) =>
    [150, 200, 300].some((at) =>
      files.some((bytes) => bytes.includes(Buffer.from(body.subarray(at, at + 24)))),
    ),
  ).length;
}
