/** What a lying server can do that nobody can notice, or not at once: the limits we admit, each as it is. */
import {
  type Bytes,
  fromBase64url,
  leafOf,
  parseEnvelope,
  pullReplySchema,
  pushReplySchema,
  pushRequestSchema,
} from '@evenkeel/protocol';
import { onDay } from '@evenkeel/journal';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { editOwn } from './attacks/editing.ts';
import { noticedBy, removeDevice, watch } from './journeys/own-devices.ts';
import { START, type World, openWorld } from './journeys/world.ts';
import { ServerSaidNo, openSession, register, request } from './session.ts';
import { type Desk, type GivenShare, give, openDesk, pinInTheRoom, stopShare } from './shares.ts';
import { type Somebody, join, secondDevice, somebody, write } from './somebody.ts';

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

test('a limit: an account’s only device vouches for itself, so a frozen server looks fresh to it for ever', async () => {
  await using world = await openWorld();
  await using phone = await somebody('phone', world.clock);
  await join(phone, world.honest, { kind: 'none' });
  await phone.replica.connect({ ...world.lying, live: false, retryMs: 20 });
  await phone.replica.syncNow();
  world.evil.attack(
    editOwn((page) => ({
      ...page,
      items: [],
      heads: [],
      deviceLog: [],
      grantLog: [],
      receipts: [],
      side: 0,
    })),
  );
  for (let day = 0; day < 3; day += 1) {
    world.clock.advance(86_400_000);
    await phone.replica.syncNow();
    await phone.replica.syncNow();
    expect(phone.replica.sync().completeness.asOf).toBe(world.clock.now());
  }
  expect(world.evil.delivered().replies).toBeGreaterThan(0);
  expect(await noticedBy(phone.replica)).toEqual([]);
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

type Told = AsyncDisposable & {
  readonly world: World;
  readonly phone: Somebody;
  readonly laptop: Somebody;
  readonly clinician: Somebody;
  readonly desk: Desk;
  readonly share: GivenShare;
};

const quick = { live: false, retryMs: 20 } as const;
const MOODS = { categories: [1], period: { kind: 'all' } } as const;

/** A person with two devices and a clinician who has read their moods. The laptop asks through the liar. */
async function shared(expires: number | null = null): Promise<Told> {
  const world = await openWorld();
  const phone = await somebody('phone', world.clock);
  const clinician = await somebody('desk', world.clock);
  await write(phone, { when: onDay('2026-10-05', ZONE), mood: { valence: 0.3 } });
  await join(phone, world.honest, { kind: 'none' });
  await join(clinician, world.honest, { kind: 'none' });
  const laptop = await secondDevice(phone, 'laptop', world.honest);
  const desk = await openDesk(clinician);
  const pin = await pinInTheRoom(phone, clinician, desk, world.honest.origin);
  const share = await give(phone, pin, MOODS, expires);
  await phone.replica.syncNow();
  await laptop.replica.connect({ ...world.lying, ...quick });
  await laptop.replica.syncNow();
  await desk.shared.connect({ ...world.honest, ...quick });
  await desk.shared.openPerson(phone.holder.acct);
  const leave = async (): Promise<void> => {
    await desk.shared.close();
    for (const one of [phone, laptop, clinician]) await one[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, phone, laptop, clinician, desk, share, [Symbol.asyncDispose]: leave };
}

/** How many of these a device of the person, or somebody they shared with, opens with the keys in its vault. */
async function openedBy({ vault }: Somebody, owner: Somebody, envelopes: readonly Bytes[]) {
  const outcomes = await vault.open(envelopes.map((envelope) => ({ owner: owner.holder.acct, envelope })));
  return outcomes.map((outcome) => (outcome.ok ? 'opens' : outcome.reason));
}

async function sealedOn({ replica }: Somebody): Promise<readonly Bytes[]> {
  return (await replica.sealedSince(null, 100)).envelopes;
}

/** Each envelope that the liar was sent, with what the real server said to it in the end. */
function pushedTo(world: World) {
  const said = world.evil.recorded().flatMap(({ path, body, reply }) => {
    if (path !== '/v1/push') return [];
    const outcomes = pushReplySchema.parse(reply).envelopes;
    return (pushRequestSchema.parse(body).envelopes ?? []).map((env, at) => [env, outcomes[at]] as const);
  });
  return [...new Map(said)].map(([env, outcome]) => {
    const bytes = fromBase64url(env) ?? new Uint8Array();
    const parsed = parseEnvelope(bytes);
    return { bytes, epoch: parsed.ok ? parsed.envelope.header.epoch : null, outcome };
  });
}

test('a device from which a server hides a stop seals under the old epoch until it hears: refused where the server is honest, but open to whoever kept the keys', async () => {
  await using told = await shared();
  const { world, phone, laptop, clinician, share } = told;
  world.evil.attack(
    editOwn((page) => ({ ...page, items: [], heads: [], deviceLog: [], grantLog: [], side: 0 })),
  );
  await stopShare(phone, share);
  await write(laptop, { when: onDay('2026-10-06', ZONE), mood: { valence: -0.4 } });
  await laptop.replica.syncNow();
  const late = pushedTo(world);
  expect(late.length).toBeGreaterThan(0);
  for (const { bytes, epoch, outcome } of late) {
    expect({ epoch, outcome }).toEqual({ epoch: 0, outcome: { status: 'refused', reason: 'old-epoch' } });
    expect(await openedBy(clinician, phone, [bytes])).toEqual(['opens']);
  }

  await world.evil.behave();
  world.clock.advance(60_000);
  await laptop.replica.syncNow();
  await laptop.replica.syncNow();
  const taken = pushedTo(world).filter(({ outcome }) => outcome?.status === 'done');
  expect(taken.map(({ epoch }) => epoch)).toEqual([1]);
  for (const { bytes } of taken) expect(await openedBy(clinician, phone, [bytes])).not.toEqual(['opens']);
});

test('the end of a share is kept by the server and by the app, not by its keys: whoever kept a pack still opens what was shared', async () => {
  const end = START + 2 * 86_400_000;
  await using told = await shared(end);
  const { world, phone, clinician, desk, share } = told;
  const sealed = await sealedOn(phone);
  const [pack, ...more] = await clinician.store.tables.packs.toArray();
  if (pack === undefined || more.length > 0) throw new Error('expected one pack');
  expect(await openedBy(clinician, phone, sealed)).toEqual(['opens']);
  world.clock.advance(3 * 86_400_000);
  await desk.shared.openPerson(phone.holder.acct);
  expect(desk.shared.snapshot().grants).toMatchObject([{ ended: { reason: 'expired' } }]);
  expect(await openedBy(clinician, phone, sealed)).toEqual(['no-key']);

  const admitted = [...share.own.state.streams].map(([sid, kids]) => ({
    sid,
    kids: kids === null ? null : [...kids],
  }));
  const again = await clinician.vault.openKeyPack({ owner: phone.holder.acct, pack: pack.bytes, admitted });
  expect(again.ok).toBe(true);
  expect(await openedBy(clinician, phone, sealed)).toEqual(['opens']);
});

test('a device that was removed still holds the root: the server refuses it, and what it gets hold of opens, written later too', async () => {
  await using told = await shared();
  const { phone, laptop, share } = told;
  await removeDevice(phone, laptop);
  await stopShare(phone, share);
  await write(phone, { when: onDay('2026-10-09', ZONE), mood: { valence: 0.1 } });
  await phone.replica.syncNow();
  const before = laptop.replica.index.snapshot().size;
  expect(await laptop.replica.syncNow()).toMatchObject({ ok: false });
  expect(laptop.replica.index.snapshot().size).toBe(before);
  expect(await openedBy(laptop, phone, await sealedOn(phone))).toEqual(['opens', 'opens']);
});
