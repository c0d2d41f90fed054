/**
 * The cast of a test: a person, perhaps a clinician, a server between them and one clock for all. Real parts
 * throughout: `const { person, clinician } = await setup({ person: {}, clinician: { sees: ['mood'], from: '2026-10' } })`.
 */
import 'fake-indexeddb/auto';
import {
  type EntryRecord,
  type GrantableCategory,
  type LocalDay,
  type MomentDraft,
  categoryNumber,
} from '@evenkeel/journal';
import type { ConnectOutcome } from '@evenkeel/replica';
import { type Period, type Scope, makeScope } from '@evenkeel/sharing';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { type HandWoundClock, handWoundClock } from './clock.ts';
import {
  type Desk,
  type GivenShare,
  give,
  openDesk,
  pinInTheRoom,
  settleShare,
  stopShare,
} from './shares.ts';
import { type ServerPlace, type Somebody, join, somebody, write } from './somebody.ts';

export type PersonWish = { readonly name?: string; readonly entries?: readonly MomentDraft[] };
export type ClinicianWish = {
  readonly name?: string;
  /** What the person shares with them from the start. */
  readonly sees: readonly GrantableCategory[];
  /** First day, or a month from its first day on; everything when absent. */
  readonly from?: string;
  /** Last day; ongoing when absent. */
  readonly to?: LocalDay;
};

export type Person = Somebody & {
  /** Writes one moment, sends it, and packs the keys it owes. */
  readonly logs: (draft: MomentDraft) => Promise<readonly EntryRecord[]>;
  readonly syncs: () => Promise<void>;
  readonly stopsSharing: () => Promise<void>;
};

export type Clinician = Somebody & {
  readonly desk: Desk;
  /** Opens the person's record by hand, and returns every entry that can be read. */
  readonly opens: () => Promise<readonly EntryRecord[]>;
};

export type Stage = AsyncDisposable & {
  readonly clock: HandWoundClock;
  readonly server: RunningServer;
  readonly place: ServerPlace;
  readonly person: Person;
};

/** 10 October 2026, 09:00 UTC. */
const START = Date.UTC(2026, 9, 10, 9);

export async function setup(cast: { readonly person: PersonWish }): Promise<Stage>;
export async function setup(cast: {
  readonly person: PersonWish;
  readonly clinician: ClinicianWish;
}): Promise<Stage & { readonly clinician: Clinician }>;
export async function setup(cast: {
  readonly person: PersonWish;
  readonly clinician?: ClinicianWish;
}): Promise<Stage & { readonly clinician?: Clinician }> {
  const clock = handWoundClock(START);
  const server = await startServer({ signups: 'open', clock: clock.now });
  const place = { origin: server.url, address: `http://127.0.0.1:${new URL(server.url).port}` };
  const one = await somebody(cast.person.name ?? 'Sam', clock);
  for (const draft of cast.person.entries ?? []) await write(one, draft);
  await join(one, place, { kind: 'none' });
  await must(one.replica.syncNow());
  const two = cast.clinician === undefined ? null : await bringClinician(one, cast.clinician, place);
  const person = personOf(one, two?.share ?? null);
  const leave = async (): Promise<void> => {
    await two?.clinician[Symbol.asyncDispose]();
    await one[Symbol.asyncDispose]();
    await server.close();
  };
  const stage = { clock, server, place, person, [Symbol.asyncDispose]: leave };
  return two === null ? stage : { ...stage, clinician: two.clinician };
}

function personOf(one: Somebody, share: GivenShare | null): Person {
  const syncs = async (): Promise<void> => {
    await must(one.replica.syncNow());
    if (share !== null) await settleShare(one, share);
    await must(one.replica.syncNow());
  };
  return {
    ...one,
    syncs,
    logs: async (draft) => {
      const records = await write(one, draft);
      await syncs();
      return records;
    },
    stopsSharing: async () => {
      if (share !== null) await stopShare(one, share);
    },
  };
}

async function bringClinician(
  person: Somebody,
  wish: ClinicianWish,
  place: ServerPlace,
): Promise<{ readonly clinician: Clinician; readonly share: GivenShare }> {
  const one = await somebody(wish.name ?? 'Dr Ali', person.clock);
  await join(one, place, { kind: 'none' });
  const desk = await openDesk(one);
  const pin = await pinInTheRoom(person, one, desk, place.origin);
  const share = await give(person, pin, scopeOf(wish));
  await must(person.replica.syncNow());
  await must(desk.shared.connect({ ...place, live: false, retryMs: 20 }));
  const opens = async (): Promise<readonly EntryRecord[]> => {
    await must(desk.shared.openPerson(person.holder.acct));
    const moments = desk.shared.person(person.holder.acct).snapshot().moments();
    return moments.flatMap(({ records }) => records);
  };
  const leave = async (): Promise<void> => {
    await desk.shared.close();
    await one[Symbol.asyncDispose]();
  };
  return { clinician: { ...one, desk, opens, [Symbol.asyncDispose]: leave }, share };
}

function scopeOf({ sees, from, to }: ClinicianWish): Scope {
  const made = makeScope(sees.map(categoryNumber), periodOf(from, to));
  if (!made.ok) throw new Error(`no such scope: ${made.reason}`);
  return made.scope;
}

function periodOf(from: string | undefined, to: LocalDay | undefined): Period {
  if (from === undefined) return { kind: 'all' };
  const first = from.length === 'YYYY-MM'.length ? `${from}-01` : from;
  return to === undefined ? { kind: 'from', first } : { kind: 'between', first, last: to };
}

async function must(outcome: Promise<ConnectOutcome>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`the server was not reached: ${settled.reason}`);
}
