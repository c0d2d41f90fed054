/**
 * What any sync server must do, seen from outside: over HTTP, with nothing of its inside. Give it an address
 * and a way to get invitations: `runServerConformance(() => ({ url, invite }))`.
 */
import {
  type Bytes,
  START_CURSOR,
  ZERO_HASH,
  bytesToMailboxId,
  chainNext,
  chainStart,
  fromBase64url,
  objectHash,
  parseEnvelope,
  leafOf,
  randomBytes,
  sha256,
  helpNumbersSchema,
  serverInfoSchema,
  toBase64url,
} from '@evenkeel/protocol';
import {
  type Client,
  NOTHING_HELD,
  ask,
  connect,
  grant,
  grantOf,
  join,
  leafOfBytes,
  makePerson,
  openSession,
  readGrant,
  receipts,
  recOf,
  register,
  revoke,
  sidOf,
} from '@evenkeel/sync-server/test-client';
import { expect, test } from 'vitest';

export type ServerUnderTest = {
  /** The origin, without a path. */
  readonly url: string;
  /** A new host's invitation code. */
  readonly invite: () => Promise<string>;
};

/** `server` is asked in each test, so that it may be started before them. */
export function runServerConformance(server: () => ServerUnderTest): void {
  /** Keys are made from names, so each run takes names of its own. */
  const run = toBase64url(randomBytes(6));
  const joined = (name: string) => join(server(), `${name} ${run}`);
  const name = (text: string) => `${text} ${run}`;

  test('the server says what anybody may know', async () => {
    const { url } = server();
    expect(serverInfoSchema.parse((await ask(url, 'GET', '/v1/server')).body)).toMatchObject({
      protocol: 'ek1',
      origin: url,
    });
    const numbers = await ask(url, 'GET', '/v1/help-numbers');
    expect(numbers.status === 204 || helpNumbersSchema.safeParse(numbers.body).success).toBe(true);
    expect((await ask(url, 'GET', '/v1/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect((await ask(url, 'GET', '/healthz')).status).toBe(200);
    expect((await ask(url, 'GET', '/readyz')).status).toBe(200);
  });

  test('an account joins with an invitation, once, and its device opens a session', async () => {
    const { url, invite } = server();
    const code = await invite();
    const [anna, bea] = [await makePerson(name('Anna joins')), await makePerson(name('Bea joins'))];
    const phone = await anna.addDevice('phone');
    await bea.addDevice('phone');
    expect((await register(url, anna, { kind: 'host', code })).status).toBe(200);
    expect((await register(url, anna, { kind: 'host', code: await invite() })).code).toBe('account-exists');
    expect((await register(url, bea, { kind: 'host', code })).code).toBe('invitation-refused');
    expect((await connect(url, phone)).token).toHaveLength(43);
    expect((await openSession(url, await bea.addDevice('other'))).code).toBe('session-refused');
  });

  test('what is pushed is pulled byte for byte, and the chain is the one both sides compute', async () => {
    const { client, device, person } = await joined('Anna pushes');
    const sent = await Promise.all(Array.from({ length: 7 }, () => device.envelope({ sid: sidOf('mood') })));
    await client.push({ envelopes: sent });
    const items = await client.pullAll(3);
    expect(items.map((item) => ('env' in item ? item.env : ''))).toEqual(sent.map(toBase64url));
    let [computed, expected] = [
      chainStart(person.acct, sidOf('mood'), client.serverEpoch),
      chainStart(person.acct, sidOf('mood'), client.serverEpoch),
    ];
    for (const [at, item] of items.entries()) {
      computed = chainNext(computed, leafOfItem(item));
      expected = chainNext(expected, leafOfBytes(sent[at] ?? new Uint8Array()));
    }
    expect(computed).toBe(expected);
  });

  test('an edit replaces, a second edit of the same version is a conflict, a lost answer is repeated', async () => {
    const { client, device } = await joined('Anna edits');
    const first = await device.envelope({ rec: recOf('r') });
    const edit = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
    const rival = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
    const done = await client.push({ envelopes: [first, edit] });
    expect(await client.push({ envelopes: [edit] })).toMatchObject({ envelopes: [done.envelopes[1]] });
    expect((await client.push({ envelopes: [rival, first] })).envelopes).toEqual([
      { status: 'conflict', current: toBase64url(edit) },
      { status: 'conflict', current: toBase64url(edit) },
    ]);
    expect((await client.pullAll()).map((item) => 'stub' in item)).toEqual([true, false]);
  });

  test('a forged, a strange and an ill-formed envelope are refused alone', async () => {
    const { client, device } = await joined('Anna forges');
    const stranger = await (await makePerson(name('Stranger'))).addDevice('phone');
    const fine = await device.envelope({});
    const flipped = new Uint8Array(fine);
    flipped[140] = (flipped[140] ?? 0) ^ 1;
    const { envelopes } = await client.push({
      envelopes: [flipped, await stranger.envelope({}), randomBytes(464), fine],
    });
    expect(envelopes.map((one) => (one.status === 'refused' ? one.reason : one.status))).toEqual([
      'forged',
      'unknown-device',
      'malformed',
      'done',
    ]);
  });

  test('a second device is certified, writes, is revoked, and writes no more', async () => {
    const { client, person } = await joined('Anna links');
    const laptop = await person.addDevice('laptop');
    await client.push({ deviceLog: person.deviceLog.objects });
    const there = await connect(client.url, laptop);
    expect((await there.push({ envelopes: [await laptop.envelope({})] })).envelopes).toMatchObject([
      { status: 'done' },
    ]);
    await client.push({
      deviceLog: [
        await person.append(person.deviceLog, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH }),
      ],
    });
    expect(await there.pushProblem({ envelopes: [await laptop.envelope({})] })).toBe('device-revoked');
    expect((await client.push({ envelopes: [await laptop.envelope({})] })).envelopes).toEqual([
      { status: 'refused', reason: 'device-revoked' },
    ]);
  });

  test('a clinician reads what is granted, with receipts that the person sees, until it is revoked', async () => {
    const anna = await joined('Anna shares');
    const berg = await joined('Dr Berg');
    const id = name('share');
    await anna.client.push({
      envelopes: await Promise.all(
        ['mood', 'words'].map((stream) => anna.device.envelope({ sid: sidOf(stream) })),
      ),
    });
    await anna.client.push({
      grantLog: [await grant(anna.person, id, berg.person.acct, [{ sid: sidOf('mood'), kids: null }])],
    });
    const chain = receipts(berg.client, id);
    const reply = await readGrant(berg.client, chain, id);
    expect(reply).toMatchObject({ kind: 'grant', items: [{ sid: sidOf('mood'), n: 1 }] });
    const [own] = (await anna.client.pull([{ kind: 'own', since: START_CURSOR, have: NOTHING_HELD }]))
      .replies;
    expect(own).toMatchObject({ kind: 'own', receipts: { length: 1 } });
    await anna.client.push({ grantLog: [await revoke(anna.person, id)] });
    expect(await readGrant(berg.client, chain, id)).toMatchObject({ kind: 'refused', reason: 'revoked' });
    const late = await anna.device.envelope({ epoch: 0 });
    expect((await anna.client.push({ envelopes: [late] })).envelopes).toEqual([
      { status: 'refused', reason: 'old-epoch' },
    ]);
  });

  test('without the next receipt there is no data', async () => {
    const anna = await joined('Anna asks for receipts');
    const berg = await joined('Dr Berg reads');
    const id = name('with receipts');
    await anna.client.push({
      grantLog: [await grant(anna.person, id, berg.person.acct, [{ sid: sidOf('mood'), kids: null }])],
    });
    const chain = receipts(berg.client, id);
    const read = async (receipt: Bytes) =>
      (
        await berg.client.pull([
          {
            kind: 'grant',
            grant: grantOf(id),
            since: START_CURSOR,
            have: NOTHING_HELD,
            receipt: toBase64url(receipt),
          },
        ])
      ).replies[0];
    expect(await read(await chain.next(START_CURSOR, { origin: 'https://elsewhere.example' }))).toMatchObject(
      { reason: 'receipt-invalid' },
    );
    expect(await read(await chain.next(START_CURSOR, { seq: 1 }))).toMatchObject({
      reason: 'receipt-out-of-order',
    });
    const first = await chain.next(START_CURSOR);
    expect(await read(first)).toMatchObject({ kind: 'grant' });
    expect(await read(first)).toMatchObject({ kind: 'grant' });
    expect(await read(await chain.next(START_CURSOR, { why: 'background' }))).toMatchObject({
      reason: 'receipt-out-of-order',
    });
  });

  test('one account reads nothing of another', async () => {
    const anna = await joined('Anna alone');
    const bea = await joined('Bea alone');
    await anna.client.push({ envelopes: [await anna.device.envelope({})] });
    expect(await bea.client.pullAll()).toEqual([]);
    expect(
      (await ask(anna.client.url, 'POST', '/v1/pull', { reads: [{ kind: 'grants' }], limit: 1 })).code,
    ).toBe('session-needed');
  });

  test('heads follow one another and come back', async () => {
    const { client, device } = await joined('Anna signs heads');
    const tip = { seq: 0, hash: ZERO_HASH };
    const head = (seq: number, prev: string) =>
      device.signObject('head', {
        seq,
        prev,
        time: 0,
        origin: client.url,
        serverEpoch: client.serverEpoch,
        deviceLog: tip,
        grantLog: tip,
        full: false,
        streams: [],
      });
    const first = await head(0, ZERO_HASH);
    const second = await head(1, objectHash(first));
    await client.push({ heads: [first] });
    expect(await client.pushProblem({ heads: [await head(0, objectHash(first))] })).toBe('object-refused');
    await client.push({ heads: [second] });
    const [own] = (await client.pull([{ kind: 'own', since: START_CURSOR, have: NOTHING_HELD }])).replies;
    expect(own).toMatchObject({ kind: 'own', heads: [toBase64url(first), toBase64url(second)] });
  });

  test('a letter is written once and read once', async () => {
    const { client } = await joined('Anna writes');
    const id = bytesToMailboxId(randomBytes(16));
    expect(await putLetter(client, id)).toBe(204);
    expect((await ask(client.url, 'GET', `/v1/mailbox/${id}`)).status).toBe(200);
    expect((await ask(client.url, 'GET', `/v1/mailbox/${id}`)).code).toBe('not-found');
    expect(await putLetter(client, id)).toBe(409);
  });

  test('a live stream tells of a change', async () => {
    const { client, device } = await joined('Anna listens');
    const stop = new AbortController();
    const reply = await fetch(`${client.url}/v1/live`, {
      headers: { Authorization: `Bearer ${client.token}` },
      signal: stop.signal,
    });
    const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    const { seq } = await client.push({ envelopes: [await device.envelope({})] });
    expect((await reader?.read())?.value).toContain(`"seq":${seq}`);
    stop.abort();
  });
}

async function putLetter(client: Client, id: string): Promise<number> {
  const letter = randomBytes(40);
  const object = await client.device.signObject('mailbox', {
    origin: client.url,
    id,
    kind: 'link',
    time: 0,
    hash: toBase64url(sha256(letter)),
  });
  return (
    await client.ask('PUT', `/v1/mailbox/${id}`, { object: toBase64url(object), letter: toBase64url(letter) })
  ).status;
}

function leafOfItem(item: { readonly env: string } | { readonly stub: string }) {
  const parsed = parseEnvelope(('env' in item ? fromBase64url(item.env) : null) ?? new Uint8Array());
  if (!parsed.ok) throw new TypeError('not an envelope');
  return leafOf(parsed.envelope);
}
