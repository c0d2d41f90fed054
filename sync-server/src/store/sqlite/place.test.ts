import { chownSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ZERO_HASH } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../../start-server.ts';
import { connect, grant, join, readGrant, recOf, receipts, sidOf } from '../../test-client.ts';
import { push, registered } from '../store-suite.ts';
import { openSqliteStore } from './open.ts';

const newFile = () => joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-place-')), 'evenkeel.sqlite');

test('a backup that is put back is a new epoch, in which what was used once cannot be used again', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  const { person, device } = await registered(first, 'Anna');
  await push(first, person, [await device.envelope({})]);
  await first.addInvitation(ZERO_HASH, Number.MAX_SAFE_INTEGER);
  copyFileSync(file, `${file}.backup`);
  copyFileSync(`${file}-wal`, `${file}.backup-wal`);
  await push(first, person, [await device.envelope({ rec: recOf('later') })]);
  await first.close();

  for (const suffix of ['', '-wal']) renameSync(`${file}.backup${suffix}`, `${file}${suffix}`);
  const second = openSqliteStore(file);
  expect(second.serverEpoch).not.toBe(first.serverEpoch);
  expect(await second.findAccount(person.acct)).toMatchObject({ seq: 3, adopted: false });
  expect(await second.admits({ kind: 'host', codeHash: ZERO_HASH }, 0)).toBe(false);
  await second.close();

  const third = openSqliteStore(file);
  expect(third.serverEpoch, 'and that one stays').toBe(second.serverEpoch);
  await third.close();
});

test('a copy in a folder of its own is a new epoch, a folder that moved as a whole is not', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  await first.close();
  const copy = newFile();
  copyFileSync(file, copy);
  const copied = openSqliteStore(copy);
  expect(copied.serverEpoch).not.toBe(first.serverEpoch);
  await copied.close();
  const moved = newFile();
  for (const suffix of ['', '.place']) renameSync(`${file}${suffix}`, `${moved}${suffix}`);
  const third = openSqliteStore(moved);
  expect(third.serverEpoch).toBe(first.serverEpoch);
  await third.close();
});

test('a start or a stop that was cut off half-way is not a backup: the epoch stays', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  await first.close();
  for (let times = 0; times < 2; times += 1) {
    const raw = new DatabaseSync(file);
    raw.exec('UPDATE server SET turns = turns + 1');
    raw.close();
    const again = openSqliteStore(file);
    expect(again.serverEpoch).toBe(first.serverEpoch);
    await again.close();
  }
  const raw = new DatabaseSync(file);
  raw.exec('UPDATE server SET turns = turns + 2');
  raw.close();
  const other = openSqliteStore(file);
  expect(other.serverEpoch, 'two turns ahead is another database').not.toBe(first.serverEpoch);
  await other.close();
});

test('a disk that is full, start after start, is not a backup either', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  await first.close();
  mkdirSync(`${file}.place.new`);
  for (let times = 0; times < 3; times += 1) expect(() => openSqliteStore(file)).toThrow();
  rmSync(`${file}.place.new`, { recursive: true });
  const again = openSqliteStore(file);
  expect(again.serverEpoch).toBe(first.serverEpoch);
  await again.close();
});

test.runIf(process.getuid?.() === 0)(
  'the mark belongs to whom the database belongs, though root ran a command',
  async () => {
    const file = newFile();
    await openSqliteStore(file).close();
    chownSync(file, 12_345, 12_345);
    await openSqliteStore(file).close();
    expect(statSync(`${file}.place`).uid).toBe(12_345);
  },
);

test('a mark beside the database that cannot be read is no sign of a backup: the start is refused', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  await first.close();
  rmSync(`${file}.place`);
  mkdirSync(`${file}.place`);
  expect(() => openSqliteStore(file)).toThrow('evenkeel.sqlite.place');
  rmSync(`${file}.place`, { recursive: true });
});

test('check grant-owner-back: after a backup was put back nobody reads a share before its owner was there', async () => {
  const database = newFile();
  const first = await startServer({ database });
  const anna = await join(first, 'Anna');
  const berg = await join(first, 'Dr Berg');
  await anna.client.push({
    envelopes: [await anna.device.envelope({ sid: sidOf('mood') })],
    grantLog: [await grant(anna.person, 'g', berg.person.acct, [{ sid: sidOf('mood'), kids: null }])],
  });
  const chain = receipts(berg.client, 'g');
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ kind: 'grant' });
  await first.close();

  const copy = newFile();
  copyFileSync(database, copy);
  await using second = await startServer({ database: copy, port: first.port });
  const client = await connect(second.url, berg.device);
  expect(await readGrant(client, chain, 'g')).toMatchObject({ kind: 'refused', reason: 'not-yet' });
  const owner = await connect(second.url, anna.device);
  await owner.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
  expect(await readGrant(client, chain, 'g')).toMatchObject({ kind: 'refused', reason: 'not-yet' });
  const accept = await anna.person.append(anna.person.deviceLog, 'epoch-accept', {
    time: Date.now(),
    origin: second.url,
    serverEpoch: owner.serverEpoch,
  });
  await owner.push({ deviceLog: [accept] });
  expect(await readGrant(client, chain, 'g')).toMatchObject({ kind: 'grant' });
});
