/** Reminders as screens know them, on top of the replica. */
import {
  type EntryRecord,
  type HeldReminder,
  type LocalDay,
  type ReminderSetting,
  addDays,
  answersReminder,
  dayOfInstant,
  deviceZone,
  editSetting,
  isBinned,
  newSetting,
  remindersOf,
  ringsIn,
  settingOf,
} from '@evenkeel/journal';
import { MOST_RINGS, recordIdSchema } from '@evenkeel/protocol';
import { useSyncExternalStore } from 'react';
import { whenTimePasses } from '../platform/passing-time.ts';
import { appSessionOf, once } from './app-session.ts';
import type { ListOutcome } from './contract.ts';
import { isContent } from './moments.ts';
import { mustBeKept } from './not-kept.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { openWaking } from './waking.ts';
import type { Reminders, ReminderWish, ShownReminder } from './reminders-contract.ts';
import { useSession } from './session-context.tsx';

const DAY_MS = 86_400_000;
/** How long a ring that nobody answered is worth a line on Today. */
const DUE_MS = 2 * DAY_MS;
const AHEAD_MS = 60 * DAY_MS;
/** Answers older than this make no difference to what is asked now. */
const DAYS_BACK = 120;

const remindersOfDiary = once(openReminders);

/** The reminders of the open diary. */
export function useReminders(): Reminders {
  return remindersOfDiary(appSessionOf(useSession()).opened());
}

export function useReminderList(): readonly ShownReminder[] {
  const reminders = useReminders();
  return useSyncExternalStore(reminders.subscribe, reminders.list);
}

function openReminders(opened: Opened): Reminders {
  const { replica, settings, now } = opened;
  const { index, clock } = replica;
  const { subscribe, announce } = createAnnouncer();
  let drawn: {
    readonly list: readonly ShownReminder[];
    readonly due: HeldReminder | null;
    /** When one of both is something else again, though nobody did anything. */
    readonly until: number;
  } | null = null;

  const changed = (): void => {
    drawn = null;
    announce();
  };
  index.subscribe(changed);
  let whole = false;
  void replica.loaded.then(() => {
    whole = true;
    changed();
  });
  whenTimePasses(() => {
    if (drawn !== null && drawn.until <= now()) changed();
  });

  const draw = () => {
    const at = now();
    const days = answeredDays(opened, at);
    const list = remindersOf(index.snapshot().settings()).map((reminder) => ({
      reminder,
      answered: days(reminder),
    }));
    const seen = Math.max(settings.read().remindersSeenAt, at - DUE_MS);
    const rung = list.flatMap(({ reminder, answered }) => {
      const ring = ringsIn(reminder, answered, { after: seen, until: at }).at(-1);
      const isAnswered = ring !== undefined && [...answered].some((day) => day >= ring.day);
      return ring === undefined || isAnswered ? [] : [{ reminder, at: ring.at }];
    });
    const shown = list.map(({ reminder, answered }) => ({
      ...reminder,
      next: ringsIn(reminder, answered, { after: at, until: at + AHEAD_MS })[0]?.at ?? null,
    }));
    const [due] = rung.toSorted((a, b) => b.at - a.at);
    return {
      list: shown,
      due: due?.reminder ?? null,
      until: Math.min((due?.at ?? Infinity) + DUE_MS, ...shown.map(({ next }) => next ?? Infinity)),
    };
  };
  const read = () => (drawn ??= draw());

  const recordOf = (id: string): EntryRecord | undefined => {
    const rec = recordIdSchema.safeParse(id);
    return rec.success ? index.snapshot().record(rec.data) : undefined;
  };
  const save = async (record: EntryRecord): Promise<ListOutcome> => {
    const saved = await replica.save([record]);
    if (saved.ok) return { ok: true, id: record.rec };
    if (saved.reason === 'storage-full') return { ok: false, reason: 'no-room' };
    mustBeKept(saved);
    return { ok: false, reason: 'gone' };
  };
  const moments = (): readonly number[] => {
    const at = now();
    const days = answeredDays(opened, at);
    const all = remindersOf(index.snapshot().settings()).flatMap((reminder) =>
      ringsIn(reminder, days(reminder), { after: at, until: at + AHEAD_MS }).map((ring) => ring.at),
    );
    return [...new Set(all)].toSorted((a, b) => a - b).slice(0, MOST_RINGS);
  };
  const waking = openWaking(opened, moments);
  subscribe(waking.renewSoon);

  const putAway = async (): Promise<void> => {
    await settings.change({ remindersSeenAt: now() });
    changed();
  };
  const change = async (
    ids: readonly string[],
    say: (held: ReminderSetting) => ReminderSetting,
  ): Promise<void> => {
    const edited = ids.flatMap((id) => {
      const record = recordOf(id);
      const held = record && settingOf(record);
      if (record === undefined || held?.kind !== 'reminder') return [];
      const { id: _id, ...setting } = held;
      return editSetting(record, say(setting), clock) ?? [];
    });
    if (edited.length > 0) mustBeKept(await replica.save(edited));
  };

  return {
    subscribe,
    list: () => read().list,
    due: () => read().due,
    isWhole: () => whole,
    async add(wish) {
      const record = newSetting(fromNow(wish, now()), { clock, now: now() });
      if (record === null) return { ok: false, reason: 'unusable' };
      // What would have rung earlier today was not asked for yet.
      await putAway();
      return save(record);
    },
    async change(id, wish) {
      const record = recordOf(id);
      if (record === undefined) return { ok: false, reason: 'gone' };
      const setting = fromNow(wish, now());
      if (newSetting(setting, { clock, now: now() }) === null) return { ok: false, reason: 'unusable' };
      await putAway();
      const edited = editSetting(record, setting, clock);
      return edited === null ? { ok: true, id } : save(edited);
    },
    async remove(id) {
      const record = recordOf(id);
      if (record !== undefined) mustBeKept(await replica.eraseForGood([record.rec]));
    },
    pause: (ids, days) =>
      change(ids, (held) => ({
        ...held,
        pausedUntil: days === 0 ? null : addDays(dayOfInstant(now(), held.zone), days),
      })),
    turnOff: (id) => change([id], (held) => ({ ...held, on: false })),
    waking: waking.read,
    wake: waking.wake,
    stopWaking: waking.stop,
    putAway,
  };
}

function fromNow(wish: ReminderWish, now: number): ReminderSetting {
  const zone = deviceZone();
  return { kind: 'reminder', ...wish, zone, from: dayOfInstant(now, zone), pausedUntil: null };
}

/** The days on which each reminder was answered, read once for all of them. */
function answeredDays({ replica }: Opened, now: number): (reminder: HeldReminder) => ReadonlySet<LocalDay> {
  const first = addDays(dayOfInstant(now, deviceZone()), -DAYS_BACK);
  const days = replica.index
    .snapshot()
    .days({ first })
    .map(({ day, moments }) => ({
      day,
      records: moments
        .flatMap(({ records }) => records)
        .filter((record) => isContent(record) && !isBinned(record)),
    }));
  return ({ opens }) =>
    new Set(days.flatMap(({ day, records }) => (answersReminder(opens, records) ? [day] : [])));
}
