import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { startServer } from '@evenkeel/sync-server';
import { moodOf } from '@evenkeel/journal';
import { START_CURSOR, pullReplySchema, pushReplySchema, pushRequestSchema } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { NOON, anotherDevice, momentRecords, newPerson, oneRecord } from './test-device.ts';

const quick = { live: false, retryMs: 30 } as const;

test('a diary made before joining a server goes up whole, and says so of each entry', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson();
  const replica = await ada.open();
  for (let day = 0; day < 5; day += 1)
    await replica.save(momentRecords(replica.clock, { at: NOON - day * 86_400_000, words: `day ${day}` }));
  expect(replica.safetyCounts()).toMatchObject({ onThisPhone: 10, onYourServer: 0 });

  expect(await replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } })).toEqual({
    ok: true,
  });
  expect(await replica.syncNow()).toEqual({ ok: true });
  expect(replica.safetyCounts()).toMatchObject({ onThisPhone: 0, onYourServer: 10, waiting: 0 });
  expect(replica.sync().completeness.faults).toEqual([]);
  expect(replica.sync().completeness.asOf).toBe(NOON);
  await replica.close();
  await server.close();
});

test('two devices that edit the same entry apart from each other come to the same', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson();
  const phone = await ada.open();
  const saved = await phone.save(momentRecords(phone.clock, { at: NOON, valence: 0.1 }));
  if (!saved.ok) throw new Error(saved.reason);
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const logs = { deviceLog: await phone.logs.deviceObjects(), grantLog: await phone.logs.grantObjects() };
  const tablet = await anotherDevice(ada, logs);
  const second = await tablet.open();
  expect(await second.connect({ origin: server.url, ...quick })).toEqual({ ok: true });
  expect(await second.syncNow()).toEqual({ ok: true });
  expect(second.index.snapshot().size).toBe(1);

  const mood = oneRecord(saved.records);
  const edit = (clock: typeof phone.clock, field: string, value: number) => ({
    ...mood,
    fields: { ...mood.fields, [field]: { stamp: clock.stampAfter(mood.whenStamp), value } },
  });
  await phone.replaceRecord(edit(phone.clock, 'valence', 0.9));
  await second.replaceRecord(edit(second.clock, 'arousal', -0.9));
  await phone.syncNow();
  await second.syncNow();
  await phone.syncNow();
  for (const replica of [phone, second]) {
    const record = replica.index.snapshot().record(mood.rec);
    expect(record && moodOf(record)).toMatchObject({ valence: 0.9, arousal: -0.9 });
    expect(replica.safetyOf(mood.rec)).toEqual({ where: 'on-your-server' });
    expect(replica.sync().completeness.faults).toEqual([]);
  }
  await phone.close();
  await second.close();
  await server.close();
});

test('on a new device the newest entries are there before the history is', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('newest');
  const phone = await ada.open();
  await phone.opened;
  const all = Array.from({ length: 640 }, (_, i) =>
    momentRecords(phone.clock, { at: NOON - ((640 - i) * 86_400_000) / 4 }),
  ).flat();
  await phone.save(all);
  await phone.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
  await phone.syncNow();
  const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
  const second = await tablet.open();
  await second.opened;
  const seen: number[] = [];
  second.index.subscribe(() => seen.push(second.index.snapshot().size));
  await second.connect({ origin: server.url, ...quick });
  expect(second.index.snapshot().days()[0]?.day).toBe(phone.index.snapshot().days()[0]?.day);
  expect(seen[0]).toBeGreaterThan(400);
  expect(seen[0]).toBeLessThan(640);
  await second.syncNow();
  expect(second.index.snapshot().size).toBe(640);
  expect(second.safetyCounts()).toMatchObject({ onYourServer: 640, waiting: 0 });
  await second.close();
  const again = await tablet.open();
  await again.loaded;
  expect(again.index.snapshot().size).toBe(640);
  await Promise.all([phone.close(), again.close()]);
  await server.close();
});

/** A network that refuses what is sent, so many times: it must be sealed again. The server hears nothing of it. */
function refusing(times: number) {
  const refused = { times: 0 };
  const network: typeof fetch = async (input, init) => {
    const sent = pushRequestSchema.safeParse(typeof init?.body === 'string' ? JSON.parse(init.body) : null);
    const count = sent.success ? (sent.data.envelopes ?? []).length : 0;
    if (count === 0 || refused.times >= times) return fetch(input, init);
    refused.times += 1;
    const answer = pushReplySchema.parse(await (await fetch(input, { ...init, body: '{}' })).json());
    const envelopes = Array.from({ length: count }, () => ({ status: 'refused', reason: 'old-epoch' }));
    return Response.json({ ...answer, envelopes });
  };
  return { network, refused };
}

test.each(['stands still', 'is set back'])(
  'what a server refuses again and again gets there by itself in the end, though the clock %s',
  async (clock) => {
    const server = await startServer({ signups: 'open' });
    const ada = await newPerson('refused');
    const replica = await ada.open();
    const { network, refused } = refusing(5);
    await replica.joinServer({
      origin: server.url,
      ...quick,
      fetch: network,
      invitation: { kind: 'none' },
    });
    const saved = await replica.save(momentRecords(replica.clock, { at: NOON }));
    if (!saved.ok) throw new Error(saved.reason);
    if (clock === 'is set back') ada.clock.now -= 86_400_000;
    await expect
      .poll(() => replica.safetyOf(oneRecord(saved.records).rec), { timeout: 10_000 })
      .toEqual({ where: 'on-your-server' });
    expect(refused.times).toBe(5);
    await replica.close();
    await server.close();
  },
);

test('a server that refuses whatever is sealed again is not sent new versions without end', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('refused-for-ever');
  const replica = await ada.open();
  const { network, refused } = refusing(Infinity);
  await replica.joinServer({ origin: server.url, ...quick, fetch: network, invitation: { kind: 'none' } });
  await replica.save(momentRecords(replica.clock, { at: NOON }));
  const since = performance.now();
  await new Promise((go) => setTimeout(go, 700));
  // The first, then three within each twenty tries' time, and one that is under way.
  const windows = Math.ceil((performance.now() - since) / (20 * quick.retryMs));
  expect(refused.times).toBeGreaterThan(1);
  expect(refused.times).toBeLessThanOrEqual(2 + 3 * windows);
  await replica.close();
  await server.close();
});

test('a mood entry costs at most 620 bytes on the wire, on its way up and on restore', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson('wire-bytes');
  const phone = await ada.open();
  const count = 100;
  const moods = Array.from({ length: count }, (_, i) =>
    momentRecords(phone.clock, { at: NOON - i * 8_000_000 }),
  );
  await phone.save(moods.flat());
  let up = 0;
  let authorization = '';
  const counted: typeof fetch = async (input, init) => {
    const { pathname } = new URL(new Request(input).url);
    const sent = await new Response(init?.body).arrayBuffer();
    if (pathname === '/v1/push') up += sent.byteLength;
    authorization = new Headers(init?.headers).get('authorization') ?? authorization;
    return fetch(input, init);
  };
  await phone.joinServer({ origin: server.url, ...quick, fetch: counted, invitation: { kind: 'none' } });
  await phone.syncNow();
  expect(phone.safetyCounts()).toMatchObject({ onYourServer: count, waiting: 0 });
  // With all that rides beside them: logs, heads.
  expect(up / count).toBeGreaterThan(400);
  expect(up / count).toBeLessThanOrEqual(620);

  const reads = [{ kind: 'own', since: START_CURSOR, have: { deviceLog: 0, grantLog: 0, side: 0 } }];
  const packed = await rawPull(server.url, authorization, JSON.stringify({ reads, limit: 1000 }));
  const [reply] = pullReplySchema.parse(JSON.parse(gunzipSync(packed).toString())).replies;
  expect(reply?.kind === 'own' && reply.items.length).toBe(count);
  expect(packed.length / count).toBeLessThanOrEqual(620);
  await phone.close();
  await server.close();
});

/** The answer as it came over the wire. */
function rawPull(url: string, authorization: string, body: string): Promise<Buffer> {
  const headers = { authorization, 'content-type': 'application/json', 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/pull`, { method: 'POST', headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks)));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
