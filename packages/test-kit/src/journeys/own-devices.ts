/** Journeys of a person with several devices of their own. */
import { type EntryRecord, type Json, editRecord, encodeRecord, onDay } from '@evenkeel/journal';
import { ZERO_HASH, randomRecordId, toBase64url, utf8 } from '@evenkeel/protocol';
import type { ConnectOutcome, Replica } from '@evenkeel/replica';
import type { Noticed } from '../attacks/attack.ts';
import { type Somebody, join, secondDevice, somebody, write } from '../somebody.ts';
import { type Journey, type World, openWorld } from './world.ts';

const ZONE = 'Europe/London';

/** A new device of the person pulls everything. */
export async function firstPull(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  return journeyOf(world, phone, laptop, () => connect(laptop, world));
}

/** A device that has pulled before meets what was written since: edits, new entries, and a third device. */
export async function nextPull(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  await connect(laptop, world);
  await must(laptop.replica.syncNow());
  world.clock.advance(60_000);
  await write(phone, {
    when: onDay('2026-10-07', ZONE),
    mood: { valence: 0.2 },
    words: 'written after the first pull',
  });
  await settle(phone);
  await must(laptop.replica.syncNow());
  await settle(phone);
  const tablet = await secondDevice(phone, 'tablet', world.honest);
  await must(phone.replica.syncNow());
  await connect(tablet, world, 'honest');
  await must(tablet.replica.syncNow());
  world.clock.advance(60_000);
  await write(phone, {
    when: onDay('2026-10-03', ZONE),
    mood: { valence: 0.1 },
    words: 'written on the phone',
  });
  await write(tablet, {
    when: onDay('2026-10-03', ZONE),
    mood: { valence: -0.1 },
    words: 'written on the tablet',
  });
  for (const one of [tablet, phone, tablet, phone]) await must(one.replica.syncNow());
  return journeyOf(world, phone, laptop, () => laptop.replica.syncNow(), [tablet]);
}

/** A device sends what it wrote; then the other one looks. */
export async function push(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  await connect(laptop, world);
  await must(laptop.replica.syncNow());
  await settle(phone);
  // Written while away: a connected device would have sent it before the lie is told.
  await laptop.replica.disconnect();
  await write(laptop, {
    when: onDay('2026-10-04', ZONE),
    mood: { valence: 0.4 },
    words: 'written on the laptop',
  });
  return journeyOf(world, phone, laptop, () => connect(laptop, world));
}

/** A lost tablet was removed; what it writes from then on does not count, whatever the server says. */
export async function removedDevice(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  const tablet = await secondDevice(phone, 'tablet', world.honest);
  await must(phone.replica.syncNow());
  await connect(laptop, world);
  await must(laptop.replica.syncNow());
  await removeDevice(phone, tablet);
  await settle(phone);
  await must(laptop.replica.syncNow());
  const [late] = await tablet.vault.seal([
    {
      type: 'record',
      cat: 1,
      month: 321,
      day: 9,
      epoch: 0,
      rec: randomRecordId(),
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: utf8('{}'),
    },
  ]);
  await tablet[Symbol.asyncDispose]();
  world.clock.advance(60_000);
  await write(phone, { when: onDay('2026-10-09', ZONE), mood: { valence: 0.1 } });
  await settle(phone);
  const journey = await journeyOf(world, phone, laptop, () => laptop.replica.syncNow());
  return {
    ...journey,
    scene: { ...journey.scene, removedEnvelopes: late === undefined ? [] : [toBase64url(late)] },
    heal: async () => {
      // The place that the removed device claimed is taken by what comes next.
      await write(phone, { when: onDay('2026-10-10', ZONE), mood: { valence: 0.2 } });
      return journey.heal();
    },
  };
}

export async function removeDevice(phone: Somebody, gone: Somebody): Promise<void> {
  const { logs } = phone.replica;
  const cut = await logs.signFullHead();
  const { seq, hash } = logs.device();
  const payload = { seq: seq + 1, prev: hash, time: phone.clock.now(), dev: gone.holder.dev, cut };
  const appended = await logs.appendDeviceLog(
    await phone.vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]),
  );
  if (!appended.ok) throw new Error(`the device was not removed: ${appended.reason}`);
}

/** An entry was edited and another deleted for good, and both devices know it; then one looks again. */
export async function afterEdit(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  await connect(laptop, world);
  await must(laptop.replica.syncNow());
  const [first, second] = moodsOf(phone);
  await edit(phone, first, { valence: -0.6 });
  if (second !== undefined) await phone.replica.eraseForGood([second.rec]);
  await settle(phone);
  await must(laptop.replica.syncNow());
  await settle(phone);
  return journeyOf(world, phone, laptop, () => laptop.replica.syncNow());
}

/** A lost tablet was removed. It goes on editing an entry that the laptop, away meanwhile, edits as well. */
export async function editAfterRemoval(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  const tablet = await secondDevice(phone, 'tablet', world.honest);
  await must(phone.replica.syncNow());
  await connect(laptop, world);
  await must(laptop.replica.syncNow());
  await removeDevice(phone, tablet);
  await settle(phone);
  await must(laptop.replica.syncNow());
  await laptop.replica.disconnect();
  const [mood] = moodsOf(laptop);
  if (mood === undefined) throw new Error('expected a mood');
  await edit(laptop, mood, { arousal: 0.9 });
  const forged = editRecord(mood, { fields: { valence: -1 } }, phone.replica.clock);
  if (forged === null) throw new Error('expected an edit');
  const [late] = await tablet.vault.seal([
    {
      type: 'record',
      cat: mood.cat,
      ...mood.place,
      epoch: 0,
      rec: mood.rec,
      rev: 9,
      replaces: ZERO_HASH,
      plaintext: encodeRecord(forged.record),
    },
  ]);
  await tablet[Symbol.asyncDispose]();
  const journey = await journeyOf(world, phone, laptop, () => connect(laptop, world));
  const isPlanted = (): boolean =>
    [laptop, phone].some(
      ({ replica }) => replica.index.snapshot().record(mood.rec)?.fields['valence']?.value === -1,
    );
  return {
    ...journey,
    scene: { ...journey.scene, removedEnvelopes: late === undefined ? [] : [toBase64url(late)] },
    heal: async () => [
      ...(await journey.heal()),
      ...(isPlanted() ? ['what the removed device wrote counts'] : []),
    ],
  };
}

function moodsOf({ replica }: Somebody): readonly EntryRecord[] {
  return replica.index
    .snapshot()
    .moments()
    .flatMap(({ records }) => records.filter(({ cat }) => cat === 1));
}

async function edit(
  one: Somebody,
  record: EntryRecord | undefined,
  fields: Readonly<Record<string, Json>>,
): Promise<void> {
  const change = record === undefined ? null : editRecord(record, { fields }, one.replica.clock);
  if (change === null) throw new Error('expected an edit');
  const saved = await one.replica.save([change.record]);
  if (!saved.ok) throw new Error(`not saved: ${saved.reason}`);
}

/** A device opens its first session. */
export async function session(): Promise<Journey> {
  const world = await openWorld();
  const { phone, laptop } = await twoDevices(world);
  await settle(phone);
  return journeyOf(world, phone, laptop, () => connect(laptop, world));
}

async function twoDevices(world: World): Promise<{ readonly phone: Somebody; readonly laptop: Somebody }> {
  const phone = await somebody('phone', world.clock);
  for (const day of ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-08']) {
    await write(phone, {
      when: onDay(day, ZONE),
      mood: { valence: 0.3, arousal: -0.2 },
      words: `what happened on ${day}`,
    });
  }
  await join(phone, world.honest, { kind: 'none' });
  const laptop = await secondDevice(phone, 'laptop', world.honest);
  return { phone, laptop };
}

async function connect(
  one: Somebody,
  world: World,
  how: 'honest' | 'lying' = 'lying',
): Promise<ConnectOutcome> {
  return one.replica.connect({ ...world[how], live: false, retryMs: 20 });
}

/** Sends and signs until nothing waits. */
async function settle(one: Somebody): Promise<void> {
  await must(one.replica.syncNow());
  await must(one.replica.syncNow());
}

async function journeyOf(
  world: World,
  phone: Somebody,
  laptop: Somebody,
  start: () => Promise<ConnectOutcome>,
  others: readonly Somebody[] = [],
): Promise<Journey> {
  const scene = await world.scene(await phone.replica.logs.deviceObjects());
  const devices = [laptop, ...others, phone];
  const seen = [laptop, phone].map((one) => watch(one.replica));
  return {
    world,
    scene,
    act: async () => {
      const outcomes = [await start()];
      await answered(laptop.replica);
      if (laptop.replica.sync().connection.status === 'online') outcomes.push(await laptop.replica.syncNow());
      await phone.replica.syncNow();
      const met = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason]));
      const left = [...(await noticedBy(laptop.replica)), ...(await noticedBy(phone.replica))];
      return [...new Set([...met, ...seen.flatMap((words) => [...words]), ...left])];
    },
    heal: async () => {
      // A liar is not asked for everything at every poke: healing waits half a minute.
      world.clock.advance(60_000);
      await answered(laptop.replica);
      if (laptop.replica.sync().connection.status !== 'online') await connect(laptop, world);
      for (const one of [laptop, ...others, phone, laptop, ...others, phone, laptop]) {
        await one.replica.syncNow();
        await answered(one.replica);
        await one.replica.acknowledgeRestart();
      }
      const wanted = entriesOf(phone.replica);
      return (
        await Promise.all(
          devices.map(async (one) => {
            const wrong = (await noticedBy(one.replica)).map(
              (noticed) => `${one.name} still says ${noticed}`,
            );
            const waiting = one.replica.safetyCounts().waiting;
            return [
              ...wrong,
              ...(entriesOf(one.replica) === wanted ? [] : [`${one.name} does not hold the same entries`]),
              ...(waiting === 0 ? [] : [`${waiting} entries of ${one.name} wait`]),
            ];
          }),
        )
      ).flat();
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of devices) await one[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** Waits until a connection that is being made again by itself stands or has failed. */
async function answered(replica: Replica): Promise<void> {
  for (let i = 0; i < 1000 && replica.sync().connection.status === 'connecting'; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Collects every word a replica has from now on, those too that are taken back again at once. */
export function watch(replica: Replica): ReadonlySet<Noticed> {
  const words = new Set<Noticed>();
  replica.subscribe(() => {
    const { connection, completeness } = replica.sync();
    if (connection.status === 'stopped') words.add(connection.reason);
    for (const { fault } of completeness.faults) words.add(fault);
  });
  return words;
}

/** Every word a replica has for what a server did to it. */
export async function noticedBy(replica: Replica): Promise<readonly Noticed[]> {
  const { connection, completeness, restartedAt } = replica.sync();
  const quarantined = await replica.quarantine();
  return [
    ...(connection.status === 'stopped' ? [connection.reason] : []),
    ...(restartedAt === null ? [] : (['server-restarted'] as const)),
    ...completeness.faults.map(({ fault }) => fault),
    ...quarantined.map(({ reason }) => reason),
  ];
}

/** What a replica holds, as one text that is equal exactly when the entries are. */
export function entriesOf(replica: Replica): string {
  const moments = replica.index.snapshot().moments();
  const records = moments.flatMap(({ records }) =>
    records.map((record) => JSON.stringify([record.rec, record.fields])),
  );
  return records.toSorted().join('\n');
}

async function must(outcome: Promise<ConnectOutcome>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`an honest server was not reached: ${settled.reason}`);
}
