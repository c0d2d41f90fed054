/** Journeys of a share: a clinician reads it, and its owner reads who did. */
import { onDay } from '@evenkeel/journal';
import type { ConnectOutcome } from '@evenkeel/replica';
import { readReceipts } from '@evenkeel/sharing';
import type { Noticed } from '../attacks/attack.ts';
import { type Desk, type GivenShare, ZONE, give, openDesk, pinInTheRoom, settleShare } from '../shares.ts';
import { type Somebody, join, somebody, write } from '../somebody.ts';
import { noticedBy, watch } from './own-devices.ts';
import { type Journey, type World, openWorld } from './world.ts';

/** Moods, from the third of the month in which the story begins. */
const SCOPE = { categories: [1], period: { kind: 'from', first: '2026-10-03' } } as const;

type Told = {
  readonly world: World;
  readonly person: Somebody;
  readonly clinician: Somebody;
  readonly desk: Desk;
  readonly share: GivenShare;
};

/** A clinician's device reads a share for the first time. */
export async function firstShare(): Promise<Journey> {
  return journeyOf(await shareSomething());
}

/** It has read before, and meets what was written since: new entries, an edit, and a new month with its keys. */
export async function nextShare(): Promise<Journey> {
  const told = await shareSomething();
  const { world, person, desk, share } = told;
  await must(desk.shared.connect({ ...world.lying, live: false, retryMs: 20 }));
  await must(desk.shared.openPerson(person.holder.acct));
  await writeOn(person, '2026-10-08');
  await must(desk.shared.openPerson(person.holder.acct));
  world.clock.advance(24 * 86_400_000);
  await writeOn(person, '2026-11-02');
  await settleShare(person, share);
  await writeOn(person, '2026-10-09');
  return journeyOf(told);
}

/** The person reads who opened what, through the liar. */
export async function receipts(): Promise<Journey> {
  const told = await shareSomething();
  const { world, person, clinician, desk, share } = told;
  await must(desk.shared.connect({ ...world.honest, live: false, retryMs: 20 }));
  for (let i = 0; i < 4; i += 1) {
    world.clock.advance(3_600_000);
    await must(desk.shared.openPerson(person.holder.acct));
  }
  const seen = watch(person.replica);
  const who = {
    owner: person.holder.acct,
    grant: share.id,
    clinician: clinician.holder,
    origin: world.honest.origin,
  };
  const read = async () =>
    readReceipts(
      person.vault,
      who,
      (await person.replica.receipts()).map(({ bytes }) => bytes),
    );
  return {
    world,
    scene: await world.scene(await person.replica.logs.deviceObjects()),
    act: async () => {
      await must(person.replica.connect({ ...world.lying, live: false, retryMs: 20 }));
      await person.replica.syncNow();
      const { faults } = await read();
      return [
        ...new Set([...faults.map(({ reason }) => reason), ...seen, ...(await noticedBy(person.replica))]),
      ];
    },
    heal: async () => {
      world.clock.advance(60_000);
      // As the app does when receipts are missing or do not verify.
      if ((await read()).faults.length > 0) await person.replica.receiptsAgain();
      await person.replica.syncNow();
      await person.replica.syncNow();
      const { faults, receipts: found } = await read();
      const opened = found.filter(({ why }) => why === 'opened').length;
      return [
        ...faults.map(({ reason }) => `the receipts still say ${reason}`),
        ...(await noticedBy(person.replica)).map((word) => `the phone still says ${word}`),
        ...(opened === 4 ? [] : [`${opened} openings are listed`]),
      ];
    },
    [Symbol.asyncDispose]: () => leave(told),
  };
}

async function shareSomething(): Promise<Told> {
  const world = await openWorld();
  const person = await somebody('Sam', world.clock);
  const clinician = await somebody('Dr Ali', world.clock);
  for (const day of ['2026-10-01', '2026-10-02', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'])
    await writeOn(person, day, false);
  await join(person, world.honest, { kind: 'none' });
  await join(clinician, world.honest, { kind: 'none' });
  await must(person.replica.syncNow());
  const desk = await openDesk(clinician);
  const pin = await pinInTheRoom(person, clinician, desk, world.honest.origin);
  const share = await give(person, pin, SCOPE);
  await must(person.replica.syncNow());
  return { world, person, clinician, desk, share };
}

async function writeOn(person: Somebody, day: string, send = true): Promise<void> {
  await write(person, {
    when: onDay(day, ZONE),
    mood: { valence: 0.3, arousal: 0.1 },
    words: `not for the clinician: ${day}`,
  });
  if (!send) return;
  await must(person.replica.syncNow());
  await must(person.replica.syncNow());
}

async function journeyOf(told: Told): Promise<Journey> {
  const { world, person, desk } = told;
  const { acct } = person.holder;
  const words = new Set<Noticed>();
  desk.shared.subscribe(() => {
    for (const word of wordsOf(desk)) words.add(word);
  });
  const open = async (): Promise<ConnectOutcome> => {
    const { status } = desk.shared.snapshot().connection;
    const connected =
      status === 'online'
        ? { ok: true as const }
        : await desk.shared.connect({ ...world.lying, live: false, retryMs: 20 });
    return connected.ok ? desk.shared.openPerson(acct) : connected;
  };
  return {
    world,
    scene: await world.scene(await person.replica.logs.deviceObjects()),
    act: async () => {
      const outcome = await open();
      const isShown = desk.shared.snapshot().grants.some(({ status }) => status === 'open');
      const left = [
        ...wordsOf(desk),
        ...(await setApartBy(told)),
        ...(isShown ? [] : ['not-shown' as const]),
      ];
      return [...new Set([...(outcome.ok ? [] : [outcome.reason]), ...words, ...left])];
    },
    heal: async () => {
      world.clock.advance(60_000);
      await open();
      await open();
      const here = shownOn(desk, told);
      const wanted = sharedBy(told);
      return [
        ...[...wordsOf(desk), ...(await setApartBy(told))].map((word) => `the desk still says ${word}`),
        ...(here === wanted ? [] : [`the desk shows ${here || 'nothing'} instead of ${wanted}`]),
      ];
    },
    [Symbol.asyncDispose]: () => leave(told),
  };
}

function wordsOf({ shared }: Desk): readonly Noticed[] {
  const { connection, grants } = shared.snapshot();
  return [
    ...(connection.status === 'stopped' ? [connection.reason] : []),
    ...grants.flatMap(({ fault, ended, completeness, waitingForKey }) => [
      ...(fault === null ? [] : [fault]),
      ...(ended === null ? [] : [ended.reason]),
      ...completeness.faults.map((one) => one.fault),
      ...(waitingForKey === 0 ? [] : ['no-key' as const]),
    ]),
  ];
}

async function setApartBy({ clinician }: Told): Promise<readonly Noticed[]> {
  return (await clinician.store.tables.quarantine.toArray()).map(({ reason }) => reason);
}

function shownOn({ shared }: Desk, { person }: Told): string {
  const moments = shared.person(person.holder.acct).snapshot().moments();
  return moments.flatMap(({ day, records }) => records.map(({ cat }) => `${cat} of ${day}`)).join(', ');
}

function sharedBy({ person }: Told): string {
  const moments = person.replica.index.snapshot().moments();
  const inScope = moments.flatMap(({ day, records }) =>
    records.filter(({ cat }) => cat === 1 && day >= SCOPE.period.first).map(({ cat }) => `${cat} of ${day}`),
  );
  return inScope.join(', ');
}

async function leave({ world, person, clinician, desk }: Told): Promise<void> {
  await desk.shared.close();
  await person[Symbol.asyncDispose]();
  await clinician[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
}

async function must(outcome: Promise<ConnectOutcome>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`an honest server was not reached: ${settled.reason}`);
}
