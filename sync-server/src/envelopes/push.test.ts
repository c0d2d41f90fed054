import {
  type PushedEnvelope,
  ZERO_HASH,
  concat,
  envelopeSignedBytes,
  parseStub,
  chainNext,
  chainStart,
  leafOfStub,
  fromBase64url,
  toBase64url,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import {
  type Client,
  join,
  kidOf,
  leafOfBytes,
  makeDevice,
  recOf,
  revoke,
  grant,
  sidOf,
} from '../test-client.ts';

function leafOfStubText(text: string) {
  const stub = parseStub(fromBase64url(text) ?? new Uint8Array());
  if (stub === null) throw new TypeError('not a stub');
  return leafOfStub(stub);
}

async function pushOne(client: Client, envelope: Uint8Array<ArrayBuffer>) {
  const [result] = (await client.push({ envelopes: [envelope] })).envelopes;
  if (result === undefined) throw new TypeError('no answer to the envelope');
  return result;
}

test('what is pushed is pulled, byte for byte, in the order of the account', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const envelopes = await Promise.all([1, 2, 3].map(() => device.envelope({ sid: sidOf('mood') })));
  const pushed = await client.push({ envelopes });
  expect(pushed.envelopes.map((one) => one.status === 'done' && one.n)).toEqual([1, 2, 3]);
  const items = await client.pullAll(2);
  expect(items.map((item) => ('env' in item ? item.env : null))).toEqual(envelopes.map(toBase64url));
});

test('the chain of a stream can be computed from what is pulled', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r') });
  const second = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
  await client.push({ envelopes: [first] });
  await client.push({ envelopes: [second] });
  const items = await client.pullAll();
  let chain = chainStart(person.acct, sidOf('a'), client.serverEpoch);
  for (const item of items) {
    const leaf =
      'env' in item ? leafOfBytes(fromBase64url(item.env) ?? new Uint8Array()) : leafOfStubText(item.stub);
    chain = chainNext(chain, leaf);
  }
  const expected = chainNext(
    chainNext(chainStart(person.acct, sidOf('a'), client.serverEpoch), leafOfBytes(first)),
    leafOfBytes(second),
  );
  expect(items.map((item) => item.n)).toEqual([1, 2]);
  expect(items[0]).toHaveProperty('stub');
  expect(chain).toBe(expected);
});

test('check known-leaf: the current version again is done, and one that was replaced meets the current one', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r') });
  const second = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
  const done = await pushOne(client, first);
  expect(await pushOne(client, first)).toEqual(done);
  await pushOne(client, second);
  expect(await pushOne(client, second)).toMatchObject({ status: 'done', n: 2 });
  expect(await pushOne(client, first)).toEqual({ status: 'conflict', current: toBase64url(second) });
  expect(await client.pullAll()).toHaveLength(2);
});

test('check known-leaf: the current version is done although its device was revoked and its epoch is old', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const laptop = await person.addDevice('laptop');
  const envelope = await laptop.envelope({});
  await client.push({ deviceLog: person.deviceLog.objects, envelopes: [envelope] });
  await grant(person, 'g', berg.person.acct, []);
  await revoke(person, 'g');
  await person.append(person.deviceLog, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH });
  await client.push({ deviceLog: person.deviceLog.objects, grantLog: person.grantLog.objects });
  expect(await pushOne(client, envelope)).toMatchObject({ status: 'done', n: 1 });
  expect(await pushOne(client, await laptop.envelope({}))).toEqual({
    status: 'refused',
    reason: 'device-revoked',
  });
  expect(await pushOne(client, await device.envelope({ epoch: 0 }))).toEqual({
    status: 'refused',
    reason: 'old-epoch',
  });
});

test('check envelope-parse and envelope-size: what is no envelope is refused alone', async () => {
  await using server = await startServer({ limits: { envelopeBytes: 1000 } });
  const { client, device } = await join(server, 'Anna');
  const fine = await device.envelope({});
  const large = await device.envelope({}, 1024);
  const { envelopes } = await client.push({ envelopes: [fine.subarray(0, 300), large, fine] });
  expect(envelopes).toMatchObject([
    { status: 'refused', reason: 'malformed' },
    { status: 'refused', reason: 'too-large' },
    { status: 'done' },
  ]);
});

test('check push-count: more envelopes than a push may hold are refused together', async () => {
  await using server = await startServer({ limits: { pushEnvelopes: 2 } });
  const { client, device } = await join(server, 'Anna');
  const envelopes = await Promise.all([1, 2, 3].map(() => device.envelope({})));
  expect(await client.pushProblem({ envelopes })).toBe('too-large');
  expect(await client.pushProblem({ envelopes: envelopes.slice(1) })).toBeNull();
});

test('check device-in-log: an envelope of a device that nobody certified is refused', async () => {
  await using server = await startServer();
  const { client, person } = await join(server, 'Anna');
  const stranger = await makeDevice(person, 'stranger');
  expect(await pushOne(client, await stranger.envelope({}))).toEqual({
    status: 'refused',
    reason: 'unknown-device',
  });
});

test('check device-not-revoked: a revoked device writes nothing more, in the push that revokes it too', async () => {
  await using server = await startServer();
  const { client, person } = await join(server, 'Anna');
  const laptop = await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const revocation = await person.append(person.deviceLog, 'device-revoke', {
    dev: laptop.dev,
    cut: ZERO_HASH,
  });
  const { envelopes } = await client.push({
    deviceLog: [revocation],
    envelopes: [await laptop.envelope({})],
  });
  expect(envelopes).toEqual([{ status: 'refused', reason: 'device-revoked' }]);
});

test('check envelope-signature: a flipped bit, and the right bytes signed for another account, are forged', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const other = await join(server, 'Bea');
  const envelope = await device.envelope({});
  const flipped = new Uint8Array(envelope);
  flipped[200] = (flipped[200] ?? 0) ^ 1;
  const before = envelope.subarray(0, envelope.length - 64);
  const forOther = concat(before, await device.key.sign(envelopeSignedBytes(other.person.acct, before)));
  for (const forged of [flipped, forOther]) {
    expect(await pushOne(client, forged)).toEqual({ status: 'refused', reason: 'forged' });
  }
});

test('check epoch: from the revocation on, an envelope of the epoch before is refused', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  await client.push({ grantLog: [await grant(person, 'g', berg.person.acct, [])] });
  const late = await device.envelope({ epoch: 0 });
  const { envelopes } = await client.push({
    grantLog: [await revoke(person, 'g')],
    envelopes: [late, await device.envelope({ epoch: 1 })],
  });
  expect(envelopes).toMatchObject([{ status: 'refused', reason: 'old-epoch' }, { status: 'done' }]);
});

test('check min-suite: an account that asks for a newer suite takes no older one', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  await client.push({ deviceLog: [await person.append(person.deviceLog, 'min-suite', { suite: 2 })] });
  expect(await pushOne(client, await device.envelope({}))).toEqual({
    status: 'refused',
    reason: 'suite-too-old',
  });
});

test('check reserved-type: a volume is not taken yet', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  expect(await pushOne(client, await device.envelope({ type: 'volume' }))).toEqual({
    status: 'refused',
    reason: 'malformed',
  });
});

test('check one-stream-per-record: a record stays in the stream it began in', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r'), sid: sidOf('mood') });
  const moved = await device.envelope({
    rec: recOf('r'),
    sid: sidOf('words'),
    rev: 2,
    replaces: leafOfBytes(first),
  });
  expect((await client.push({ envelopes: [first, moved] })).envelopes).toMatchObject([
    { status: 'done' },
    { status: 'refused', reason: 'wrong-stream' },
  ]);
});

test('check stream-count: an account has only so many streams', async () => {
  await using server = await startServer({ limits: { accountStreams: 2 } });
  const { client, device } = await join(server, 'Anna');
  const envelopes = await Promise.all(
    ['a', 'b', 'c', 'a'].map((name) => device.envelope({ sid: sidOf(name) })),
  );
  expect((await client.push({ envelopes })).envelopes).toMatchObject([
    { status: 'done' },
    { status: 'done' },
    { status: 'refused', reason: 'too-many-streams' },
    { status: 'done' },
  ]);
});

test('check replaces: two devices that edit one version get a conflict with the current one', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r') });
  const mine = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
  const theirs = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
  await client.push({ envelopes: [first, mine] });
  expect(await pushOne(client, theirs)).toEqual({ status: 'conflict', current: toBase64url(mine) });
  const merged = await device.envelope({ rec: recOf('r'), rev: 3, replaces: leafOfBytes(mine) });
  expect(await pushOne(client, merged)).toMatchObject({ status: 'done', n: 3 });
});

test('a record that this database has never held takes any version it replaces', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const edited = await device.envelope({
    rec: recOf('r'),
    rev: 7,
    replaces: leafOfBytes(await device.envelope({})),
  });
  expect(await pushOne(client, edited)).toMatchObject({ status: 'done', n: 1 });
});

test('check revision: a version does not count backwards, and the first is 1', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r'), rev: 5 });
  const same = await device.envelope({ rec: recOf('r'), rev: 5, replaces: leafOfBytes(first) });
  const zero = await device.envelope({ rev: 0 });
  expect((await client.push({ envelopes: [first, same, zero] })).envelopes).toMatchObject([
    { status: 'done' },
    { status: 'refused', reason: 'wrong-revision' },
    { status: 'refused', reason: 'wrong-revision' },
  ]);
});

test('check quota: a full account takes nothing new, and still deletes', async () => {
  await using server = await startServer({ limits: { accountBytes: 4000 } });
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r') }, 1024);
  const envelopes = [first, ...(await Promise.all([1, 2, 3, 4, 5].map(() => device.envelope({}))))];
  const { envelopes: results } = await client.push({ envelopes });
  expect(results.at(0)).toMatchObject({ status: 'done' });
  expect(results.at(-1)).toEqual({ status: 'refused', reason: 'quota' });
  const tombstone = await device.envelope({
    type: 'tombstone',
    rec: recOf('r'),
    rev: 2,
    replaces: leafOfBytes(first),
  });
  expect(await pushOne(client, tombstone)).toMatchObject({ status: 'done' });
  expect(await pushOne(client, await device.envelope({}))).toMatchObject({ status: 'done' });
});

test('check quota: in a full account a record is deleted once, not again and again', async () => {
  await using server = await startServer({ limits: { accountBytes: 1 } });
  const { client, device } = await join(server, 'Anna');
  const alone = await device.envelope({ type: 'tombstone', rec: recOf('r') });
  expect(await pushOne(client, alone)).toEqual({ status: 'refused', reason: 'quota' });

  await using roomy = await startServer({ limits: { accountBytes: 1300 } });
  const anna = await join(roomy, 'Anna');
  let last = await anna.device.envelope({ rec: recOf('r') });
  expect(await pushOne(anna.client, last)).toMatchObject({ status: 'done' });
  const answers: PushedEnvelope[] = [];
  for (let rev = 2; rev < 12 && answers.every(({ status }) => status === 'done'); rev += 1) {
    last = await anna.device.envelope({
      type: 'tombstone',
      rec: recOf('r'),
      rev,
      replaces: leafOfBytes(last),
    });
    answers.push(await pushOne(anna.client, last));
  }
  expect(answers.at(0)).toMatchObject({ status: 'done' });
  expect(answers.at(-1)).toEqual({ status: 'refused', reason: 'quota' });
});

test('check disk-room: on a disk that is almost full a share is stopped and an entry deleted, and nothing new is taken', async () => {
  let now = Date.now();
  let free = 1e9;
  await using server = await startServer({ clock: () => now, freeBytes: async () => free });
  const { client, device, person } = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const entry = await device.envelope({ rec: recOf('r') });
  await client.push({ envelopes: [entry], grantLog: [await grant(person, 'g', berg.person.acct, [])] });
  free = 1e6;
  now += 5000;
  expect(await pushOne(client, await device.envelope({}))).toEqual({ status: 'refused', reason: 'quota' });
  await client.push({ grantLog: [await revoke(person, 'g')] });
  const replaces = leafOfBytes(entry);
  const tombstone = await device.envelope({ type: 'tombstone', rec: recOf('r'), rev: 2, replaces });
  expect(await pushOne(client, tombstone)).toMatchObject({ status: 'done' });
  free = 1e9;
  now += 5000;
  expect(await pushOne(client, await device.envelope({}))).toMatchObject({ status: 'done' });
});

test('a database as large as its host allows takes nothing new, and still lets go', async () => {
  const MIB = 1_048_576;
  let now = Date.now();
  await using server = await startServer({ clock: () => now, mostBytes: 65 * MIB });
  const { client, device } = await join(server, 'Anna');
  const entry = await device.envelope({ rec: recOf('r') }, 32_768);
  expect(await pushOne(client, entry)).toMatchObject({ status: 'done' });
  for (let left = 40; left > 0; left -= 10)
    await client.push({
      envelopes: await Promise.all(Array.from({ length: 10 }, () => device.envelope({}, 32_768))),
    });
  now += 5000;
  expect(await pushOne(client, await device.envelope({}))).toEqual({ status: 'refused', reason: 'quota' });
  const replaces = leafOfBytes(entry);
  const tombstone = await device.envelope({ type: 'tombstone', rec: recOf('r'), rev: 2, replaces });
  expect(await pushOne(client, tombstone)).toMatchObject({ status: 'done' });
});

test('a tombstone leaves only a stub of what it erases', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const first = await device.envelope({ rec: recOf('r'), kid: kidOf('day 3') });
  const tombstone = await device.envelope({
    type: 'tombstone',
    rec: recOf('r'),
    rev: 2,
    replaces: leafOfBytes(first),
  });
  await client.push({ envelopes: [first] });
  await client.push({ envelopes: [tombstone] });
  const [stub, last] = await client.pullAll();
  expect(last).toHaveProperty('env', toBase64url(tombstone));
  const text = stub !== undefined && 'stub' in stub ? stub.stub : '';
  expect(parseStub(fromBase64url(text) ?? new Uint8Array())?.kid).toBe(kidOf('day 3'));
  expect(leafOfStubText(text)).toBe(leafOfBytes(first));
});

test('one refused envelope does not keep the others out', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  const stranger = await makeDevice(person, 'stranger');
  const { envelopes } = await client.push({
    envelopes: [await stranger.envelope({}), await device.envelope({})],
  });
  expect(envelopes.map((one) => one.status)).toEqual(['refused', 'done']);
});

test('a push that fails in one part changes nothing', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  const badHead = await device.signObject('head', { seq: 0 });
  const cert = (await person.addDevice('laptop')) && person.deviceLog.objects.at(-1);
  const request = {
    envelopes: [await device.envelope({})],
    deviceLog: cert === undefined ? [] : [cert],
    heads: [badHead],
  };
  expect(await client.pushProblem(request)).toBe('object-refused');
  expect(await client.pullAll()).toHaveLength(0);
  const [reply] = (
    await client.pull([{ kind: 'own', since: '0.0', have: { deviceLog: 0, grantLog: 0, side: 0 } }])
  ).replies;
  expect(reply).toMatchObject({ kind: 'own', deviceLog: { length: 2 } });
});

test('an envelope of one account never lands in another', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const envelope = await anna.device.envelope({});
  expect(await pushOne(bea.client, envelope)).toEqual({ status: 'refused', reason: 'unknown-device' });
  expect(await bea.client.pullAll()).toHaveLength(0);
});

test('a device sent again after a lost answer finds everything done', async () => {
  await using server = await startServer();
  const { client, device, person } = await join(server, 'Anna');
  await person.addDevice('laptop');
  const request = { deviceLog: person.deviceLog.objects, envelopes: [await device.envelope({})] };
  const first = await client.push(request);
  const second = await client.push(request);
  expect(second).toEqual(first);
});
