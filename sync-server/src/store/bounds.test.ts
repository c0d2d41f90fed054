/** What bounds each table: docs/decisions/0030-the-server-keeps-its-limits.md has the same list in words. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import {
  type Bytes,
  DEFAULT_LIMITS,
  ZERO_HASH,
  bytesToKeyId,
  bytesToMailboxId,
  randomBytes,
  sha256,
  toBase64url,
  utf8,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import {
  type Client,
  type Person,
  ask,
  connect,
  grant,
  grantOf,
  join,
  leafOfBytes,
  makePerson,
  readGrant,
  recOf,
  receipts,
  register,
  revoke,
  sidOf,
} from '../test-client.ts';
import { countRows } from './sqlite/count-rows.test-support.ts';

const LIMITS = {
  ...DEFAULT_LIMITS,
  accounts: 3,
  offerAdmissions: 1,
  accountBytes: 30_000,
  accountStreams: 3,
  devices: 2,
  deviceLogObjects: 8,
  headsKept: 2,
  mailboxes: 2,
  grantReceiptBytes: 2000,
  accountReceiptBytes: 3000,
  requestsPerMinute: 1e6,
  requestBurst: 1e6,
  pushesPerMinute: 1e6,
};
/** Names, keys and hashes: no object, body or stub that is counted is smaller. */
const leastBytes = { stub: 80, object: 200, kid: 22, receipt: 300 };
const counted = (least: number): number => Math.ceil(LIMITS.accountBytes / least);
const deviceLog = 2 * LIMITS.deviceLogObjects;
const grants = counted(leastBytes.object);
const MOST_RINGS = 200;

/** Of one account; of the server where it says so. */
const BOUND: Readonly<Record<string, number>> = {
  device: deviceLog,
  // A revocation is taken in a full account too, one for each grant.
  log_object: deviceLog + 2 * grants,
  share: grants,
  share_stream: counted(leastBytes.kid),
  share_kid: counted(leastBytes.kid),
  stream: LIMITS.accountStreams,
  leaf: counted(leastBytes.stub),
  record: counted(leastBytes.stub),
  old_leaf: counted(leastBytes.stub),
  side: counted(leastBytes.object) + Math.ceil(LIMITS.accountReceiptBytes / leastBytes.receipt),
  letter: LIMITS.mailboxes,
  recovery: 1,
  ring_plan: LIMITS.devices,
  ring: LIMITS.devices * MOST_RINGS,
};
const BOUND_OF_SERVER: Readonly<Record<string, number>> = {
  server: 1,
  push_key: 1,
  account: LIMITS.accounts,
  /** Made by the host alone, and forgotten an hour after their day. */
  invitation: 3,
};

test('every table has a bound, and who tries again and again to fill each of them meets it', async () => {
  const database = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-bounds-')), 'evenkeel.sqlite');
  await using server = await startServer({ database, limits: LIMITS });
  const eve = await join(server, 'Eve');
  const accomplice = await join(server, 'Accomplice');
  const fill = async (round: number): Promise<void> => {
    await fillDiary(eve.client, round);
    await fillShares(eve, accomplice, round);
    await fillSides(eve.client, `g${round}`, accomplice.person.acct);
    await fillOther(eve.client, round);
    await letSomebodyIn(eve.client, round);
    await changeDevices(eve.person, server.url, round);
  };
  for (let round = 0; round < 30; round += 1) await fill(round);
  const rows = countRows(database);
  for (let round = 30; round < 40; round += 1) await fill(round);
  expect(countRows(database), 'what is full does not grow').toEqual(rows);
  expect(Object.keys(rows).toSorted()).toEqual(
    [...Object.keys(BOUND), ...Object.keys(BOUND_OF_SERVER)].toSorted(),
  );
  const page = readFileSync(
    joinPath(import.meta.dirname, '../../../docs/decisions/0030-the-server-keeps-its-limits.md'),
    'utf8',
  );
  for (const [table, count] of Object.entries(rows)) {
    const bound = BOUND_OF_SERVER[table] ?? (BOUND[table] ?? 0) * LIMITS.accounts;
    expect(count, `${table}: there was a try`).toBeGreaterThan(0);
    expect(count, table).toBeLessThanOrEqual(bound);
    expect(page).toContain(`\`${table}\``);
  }
});

const texts = (list: readonly Bytes[]): string[] => list.map(toBase64url);
/** What is refused is refused: the next try comes anyway. */
const offer = (client: Client, what: Parameters<Client['pushProblem']>[0]) => client.pushProblem(what);

async function fillDiary(client: Client, round: number): Promise<void> {
  const sid = sidOf(`s${round % 4}`);
  const rec = recOf(`r${round}`);
  const { epoch } = client.device.person;
  const body = await client.device.envelope({ sid, rec, epoch });
  const edited = await client.device.envelope({ sid, rec, epoch, rev: 2, replaces: leafOfBytes(body) });
  await offer(client, { envelopes: [body] });
  await offer(client, { envelopes: [edited] });
  const replaces = leafOfBytes(edited);
  const type = 'tombstone';
  await offer(client, {
    envelopes: [await client.device.envelope({ type, sid, rec, epoch, rev: 3, replaces })],
  });
}

type Joined = Awaited<ReturnType<typeof join>>;

async function fillShares(eve: Joined, reader: Joined, round: number): Promise<void> {
  const { person, client } = eve;
  const log = { ...person.grantLog };
  const kids = Array.from({ length: 30 }, () => bytesToKeyId(randomBytes(16)));
  const streams = [{ sid: sidOf(`s${round}`), kids }];
  const made = await grant(person, `g${round}`, reader.person.acct, streams);
  if ((await offer(client, { grantLog: [made] })) !== null) {
    Object.assign(person.grantLog, { seq: log.seq, hash: log.hash });
    return;
  }
  const chain = receipts(reader.client, `g${round}`);
  for (let reads = 0; reads < 8; reads += 1) await readGrant(reader.client, chain, `g${round}`);
  if (round % 2 === 0) await offer(client, { grantLog: [await revoke(person, `g${round}`)] });
}

async function fillSides(client: Client, name: string, to: string): Promise<void> {
  const { device, serverEpoch } = client;
  const tip = { seq: 0, hash: ZERO_HASH };
  const common = { time: 0, origin: client.url, serverEpoch, deviceLog: tip, streams: [], prev: ZERO_HASH };
  const head = await device.signObject('head', { ...common, seq: 0, grantLog: tip, full: true });
  const pack = await device.signObject('key-pack', {
    grant: grantOf(name),
    packId: bytesToMailboxId(randomBytes(16)),
    to,
    ephPk: device.key.publicKey,
    sealed: 'AQID',
  });
  await offer(client, { heads: [head] });
  await offer(client, { packs: [pack] });
}

async function fillOther(client: Client, round: number): Promise<void> {
  const id = bytesToMailboxId(randomBytes(16));
  await client.ask('PUT', '/v1/recovery', { id, wrap: toBase64url(randomBytes(100)) });
  const at = Array.from({ length: MOST_RINGS }, (_, minute) => Date.now() + (minute + 10) * 60_000);
  const push = { endpoint: 'https://push.example/send/eve', at };
  const plan = { origin: client.url, time: Date.now() + round, push };
  const object = toBase64url(await client.device.signObject('ring-plan', plan));
  await client.ask('PUT', '/v1/rings', { object });
}

async function letSomebodyIn(client: Client, round: number): Promise<void> {
  const id = bytesToMailboxId(randomBytes(16));
  const letter = utf8('sealed');
  const said = { origin: client.url, id, kind: 'offer', time: 0, hash: toBase64url(sha256(letter)) };
  const object = toBase64url(await client.device.signObject('mailbox', said));
  await client.ask('PUT', `/v1/mailbox/${id}`, { object, letter: toBase64url(letter) });
  const guest = await makePerson(`Guest ${round}`);
  await guest.addDevice('phone');
  await register(client.url, guest, { kind: 'offer', mailbox: id });
}

async function changeDevices(person: Person, url: string, round: number): Promise<void> {
  const log = { ...person.deviceLog };
  const device = await person.addDevice(`phone ${round}`);
  const added = person.deviceLog.objects.slice(-1);
  const answer = await ask(url, 'POST', '/v1/device-log', { acct: person.acct, objects: texts(added) });
  if (answer.code !== null) {
    Object.assign(person.deviceLog, { seq: log.seq, hash: log.hash });
    return;
  }
  await connect(url, device);
  const removal = await person.append(person.deviceLog, 'device-revoke', { dev: device.dev, cut: ZERO_HASH });
  await ask(url, 'POST', '/v1/device-log', { acct: person.acct, objects: texts([removal]) });
}
