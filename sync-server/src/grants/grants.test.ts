import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import {
  type Bytes,
  type GrantedStream,
  type Read,
  ZERO_HASH,
  bytesToMailboxId,
  fromBase64url,
  objectHash,
  parseStub,
  randomBytes,
  toBase64url,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import {
  type Client,
  type Device,
  NOTHING_HELD,
  connect,
  grant,
  grantOf,
  join,
  kidOf,
  leafOfBytes,
  makePerson,
  readGrant,
  recOf,
  receipts,
  register,
  revoke,
  sidOf,
} from '../test-client.ts';

const whole = (name: string): GrantedStream => ({ sid: sidOf(name), kids: null });
const days = (name: string, ...kids: string[]): GrantedStream => ({
  sid: sidOf(name),
  kids: kids.map(kidOf),
});

async function annaAndBerg(server: Parameters<typeof join>[0]) {
  const anna = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const share = async (name: string, streams: readonly GrantedStream[], more = {}) =>
    anna.client.push({ grantLog: [await grant(anna.person, name, berg.person.acct, streams, more)] });
  return { anna, berg, share, to: berg.person.acct };
}

function extend(
  anna: { readonly person: Device['person'] },
  name: string,
  streams: readonly GrantedStream[],
): Promise<Bytes> {
  return anna.person.append(anna.person.grantLog, 'extend', { grant: grantOf(name), streams });
}

/** A walk from a cursor to the end, a page at a time. */
async function walk(
  client: Client,
  chain: ReturnType<typeof receipts>,
  name: string,
  since = '0.0',
  limit = 1000,
) {
  const items = [];
  let cursor = since;
  for (;;) {
    const reply = await readGrant(client, chain, name, cursor, limit);
    if (reply.kind !== 'grant') throw new Error(`refused: ${JSON.stringify(reply)}`);
    items.push(...reply.items);
    cursor = reply.cursor;
    if (!reply.more) return { items, cursor };
  }
}

const shape = (items: Awaited<ReturnType<typeof walk>>['items']) =>
  items.map(
    (item) =>
      `${item.sid === sidOf('mood') ? 'mood' : item.sid === sidOf('words') ? 'words' : 'other'} ${item.n} ${'env' in item ? 'body' : 'stub'}`,
  );

test('a grantee reads the streams of the grant and no others', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const envelopes = await Promise.all(
    ['mood', 'words', 'mood', 'sleep'].map((name) => anna.device.envelope({ sid: sidOf(name) })),
  );
  await anna.client.push({ envelopes });
  await share('g', [whole('mood')]);
  const { items } = await walk(berg.client, receipts(berg.client, 'g'), 'g');
  expect(shape(items)).toEqual(['mood 1 body', 'mood 2 body']);
});

test('check pull-kid: of a partly granted stream the other days are stubs, in their places', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const envelopes = await Promise.all(
    ['d1', 'd2', 'd1', 'd3'].map((kid) => anna.device.envelope({ sid: sidOf('mood'), kid: kidOf(kid) })),
  );
  await anna.client.push({ envelopes });
  await share('g', [days('mood', 'd1')]);
  const { items } = await walk(berg.client, receipts(berg.client, 'g'), 'g');
  expect(shape(items)).toEqual(['mood 1 body', 'mood 2 stub', 'mood 3 body', 'mood 4 stub']);
  const [, stub] = items;
  const parsed =
    stub !== undefined && 'stub' in stub ? parseStub(fromBase64url(stub.stub) ?? new Uint8Array()) : null;
  expect(parsed?.kid).toBe(kidOf('d2'));
});

test('check pull-sid: of two grants to one reader, each gives its own streams', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const make = (sid: string) => anna.device.envelope({ sid: sidOf(sid), kid: kidOf('d1') });
  await anna.client.push({ envelopes: [await make('mood'), await make('sleep')] });
  await share('g', [whole('mood')]);
  await share('h', [whole('sleep')]);
  expect(shape((await walk(berg.client, receipts(berg.client, 'g'), 'g')).items)).toEqual(['mood 1 body']);
  expect(shape((await walk(berg.client, receipts(berg.client, 'h'), 'h')).items)).toEqual(['other 1 body']);
});

test('widening a grant serves the stream again whole, in its order, with bodies where stubs were', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const make = (kid: string) => anna.device.envelope({ sid: sidOf('mood'), kid: kidOf(kid) });
  await anna.client.push({ envelopes: await Promise.all(['d1', 'd2', 'd1'].map(make)) });
  await share('g', [days('mood', 'd1')]);
  const chain = receipts(berg.client, 'g');
  const before = await walk(berg.client, chain, 'g');
  await anna.client.push({
    grantLog: [await extend(anna, 'g', [days('mood', 'd1', 'd2')])],
    envelopes: [await make('d2')],
  });
  const after = await walk(berg.client, chain, 'g', before.cursor, 2);
  expect(shape(after.items)).toEqual(['mood 1 body', 'mood 2 body', 'mood 3 body', 'mood 4 body']);
  expect(shape((await walk(berg.client, chain, 'g', '0.0', 3)).items)).toEqual(shape(after.items));
});

test('a walk from the start gives every leaf once, with rising n in each stream, whatever was admitted when', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const names = ['mood', 'words', 'sleep'];
  const push = async (count: number) => {
    const envelopes = [];
    for (let i = 0; i < count; i += 1) {
      envelopes.push(await anna.device.envelope({ sid: sidOf(names[i % 3] ?? ''), kid: kidOf(`d${i % 4}`) }));
    }
    await anna.client.push({ envelopes });
  };
  await push(7);
  await share('g', [whole('mood'), days('words', 'd1')]);
  await push(5);
  await anna.client.push({ grantLog: [await extend(anna, 'g', [days('words', 'd2'), whole('sleep')])] });
  await push(9);
  await anna.client.push({ grantLog: [await extend(anna, 'g', [whole('mood')])] });
  const chain = receipts(berg.client, 'g');
  for (const limit of [1, 2, 5, 1000]) {
    const { items } = await walk(berg.client, chain, 'g', '0.0', limit);
    expect(items).toHaveLength(21);
    for (const name of names) {
      const ns = items.filter((item) => item.sid === sidOf(name)).map((item) => item.n);
      expect(ns).toEqual(ns.map((_, at) => at + 1));
    }
  }
});

test('a revocation stops the next read, and says so with the signed objects', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
  await share('g', [whole('mood')]);
  const chain = receipts(berg.client, 'g');
  await walk(berg.client, chain, 'g');
  const revocation = await revoke(anna.person, 'g');
  await anna.client.push({ grantLog: [revocation] });
  const reply = await readGrant(berg.client, chain, 'g');
  expect(reply).toMatchObject({ kind: 'refused', reason: 'revoked' });
  expect(reply.kind === 'refused' && reply.grantLog.at(-1)).toBe(toBase64url(revocation));
});

test('check grant-active-now: before its first day and after its last a grant gives nothing', async () => {
  let now = Date.now();
  await using server = await startServer({
    clock: () => now,
    limits: { sessionIdleMs: 1e12, sessionMostMs: 1e12 },
  });
  const { berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')], { notBefore: now + 1000, expires: now + 2000 });
  const chain = receipts(berg.client, 'g');
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ reason: 'not-yet' });
  now += 1000;
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ kind: 'grant' });
  now += 1000;
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ reason: 'expired' });
});

test('check grant-over-for-good: a clock that is set back opens no grant again, not even after a restart', async () => {
  const right = Date.now();
  let now = right;
  const database = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-clock-')), 'evenkeel.sqlite');
  const options = { database, clock: () => now, limits: { sessionIdleMs: 1e12, sessionMostMs: 1e12 } };
  const first = await startServer(options);
  const { berg, share } = await annaAndBerg(first);
  await share('told', [whole('mood')], { expires: right + 1000 });
  const chain = receipts(berg.client, 'told');
  expect(await readGrant(berg.client, chain, 'told')).toMatchObject({ kind: 'grant' });
  now = right + 1000;
  expect(await readGrant(berg.client, chain, 'told')).toMatchObject({ reason: 'expired' });
  now = right - 365 * 86_400_000;
  expect(await readGrant(berg.client, chain, 'told')).toMatchObject({ reason: 'expired' });
  const copy = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-clock-')), 'evenkeel.sqlite');
  for (const end of ['', '-wal', '.place']) copyFileSync(database + end, copy + end);
  await first.close();

  await using second = await startServer({ ...options, database: copy, port: first.port });
  const client = await connect(second.url, berg.device);
  expect(await readGrant(client, chain, 'told'), 'the power was cut').toMatchObject({ reason: 'expired' });
});

test('a clock that was years ahead locks shares only until the host says that it was wrong', async () => {
  const right = Date.now();
  let now = right + 5 * 365 * 86_400_000;
  const database = joinPath(mkdtempSync(joinPath(tmpdir(), 'evenkeel-clock-')), 'evenkeel.sqlite');
  const options = { database, clock: () => now };
  const first = await startServer(options);
  const { anna, berg, share } = await annaAndBerg(first);
  await share('g', [whole('mood')], { expires: right + 86_400_000 });
  expect(await readGrant(berg.client, receipts(berg.client, 'g'), 'g')).toMatchObject({ reason: 'expired' });
  await first.close();

  now = right;
  const second = await startServer({ ...options, port: first.port });
  const anew = await connect(second.url, anna.device);
  await anew.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
  const client = await connect(second.url, berg.device);
  expect(await readGrant(client, receipts(client, 'g'), 'g')).toMatchObject({ reason: 'expired' });
  const code = await second.invite();
  const cem = await makePerson('Cem');
  await cem.addDevice('phone');
  expect((await register(second.url, cem, { kind: 'host', code })).status, 'all else goes on').toBe(200);
  await second.close();

  const store = openSqliteStore(database);
  await store.believeTime(now);
  await store.close();
  await using third = await startServer({ ...options, port: first.port });
  const after = await connect(third.url, berg.device);
  expect(await readGrant(after, receipts(after, 'g'), 'g')).toMatchObject({ kind: 'grant' });
});

test('a grant to somebody else is unknown, like one that does not exist', async () => {
  await using server = await startServer();
  const { share } = await annaAndBerg(server);
  const cole = await join(server, 'Dr Cole');
  await share('g', [whole('mood')]);
  const others = await readGrant(cole.client, receipts(cole.client, 'g'), 'g');
  const none = await readGrant(cole.client, receipts(cole.client, 'none'), 'none');
  expect(others).toMatchObject({ kind: 'refused', reason: 'unknown', grantLog: [], lastReceipt: null });
  expect({ ...none, grant: '' }).toEqual({ ...others, grant: '' });
});

test('the grants made to a reader are listed with their objects and their owner’s Account', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  await share('h', [whole('words')]);
  await anna.client.push({
    grantLog: [await revoke(anna.person, 'g')],
    envelopes: [await anna.device.envelope({ sid: sidOf('words'), epoch: 1 })],
  });
  const [reply] = (await berg.client.pull([{ kind: 'grants' }])).replies;
  const [account] = anna.person.deviceLog.objects;
  const objects = anna.person.grantLog.objects.map(toBase64url);
  expect(reply).toMatchObject({
    kind: 'grants',
    grants: [
      {
        grant: grantOf('g'),
        owner: anna.person.acct,
        account: toBase64url(account ?? new Uint8Array()),
        objects: [objects[0], objects[2]],
      },
      { grant: grantOf('h'), objects: [objects[1]] },
    ],
  });
});

test('checks receipt-signature, receipt-origin, receipt-grant, receipt-since and receipt-valid: without a fitting receipt there is no data', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
  await share('g', [whole('mood')]);
  const chain = receipts(berg.client, 'g');
  const byAnna = await receipts(anna.client, 'g').next('0.0');
  const wrong = [
    byAnna,
    await chain.next('0.0', { origin: 'https://elsewhere.example' }),
    await chain.next('0.0', { grant: grantOf('h') }),
    await chain.next('1.1'),
    randomBytes(200),
  ];
  for (const receipt of wrong) {
    const read: Read = {
      kind: 'grant',
      grant: grantOf('g'),
      since: '0.0',
      have: NOTHING_HELD,
      receipt: toBase64url(receipt),
    };
    const [reply] = (await berg.client.pull([read])).replies;
    expect(reply).toMatchObject({ kind: 'refused', reason: 'receipt-invalid', grantLog: { length: 1 } });
  }
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ kind: 'grant' });
});

test('check receipt-next: receipts follow one another; the same bytes are answered again, others in their place are not', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const chain = receipts(berg.client, 'g');
  const ask = async (receipt: Bytes) => {
    const read: Read = {
      kind: 'grant',
      grant: grantOf('g'),
      since: '0.0',
      have: NOTHING_HELD,
      receipt: toBase64url(receipt),
    };
    return (await berg.client.pull([read])).replies[0];
  };
  const startsLate = await chain.next('0.0', { seq: 1 });
  expect(await ask(startsLate)).toMatchObject({ reason: 'receipt-out-of-order', lastReceipt: null });
  const first = await chain.next('0.0');
  expect(await ask(first)).toMatchObject({ kind: 'grant' });
  expect(await ask(first)).toMatchObject({ kind: 'grant' });
  const other = await chain.next('0.0', { why: 'background' });
  expect(await ask(other)).toMatchObject({ reason: 'receipt-out-of-order', lastReceipt: toBase64url(first) });
  chain.advance(first);
  expect(await ask(await chain.next('0.0', { prev: ZERO_HASH }))).toMatchObject({
    reason: 'receipt-out-of-order',
  });
  expect(await ask(await chain.next('0.0', { seq: 2 }))).toMatchObject({ reason: 'receipt-out-of-order' });
  expect(await ask(await chain.next('0.0'))).toMatchObject({ kind: 'grant' });
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  expect(own?.kind === 'own' && own.receipts).toHaveLength(2);
  expect(own?.kind === 'own' && own.receipts[0]).toBe(toBase64url(first));
});

test('check receipt-size: a receipt says who read and why, and no more fits into it', async () => {
  await using server = await startServer();
  const { berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const chain = receipts(berg.client, 'g');
  const readWith = async (sealedPurpose: string) => {
    const receipt = await chain.next('0.0', { sealedPurpose });
    const read = { kind: 'grant', grant: grantOf('g'), since: '0.0', have: NOTHING_HELD } as const;
    return (await berg.client.pull([{ ...read, receipt: toBase64url(receipt) }])).replies[0];
  };
  expect(await readWith('A'.repeat(16_384))).toMatchObject({ reason: 'receipt-invalid' });
  expect(await readWith('A'.repeat(5527)), 'the longest purpose, with a certificate').toMatchObject({
    kind: 'grant',
  });
});

test('check receipt-room: receipts fill no more than their room, of the share and of the account; what is kept stays a chain', async () => {
  const limits = { grantReceiptBytes: 2000, accountReceiptBytes: 3000 };
  await using server = await startServer({ limits });
  const { anna, berg, share } = await annaAndBerg(server);
  const cole = await join(server, 'Dr Cole');
  await share('g', [whole('mood')]);
  await share('h', [whole('mood')]);
  await anna.client.push({
    grantLog: [await grant(anna.person, 'i', cole.person.acct, [whole('mood')])],
    envelopes: [await anna.device.envelope({ sid: sidOf('mood') })],
  });
  const chains = new Map(['g', 'h'].map((name) => [name, receipts(berg.client, name)]));
  const readAll = async (name: string) => {
    const chain = chains.get(name) ?? receipts(berg.client, name);
    for (let times = 0; ; times += 1) {
      const reply = await readGrant(berg.client, chain, name);
      if (reply.kind !== 'grant') return { times, reply };
    }
  };
  const first = await readAll('g');
  expect(first.reply).toMatchObject({ kind: 'refused', reason: 'receipt-invalid' });
  const second = await readAll('h');
  expect(second.reply).toMatchObject({ reason: 'receipt-invalid' });
  expect(await readGrant(cole.client, receipts(cole.client, 'i'), 'i')).toMatchObject({
    reason: 'receipt-invalid',
  });
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  const kept = own?.kind === 'own' ? own.receipts : [];
  expect(kept).toHaveLength(first.times + second.times);
  expect(first.times).toBeGreaterThan(second.times);
  expect(second.times).toBeGreaterThan(0);
  const bytes = kept.reduce((sum, text) => sum + (fromBase64url(text)?.length ?? 0), 0);
  expect(bytes).toBeLessThanOrEqual(limits.accountReceiptBytes);
  await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
});

test('after the owner took a new database as the continuation, a chain of receipts goes on where it was', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const chain = receipts(berg.client, 'g');
  const late = await chain.next('0.0', { seq: 12, prev: leafOfBytes(await anna.device.envelope({})) });
  const read: Read = {
    kind: 'grant',
    grant: grantOf('g'),
    since: '0.0',
    have: NOTHING_HELD,
    receipt: toBase64url(late),
  };
  expect((await berg.client.pull([read])).replies[0]).toMatchObject({ reason: 'receipt-out-of-order' });
  const accept = { origin: server.url, serverEpoch: anna.client.serverEpoch };
  await anna.client.push({
    deviceLog: [await anna.person.append(anna.person.deviceLog, 'epoch-accept', accept)],
  });
  expect((await berg.client.pull([read])).replies[0]).toMatchObject({ kind: 'grant' });
});

test('check grant-log-continues: a grant log that branches has moved', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  const fork = { ...anna.person.grantLog, objects: [] };
  await share('g', [whole('mood')]);
  const before = { ...anna.person.grantLog };
  Object.assign(anna.person.grantLog, fork);
  const branch = await grant(anna.person, 'h', berg.person.acct, [whole('words')]);
  expect(await anna.client.pushProblem({ grantLog: [branch] })).toBe('log-moved');
  Object.assign(anna.person.grantLog, before);
  const gap = await anna.person.append({ ...anna.person.grantLog, seq: 7, objects: [] }, 'extend', {
    grant: grantOf('g'),
    streams: [],
  });
  expect(await anna.client.pushProblem({ grantLog: [gap] })).toBe('log-moved');
});

test('a revocation that skips an epoch, and an extension of a revoked grant, are refused', async () => {
  await using server = await startServer();
  const { anna, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const log = anna.person.grantLog;
  const skipping = await anna.person.append({ ...log, objects: [] }, 'revoke', {
    grant: grantOf('g'),
    epoch: 2,
  });
  expect(await anna.client.pushProblem({ grantLog: [skipping] })).toBe('object-refused');
  await anna.client.push({ grantLog: [await revoke(anna.person, 'g')] });
  expect(await anna.client.pushProblem({ grantLog: [await extend(anna, 'g', [whole('words')])] })).toBe(
    'object-refused',
  );
});

test('check grantee-exists and grantee-is-another: a grant is to another account of this server', async () => {
  await using server = await startServer();
  const { anna } = await annaAndBerg(server);
  const nobody = await makePerson('Nobody');
  const log = { ...anna.person.grantLog };
  expect(await anna.client.pushProblem({ grantLog: [await grant(anna.person, 'g', nobody.acct, [])] })).toBe(
    'grant-refused',
  );
  Object.assign(anna.person.grantLog, log);
  expect(
    await anna.client.pushProblem({ grantLog: [await grant(anna.person, 'h', anna.person.acct, [])] }),
  ).toBe('grant-refused');
});

test('a whole diary that arrives from another server may name grantees who are not here yet', async () => {
  await using server = await startServer();
  const anna = await makePerson('Anna');
  const phone = await anna.addDevice('phone');
  const berg = await makePerson('Dr Berg');
  await berg.addDevice('laptop');
  await anna.append(anna.deviceLog, 'epoch-accept', {
    origin: server.url,
    serverEpoch: server.store.serverEpoch,
  });
  await grant(anna, 'g', berg.acct, [whole('mood')]);
  expect((await register(server.url, anna, { kind: 'host', code: await server.invite() })).status).toBe(200);
  expect((await connect(server.url, phone)).token).toHaveLength(43);
});

test('check grant-expiry: a host may ask that grants end', async () => {
  await using server = await startServer({ limits: { grantMostMs: 1000 } });
  const { anna, to } = await annaAndBerg(server);
  const now = Date.now();
  const log = { ...anna.person.grantLog };
  for (const expires of [null, now + 60_000]) {
    Object.assign(anna.person.grantLog, { seq: log.seq, hash: log.hash });
    expect(
      await anna.client.pushProblem({
        grantLog: [await grant(anna.person, 'g', to, [], { notBefore: now, expires })],
      }),
    ).toBe('grant-refused');
  }
  Object.assign(anna.person.grantLog, { seq: log.seq, hash: log.hash });
  expect(
    await anna.client.pushProblem({
      grantLog: [await grant(anna.person, 'g', to, [], { notBefore: now, expires: now + 500 })],
    }),
  ).toBeNull();
});

test('check grant-count: only so many grants are active at once', async () => {
  await using server = await startServer({ limits: { activeGrants: 2 } });
  const { anna, to, share } = await annaAndBerg(server);
  await share('1', []);
  await share('2', []);
  const log = { ...anna.person.grantLog };
  expect(await anna.client.pushProblem({ grantLog: [await grant(anna.person, '3', to, [])] })).toBe(
    'quota-exceeded',
  );
  Object.assign(anna.person.grantLog, { seq: log.seq, hash: log.hash });
  await anna.client.push({ grantLog: [await revoke(anna.person, '1')] });
  expect(await anna.client.pushProblem({ grantLog: [await grant(anna.person, '3', to, [])] })).toBeNull();
});

test('check grant-log-quota: a full account grants nothing more, and still revokes', async () => {
  await using server = await startServer({ limits: { accountBytes: 2500 } });
  const { anna, to, share } = await annaAndBerg(server);
  await share('1', []);
  const log = { ...anna.person.grantLog };
  const wide = await grant(anna.person, '2', to, [
    days('mood', ...Array.from({ length: 50 }, (_, day) => `d${day}`)),
  ]);
  expect(await anna.client.pushProblem({ grantLog: [wide] })).toBe('quota-exceeded');
  Object.assign(anna.person.grantLog, { seq: log.seq, hash: log.hash });
  expect(await anna.client.pushProblem({ grantLog: [await revoke(anna.person, '1')] })).toBeNull();
});

test('check grant-id-unused: an id names one grant on a server', async () => {
  await using server = await startServer();
  const { share, to } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const cole = await join(server, 'Cole');
  expect(await cole.client.pushProblem({ grantLog: [await grant(cole.person, 'g', to, [])] })).toBe(
    'grant-refused',
  );
});

async function pack(
  device: Device,
  name: string,
  to: string,
  changed: Readonly<Record<string, unknown>> = {},
): Promise<Bytes> {
  const packId = bytesToMailboxId(randomBytes(16));
  return device.signObject('key-pack', {
    grant: grantOf(name),
    packId,
    to,
    ephPk: device.key.publicKey,
    sealed: 'AQID',
    ...changed,
  });
}

test('a key pack reaches the grantee and the owner’s devices, and goes with the revocation', async () => {
  await using server = await startServer();
  const { anna, berg, share, to } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const sent = await pack(anna.device, 'g', to);
  await anna.client.push({ packs: [sent] });
  await anna.client.push({ packs: [sent] });
  const reply = await readGrant(berg.client, receipts(berg.client, 'g'), 'g');
  expect(reply).toMatchObject({ kind: 'grant', packs: [toBase64url(sent)] });
  await anna.client.push({ grantLog: [await revoke(anna.person, 'g')] });
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  expect(own).toMatchObject({ kind: 'own', packs: [] });
});

test('checks pack-signature, pack-recipient, pack-once, side-grant-active: a pack is for the grantee of an active grant', async () => {
  await using server = await startServer();
  const { anna, berg, share, to } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const flipped = new Uint8Array(await pack(anna.device, 'g', to));
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  expect(await anna.client.pushProblem({ packs: [flipped] })).toBe('object-refused');
  expect(await anna.client.pushProblem({ packs: [await pack(berg.device, 'g', to)] })).toBe('object-refused');
  expect(await anna.client.pushProblem({ packs: [await pack(anna.device, 'g', anna.person.acct)] })).toBe(
    'grant-refused',
  );
  expect(await anna.client.pushProblem({ packs: [await pack(anna.device, 'none', to)] })).toBe(
    'grant-refused',
  );
  const packId = bytesToMailboxId(randomBytes(16));
  await anna.client.push({ packs: [await pack(anna.device, 'g', to, { packId })] });
  expect(
    await anna.client.pushProblem({ packs: [await pack(anna.device, 'g', to, { packId, sealed: 'BAUG' })] }),
  ).toBe('object-refused');
  await anna.client.push({ grantLog: [await revoke(anna.person, 'g')] });
  expect(await anna.client.pushProblem({ packs: [await pack(anna.device, 'g', to)] })).toBe('grant-refused');
});

function head(
  client: Client,
  device: Device,
  changed: Readonly<Record<string, unknown>> = {},
): Promise<Bytes> {
  const tip = { seq: 0, hash: ZERO_HASH };
  return device.signObject('head', {
    seq: 0,
    prev: ZERO_HASH,
    time: 0,
    origin: client.url,
    serverEpoch: client.serverEpoch,
    deviceLog: tip,
    grantLog: tip,
    full: false,
    streams: [],
    ...changed,
  });
}
function grantHead(
  client: Client,
  device: Device,
  name: string,
  changed: Readonly<Record<string, unknown>> = {},
): Promise<Bytes> {
  return device.signObject('grant-head', {
    grant: grantOf(name),
    seq: 0,
    prev: ZERO_HASH,
    time: 0,
    origin: client.url,
    serverEpoch: client.serverEpoch,
    deviceLog: { seq: 0, hash: ZERO_HASH },
    grantObject: ZERO_HASH,
    streams: [],
    ...changed,
  });
}

test('heads reach the owner, grant heads the grantee, neither the other', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const heads = [await head(anna.client, anna.device), await grantHead(anna.client, anna.device, 'g')];
  await anna.client.push({ heads });
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  const read = await readGrant(berg.client, receipts(berg.client, 'g'), 'g');
  expect(own?.kind === 'own' && own.heads).toEqual(heads.slice(0, 1).map(toBase64url));
  expect(read.kind === 'grant' && read.heads).toEqual(heads.slice(1).map(toBase64url));
});

test('checks head-signature, grant-head-signature, head-origin, head-server-epoch: a head is of this server, by a device of the account', async () => {
  await using server = await startServer();
  const { anna, berg, share } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  const flip = (bytes: Bytes) => {
    const flipped = new Uint8Array(bytes);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    return flipped;
  };
  const wrong = [
    flip(await head(anna.client, anna.device)),
    flip(await grantHead(anna.client, anna.device, 'g')),
    await head(anna.client, berg.device),
    await head(anna.client, anna.device, { origin: 'https://elsewhere.example' }),
    await head(anna.client, anna.device, { serverEpoch: bytesToMailboxId(randomBytes(16)) }),
  ];
  for (const bytes of wrong) expect(await anna.client.pushProblem({ heads: [bytes] })).toBe('object-refused');
});

test('check head-next: heads of a device follow one another, and one sent twice is done', async () => {
  await using server = await startServer();
  const { anna } = await annaAndBerg(server);
  const first = await head(anna.client, anna.device);
  const second = await head(anna.client, anna.device, { seq: 1, prev: objectHash(first) });
  await anna.client.push({ heads: [first, second] });
  await anna.client.push({ heads: [first] });
  expect(
    await anna.client.pushProblem({ heads: [await head(anna.client, anna.device, { full: true })] }),
  ).toBe('object-refused');
  expect(await anna.client.pushProblem({ heads: [await head(anna.client, anna.device, { seq: 2 })] })).toBe(
    'object-refused',
  );
  expect(
    await anna.client.pushProblem({
      heads: [await head(anna.client, anna.device, { seq: 3, prev: objectHash(second) })],
    }),
  ).toBe('object-refused');
});

test('only the last heads of a device are kept, and the last full one', async () => {
  await using server = await startServer({ limits: { headsKept: 2 } });
  const { anna } = await annaAndBerg(server);
  let prev = ZERO_HASH;
  const all = [];
  for (let seq = 0; seq < 6; seq += 1) {
    const bytes = await head(anna.client, anna.device, { seq, prev, full: seq <= 1 });
    prev = objectHash(bytes);
    all.push(toBase64url(bytes));
    await anna.client.push({ heads: [bytes] });
  }
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  expect(own?.kind === 'own' && own.heads).toEqual([all[1], all[4], all[5]]);
});

test('the head that a removal names is kept for ever, however many follow it', async () => {
  await using server = await startServer({ limits: { headsKept: 2 } });
  const { anna } = await annaAndBerg(server);
  const laptop = await anna.person.addDevice('laptop');
  await anna.client.push({ deviceLog: anna.person.deviceLog.objects });
  const first = await head(anna.client, anna.device);
  const cut = await head(anna.client, anna.device, { seq: 1, prev: objectHash(first), full: true });
  const removal = { dev: laptop.dev, cut: objectHash(cut) };
  await anna.client.push({
    deviceLog: [await anna.person.append(anna.person.deviceLog, 'device-revoke', removal)],
    heads: [first, cut],
  });
  let last = cut;
  for (let seq = 2; seq < 8; seq += 1) {
    last = await head(anna.client, anna.device, { seq, prev: objectHash(last), full: seq === 4 });
    await anna.client.push({ heads: [last] });
  }
  const [own] = (await anna.client.pull([{ kind: 'own', since: '0.0', have: NOTHING_HELD }])).replies;
  expect(own?.kind === 'own' && own.heads).toHaveLength(4);
  expect(own?.kind === 'own' && own.heads[0]).toBe(toBase64url(cut));
});

test('check side-device-not-revoked: what a revoked device signed is not taken from anybody', async () => {
  await using server = await startServer();
  const { anna } = await annaAndBerg(server);
  const laptop = await anna.person.addDevice('laptop');
  await anna.client.push({ deviceLog: anna.person.deviceLog.objects });
  await anna.client.push({
    deviceLog: [
      await anna.person.append(anna.person.deviceLog, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH }),
    ],
  });
  expect(await anna.client.pushProblem({ heads: [await head(anna.client, laptop)] })).toBe('device-revoked');
});

test('check side-quota: a full account takes no more packs', async () => {
  await using server = await startServer({ limits: { accountBytes: 3000 } });
  const { anna, share, to } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  expect(
    await anna.client.pushProblem({
      packs: [await pack(anna.device, 'g', to, { sealed: 'A'.repeat(4000) })],
    }),
  ).toBe('quota-exceeded');
});

test('what a read holds already is not sent again', async () => {
  await using server = await startServer();
  const { anna, berg, share, to } = await annaAndBerg(server);
  await share('g', [whole('mood')]);
  await anna.client.push({
    packs: [await pack(anna.device, 'g', to)],
    envelopes: [await anna.device.envelope({ sid: sidOf('mood'), rec: recOf('r') })],
  });
  const chain = receipts(berg.client, 'g');
  const first = await readGrant(berg.client, chain, 'g');
  if (first.kind !== 'grant') throw new Error('refused');
  const have = { deviceLog: first.deviceLog.length, grantLog: first.grantLog.length, side: first.side };
  const receipt = toBase64url(await chain.next(first.cursor));
  const [second] = (
    await berg.client.pull([{ kind: 'grant', grant: grantOf('g'), since: first.cursor, have, receipt }])
  ).replies;
  expect(second).toMatchObject({
    kind: 'grant',
    items: [],
    more: false,
    deviceLog: [],
    grantLog: [],
    packs: [],
    heads: [],
    cursor: first.cursor,
    side: first.side,
  });
});
