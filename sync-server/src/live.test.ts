import { type GrantId, ZERO_HASH, pokeSchema } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';
import { type Client, begin, connect, grant, grantOf, join, revoke, sidOf } from './test-client.ts';

type Poke = { readonly seq: number; readonly grant?: GrantId | undefined };

/** An open live stream and what it has said so far. */
async function listen(client: Client) {
  const stop = new AbortController();
  const reply = await fetch(`${client.url}/v1/live`, {
    headers: { Authorization: `Bearer ${client.token}` },
    signal: stop.signal,
  });
  const pokes: Poke[] = [];
  let beats = 0;
  let isOver = false;
  const reading = async () => {
    let text = '';
    for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        if (part.startsWith('data: ')) pokes.push(pokeSchema.parse(JSON.parse(part.slice(6))));
        else beats += 1;
      }
    }
  };
  const done = reply.ok
    ? reading()
        .catch(() => undefined)
        .finally(() => {
          isOver = true;
        })
    : Promise.resolve();
  return { reply, pokes, beats: () => beats, isOver: () => isOver, done, stop: () => stop.abort() };
}

test('a live stream says where the account is, and then each change of it', async () => {
  await using server = await startServer();
  const { client, device } = await join(server, 'Anna');
  const live = await listen(client);
  expect(live.reply.headers.get('content-type')).toBe('text/event-stream');
  expect(live.reply.headers.get('x-accel-buffering')).toBe('no');
  expect(live.reply.headers.get('content-encoding')).toBeNull();
  await expect.poll(() => live.pokes).toEqual([{ seq: 2 }]);
  await client.push({ envelopes: [await device.envelope({}), await device.envelope({})] });
  await expect.poll(() => live.pokes).toEqual([{ seq: 2 }, { seq: 4 }]);
  live.stop();
});

test('a grantee hears of changes in what is shared, of the revocation, and of nothing else', async () => {
  await using server = await startServer();
  const anna = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const live = await listen(berg.client);
  await anna.client.push({
    grantLog: [await grant(anna.person, 'g', berg.person.acct, [{ sid: sidOf('mood'), kids: null }])],
  });
  await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('words') })] });
  const { seq } = await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood') })] });
  const stopped = await anna.client.push({ grantLog: [await revoke(anna.person, 'g')] });
  await anna.client.push({ envelopes: [await anna.device.envelope({ sid: sidOf('mood'), epoch: 1 })] });
  const id = grantOf('g');
  await expect
    .poll(() => live.pokes)
    .toEqual([{ seq: 2 }, { seq: 3, grant: id }, { seq, grant: id }, { seq: stopped.seq, grant: id }]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(live.pokes).toHaveLength(4);
  live.stop();
});

test('check live-count: an account has only so many streams, and a closed one makes room', async () => {
  await using server = await startServer({ limits: { liveStreams: 2 } });
  const { client } = await join(server, 'Anna');
  const [first, second] = [await listen(client), await listen(client)];
  expect((await listen(client)).reply.status).toBe(429);
  expect((await client.ask('GET', '/v1/live')).code).toBe('too-many-streams');
  first.stop();
  await first.done;
  await expect
    .poll(async () => {
      const again = await listen(client);
      again.stop();
      return again.reply.status;
    })
    .toBe(200);
  second.stop();
});

test('check live-session: a heartbeat keeps the stream open, until the session is over', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now, heartbeatMs: 20, stillMs: 200 });
  const { client } = await join(server, 'Anna');
  const live = await listen(client);
  await expect.poll(() => live.beats(), { timeout: 5000 }).toBeGreaterThan(30);
  expect(live.isOver()).toBe(false);
  now += 12 * 3_600_000;
  await expect.poll(() => live.isOver()).toBe(true);
});

test('check live-session-closed: the stream of a session that was closed ends', async () => {
  await using server = await startServer({ heartbeatMs: 20 });
  const { client, device } = await join(server, 'Anna');
  const here = await listen(client);
  const there = await listen(await connect(server.url, device));
  expect((await client.ask('DELETE', '/v1/session')).status).toBe(204);
  await expect.poll(() => here.isOver()).toBe(true);
  expect(there.isOver()).toBe(false);
  there.stop();
});

test('the stream of an account that the host suspends ends, and no other', async () => {
  await using server = await startServer({ heartbeatMs: 20 });
  const anna = await join(server, 'Anna');
  const bea = await join(server, 'Bea');
  const [hers, other] = [await listen(anna.client), await listen(bea.client)];
  await server.store.suspend(anna.person.acct, true);
  await expect.poll(() => hers.isOver()).toBe(true);
  expect(other.isOver()).toBe(false);
  other.stop();
});

test('the streams of a revoked device end with the revocation', async () => {
  await using server = await startServer();
  const { client, person } = await join(server, 'Anna');
  const laptop = await person.addDevice('laptop');
  await client.push({ deviceLog: person.deviceLog.objects });
  const there = await listen(await connect(server.url, laptop));
  const here = await listen(client);
  await client.push({
    deviceLog: [await person.append(person.deviceLog, 'device-revoke', { dev: laptop.dev, cut: ZERO_HASH })],
  });
  await there.done;
  expect(there.isOver()).toBe(true);
  expect(here.isOver()).toBe(false);
  here.stop();
});

test('without a session there is no stream', async () => {
  await using server = await startServer();
  const reply = await fetch(`${server.url}/v1/live`);
  expect(reply.status).toBe(401);
  await reply.body?.cancel();
});

test('a server that stops ends its streams and answers what it has begun', async () => {
  const server = await startServer();
  const { client } = await join(server, 'Anna');
  const live = await listen(client);
  const begun = await Promise.all([1, 2, 3, 4, 5].map(() => begin(server.url, '/v1/push', client.token)));
  const closing = server.close();
  await live.done;
  expect(live.isOver()).toBe(true);
  for (const { socket } of begun) socket.write('}');
  for (const { said } of begun) await expect.poll(said).toContain('HTTP/1.1 200');
  await closing;
  await expect(fetch(`${server.url}/v1/server`)).rejects.toThrow();
});
