/** What a lying server can do that nobody can notice, or not at once: the limits we admit, each as it is. */
import { leafOf, fromBase64url, parseEnvelope, pullReplySchema, pushRequestSchema } from '@evenkeel/protocol';
import { onDay } from '@evenkeel/journal';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { editOwn } from './attacks/editing.ts';
import { noticedBy, watch } from './journeys/own-devices.ts';
import { openWorld } from './journeys/world.ts';
import { ServerSaidNo, openSession, register, request } from './session.ts';
import { join, secondDevice, somebody, write } from './somebody.ts';

const ZONE = 'Europe/London';

async function twoDevices() {
  const world = await openWorld();
  const phone = await somebody('phone', world.clock);
  await write(phone, { when: onDay('2026-10-05', ZONE), mood: { valence: 0.3 } });
  await join(phone, world.honest, { kind: 'none' });
  const laptop = await secondDevice(phone, 'laptop', world.honest);
  await phone.replica.syncNow();
  await phone.replica.syncNow();
  await laptop.replica.connect({ ...world.lying, live: false, retryMs: 20 });
  await laptop.replica.syncNow();
  const leave = async (): Promise<void> => {
    await phone[Symbol.asyncDispose]();
    await laptop[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, phone, laptop, [Symbol.asyncDispose]: leave };
}

test('a server that freezes is not noticed, but "complete as of" grows old', async () => {
  await using stage = await twoDevices();
  const { world, phone, laptop } = stage;
  const asOf = laptop.replica.sync().completeness.asOf;
  world.evil.attack(
    editOwn((page) => ({ ...page, items: [], heads: [], deviceLog: [], grantLog: [], side: 0 })),
  );
  world.clock.advance(2 * 86_400_000);
  await write(phone, { when: onDay('2026-10-06', ZONE), mood: { valence: 0.1 } });
  await phone.replica.syncNow();
  // What a device signs itself proves nothing of the others.
  await write(laptop, { when: onDay('2026-10-06', ZONE), mood: { valence: 0.2 } });
  await laptop.replica.syncNow();
  await laptop.replica.syncNow();
  expect(await noticedBy(laptop.replica)).toEqual([]);
  expect(asOf).not.toBeNull();
  expect(laptop.replica.sync().completeness).toMatchObject({ asOf, heardAt: world.clock.now() });
  await phone.replica.syncNow();
  expect(phone.replica.sync().completeness.asOf).toBe(world.clock.now());
});

test('a device whose only other one was removed goes by its own signature again', async () => {
  await using stage = await twoDevices();
  const { world, phone, laptop } = stage;
  await laptop.replica.syncNow();
  await phone.replica.syncNow();
  const before = phone.replica.sync().completeness.asOf;
  expect(before).toBe(world.clock.now());
  const cut = await phone.replica.logs.signFullHead();
  const { seq, hash } = phone.replica.logs.device();
  const payload = { seq: seq + 1, prev: hash, time: world.clock.now(), dev: laptop.holder.dev, cut };
  await phone.replica.logs.appendDeviceLog(
    await phone.vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]),
  );
  world.clock.advance(86_400_000);
  await phone.replica.syncNow();
  await phone.replica.syncNow();
  expect(phone.replica.sync().completeness.asOf, 'alone again').toBe(world.clock.now());
});

test('a server that throws away what it acknowledged is found out by the next device or the next entry, and nothing is lost where it was written', async () => {
  await using stage = await twoDevices();
  const { world, phone, laptop } = stage;
  await laptop.replica.disconnect();
  await write(laptop, { when: onDay('2026-10-07', ZONE), mood: { valence: 0.2 } });
  const pages = world.evil.recorded().flatMap(({ reply }) => pullReplySchema.safeParse(reply).data ?? []);
  world.evil.attack({
    onRequest: ({ path, body }) => {
      const sent = path === '/v1/push' ? (pushRequestSchema.safeParse(body).data?.envelopes ?? []) : [];
      const [env] = sent;
      const parsed = env === undefined ? null : parseEnvelope(fromBase64url(env) ?? new Uint8Array());
      if (parsed?.ok !== true) return 'pass';
      const done = { status: 'done', leaf: leafOf(parsed.envelope), n: 2, seq: 100 };
      return {
        kind: 'answer',
        status: 200,
        body: { serverEpoch: pages.at(-1)?.serverEpoch, envelopes: [done], seq: 100 },
      };
    },
  });
  await laptop.replica.connect({ ...world.lying, live: false, retryMs: 20 });
  await laptop.replica.syncNow();
  await laptop.replica.syncNow();
  expect(laptop.replica.safetyCounts()).toMatchObject({ onYourServer: 2, waiting: 0 });
  expect(await noticedBy(laptop.replica)).toEqual([]);
  await phone.replica.syncNow();
  expect(await noticedBy(phone.replica)).toContain('withheld');
  await world.evil.behave();
  const seen = watch(laptop.replica);
  await write(laptop, { when: onDay('2026-10-07', ZONE), mood: { valence: -0.2 } });
  await laptop.replica.syncNow();
  expect([...seen, ...(await noticedBy(laptop.replica))]).toContain('leaf-changed');
  expect(laptop.replica.index.snapshot().size).toBe(3);
});

test('a login that one server relays to another fails, since the signature names the server it was meant for', async () => {
  await using here = await openWorld();
  await using there = await openWorld();
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'phone', now: here.clock.now() });
  const person = { vault, holder, deviceLog };
  await register(person, here.honest, here.clock.now());
  await register(person, there.honest, there.clock.now());
  here.evil.attack({
    onRequest: async ({ path, body }) => {
      if (path !== '/v1/session/challenge' && path !== '/v1/session') return 'pass';
      const relayed = await request(there.honest, 'POST', path, body);
      return { kind: 'answer', status: relayed.status, body: await relayed.json() };
    },
  });
  const attempt = openSession(person, here.lying);
  await expect(attempt).rejects.toBeInstanceOf(ServerSaidNo);
  await expect(attempt).rejects.toMatchObject({ code: 'session-refused' });
  await here.evil.behave();
  expect((await openSession(person, here.lying)).token).toHaveLength(43);
});
