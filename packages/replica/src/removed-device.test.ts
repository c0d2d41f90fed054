import { moodOf } from '@evenkeel/journal';
import {
  type Hash32,
  ZERO_HASH,
  fromBase64url,
  objectHash,
  pullReplySchema,
  toBase64url,
} from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { NOON, anotherDevice, momentRecords, newPerson, oneRecord } from './test-device.ts';
import { removing } from './share.test-support.ts';

const quick = { live: false, retryMs: 20 } as const;

/** A person's phone, and the device that is removed later, on one server, each told of the other. */
async function phoneAndLost(name: string) {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson(name);
  const phone = await ada.open();
  await phone.opened;
  /** Whether the phone reaches the server; the lost device always does. */
  const network = { isAway: false };
  const flaky: typeof fetch = (input, init) =>
    network.isAway ? Promise.reject(new TypeError('Failed to fetch')) : fetch(input, init);
  await phone.joinServer({ origin: server.url, ...quick, fetch: flaky, invitation: { kind: 'none' } });
  await phone.syncNow();
  const lost = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const lostReplica = await lost.open();
  await lostReplica.connect({ origin: server.url, ...quick });
  await lostReplica.syncNow();
  await phone.syncNow();
  // What follows a pull by itself is over.
  await new Promise((go) => setTimeout(go, 300));
  return { server, ada, phone, network, lost, lostReplica };
}

test.each(['with', 'without'])(
  'what a device wrote before it was removed still counts on a new device, %s the head that removed it',
  async (how) => {
    const { server, ada, phone, lost, lostReplica } = await phoneAndLost(`removed-${how}`);
    await lostReplica.save(momentRecords(lostReplica.clock, { at: NOON, words: 'before it was lost' }));
    await lostReplica.syncNow();
    await phone.syncNow();
    expect(phone.index.snapshot().size).toBe(2);

    const { cut, deviceLog } = await removing({ device: ada, replica: phone }, lost);
    expect(await phone.logs.appendDeviceLog(deviceLog)).toEqual({ ok: true, sent: true });
    await phone.save(momentRecords(phone.clock, { at: NOON + 1 }));
    await phone.syncNow();
    if (how === 'without') for (let more = 0; more < 3; more += 1) await phone.logs.signFullHead();
    await lostReplica.save(momentRecords(lostReplica.clock, { at: NOON + 2 }));
    expect(await lostReplica.syncNow()).toMatchObject({ ok: false });

    const fresh = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
    const replica = await fresh.open();
    const without: typeof fetch = async (input, init) => withoutHead(cut, await fetch(input, init));
    await replica.connect({ origin: server.url, ...quick, ...(how === 'without' && { fetch: without }) });
    await replica.syncNow();
    await replica.syncNow();
    expect((await fresh.store.tables.heads.get(`full/${cut}`)) === undefined).toBe(how === 'without');
    expect(await replica.quarantine()).toEqual([]);
    expect(replica.index.snapshot().size).toBe(3);
    expect(replica.sync().completeness.faults).toEqual([]);
    await Promise.all([phone.close(), lostReplica.close(), replica.close()]);
    await server.close();
  },
);

/** The answer of a server that lost one head. An honest one keeps what a removal names for ever. */
async function withoutHead(hash: Hash32, answer: Response): Promise<Response> {
  const text = await answer.text();
  const pulled = pullReplySchema.safeParse(text === '' ? null : JSON.parse(text));
  const { status } = answer;
  if (!pulled.success) return new Response(text === '' ? null : text, { status, headers: answer.headers });
  const isLeft = (head: string) => objectHash(fromBase64url(head) ?? new Uint8Array()) !== hash;
  const replies = pulled.data.replies.map((reply) =>
    reply.kind === 'own' ? { ...reply, heads: reply.heads.filter(isLeft) } : reply,
  );
  const headers = { 'content-type': 'application/json' };
  return new Response(JSON.stringify({ ...pulled.data, replies }), { status, headers });
}

test('a removal that the server could not be told is told by itself once it answers, with nothing else to say', async () => {
  const { server, ada, phone, network, lost, lostReplica } = await phoneAndLost('told-later');
  network.isAway = true;
  const { deviceLog } = await removing({ device: ada, replica: phone }, lost);
  expect(await phone.logs.appendDeviceLog(deviceLog)).toEqual({ ok: true, sent: false });
  network.isAway = false;
  await expect
    .poll(async () => (await lostReplica.syncNow()).ok, { timeout: 5000, interval: 50 })
    .toBe(false);
  await Promise.all([phone.close(), lostReplica.close()]);
  await server.close();
});

test('what a device had sent before it was removed counts, although the one that removes it had not seen it yet', async () => {
  const { server, ada, phone, lost, lostReplica } = await phoneAndLost('unseen');
  await lostReplica.save(momentRecords(lostReplica.clock, { at: NOON }));
  await lostReplica.syncNow();

  const { deviceLog } = await removing({ device: ada, replica: phone }, lost);
  await phone.logs.appendDeviceLog(deviceLog);
  await phone.save(momentRecords(phone.clock, { at: NOON + 1 }));
  await phone.syncNow();
  expect(phone.index.snapshot().size).toBe(2);
  expect(await phone.quarantine()).toEqual([]);
  expect(phone.sync().completeness.faults).toEqual([]);
  await Promise.all([phone.close(), lostReplica.close()]);
  await server.close();
});

test('a head that was signed over another log of the same length gives away a server that showed two', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('two-logs');
  const phone = await ada.open();
  await phone.opened;
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const laptop = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const replica = await laptop.open();
  let heads: readonly string[] = [];
  const passedOn: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (heads.length === 0 || !new Request(input).url.endsWith('/v1/pull')) return answer;
    const text = (await answer.text()).replaceAll(/"heads":\[[^\]]*\]/gu, `"heads":${JSON.stringify(heads)}`);
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  };
  await replica.connect({ origin: server.url, ...quick, fetch: passedOn });
  await replica.syncNow();
  expect(replica.sync().completeness.faults).toEqual([]);

  const { serverEpoch } = replica.sync().server ?? {};
  const { seq } = replica.logs.device();
  const payload = {
    seq: 9,
    prev: ZERO_HASH,
    time: NOON,
    origin: server.url,
    serverEpoch,
    deviceLog: { seq, hash: toBase64url(new Uint8Array(32).fill(9)) },
    grantLog: { seq: replica.logs.grant().seq, hash: replica.logs.grant().hash },
    full: false,
    streams: [],
  };
  const [head] = await ada.vault.sign([{ type: 'head', signer: 'device', payload }]);
  heads = head === undefined ? [] : [toBase64url(head)];
  await replica.syncNow();
  expect(replica.sync().completeness.faults.map(({ fault }) => fault)).toEqual(['log-forked']);
  await Promise.all([phone.close(), replica.close()]);
  await server.close();
});

test('a server that hides the end of the device log is given away by a head that knew it, until it shows it', async () => {
  const { server, ada, phone, lost, lostReplica } = await phoneAndLost('hidden-log');
  const laptop = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const replica = await laptop.open();
  let isHiding = false;
  const hiding: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!isHiding || !new Request(input).url.endsWith('/v1/pull')) return answer;
    const text = (await answer.text()).replaceAll(/"deviceLog":\[[^\]]*\]/gu, '"deviceLog":[]');
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  };
  await replica.connect({ origin: server.url, ...quick, fetch: hiding });
  await replica.syncNow();
  await phone.syncNow();

  const { deviceLog } = await removing({ device: ada, replica: phone }, lost);
  expect(await phone.logs.appendDeviceLog(deviceLog)).toEqual({ ok: true, sent: true });
  await phone.logs.signFullHead();
  await phone.syncNow();
  isHiding = true;
  await replica.syncNow();
  expect(replica.sync().completeness.faults).toMatchObject([{ fault: 'withheld', dev: ada.holder.dev }]);
  isHiding = false;
  await replica.syncNow();
  await replica.syncNow();
  expect(replica.sync().completeness.faults).toEqual([]);
  await Promise.all([phone.close(), lostReplica.close(), replica.close()]);
  await server.close();
});

test.each(['with', 'without'])(
  'what a removed device wrote after the cut is left out everywhere and closes no stream, %s the head that removed it',
  async (how) => {
    const { server, ada, phone, network, lost, lostReplica } = await phoneAndLost(`after-${how}`);
    const saved = await phone.save(momentRecords(phone.clock, { at: NOON, valence: 0.1 }));
    if (!saved.ok) throw new Error(saved.reason);
    await phone.syncNow();
    await lostReplica.syncNow();

    network.isAway = true;
    const { cut, deviceLog } = await removing({ device: ada, replica: phone }, lost);
    await phone.logs.appendDeviceLog(deviceLog);
    const mood = oneRecord(saved.records);
    // Several times, so that its revision at the server is well ahead of the phone's.
    for (const value of [-0.6, -0.7, -0.8, -0.9]) {
      const valence = { stamp: lostReplica.clock.stampAfter(mood.whenStamp), value };
      await lostReplica.replaceRecord({ ...mood, fields: { ...mood.fields, valence } });
      expect(await lostReplica.syncNow()).toEqual({ ok: true });
    }
    await lostReplica.save(momentRecords(lostReplica.clock, { at: NOON + 2 }));
    expect(await lostReplica.syncNow()).toEqual({ ok: true });
    network.isAway = false;
    await expect
      .poll(
        async () => {
          await phone.syncNow();
          return phone.safetyOf(mood.rec);
        },
        { timeout: 8000 },
      )
      .toEqual({ where: 'on-your-server' });
    await phone.save(momentRecords(phone.clock, { at: NOON + 3 }));
    await phone.syncNow();

    const fresh = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
    const replica = await fresh.open();
    const without: typeof fetch = async (input, init) => withoutHead(cut, await fetch(input, init));
    await replica.connect({ origin: server.url, ...quick, ...(how === 'without' && { fetch: without }) });
    await replica.syncNow();
    await replica.syncNow();
    for (const one of [phone, replica]) {
      expect(one.index.snapshot().size).toBe(2);
      const held = one.index.snapshot().record(mood.rec);
      expect(held && moodOf(held).valence).toBe(0.1);
      expect(one.sync().completeness.faults).toEqual([]);
      expect((await one.quarantine()).map(({ reason }) => reason)).toContain('revoked-device');
    }
    await Promise.all([phone.close(), lostReplica.close(), replica.close()]);
    await server.close();
  },
);
