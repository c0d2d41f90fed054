/** From the index of the replica to what the screens that look back are drawn from. */
import {
  CATEGORY_NUMBERS,
  type EntryRecord,
  alcoholUnits,
  atInstant,
  deviceZone,
  medicationOf,
  minutesSlept,
  moodOf,
  questionnaireOf,
  sleepOf,
  subjectOf,
  substancesOf,
  surroundingsOf,
  symptomsOf,
  trackersOf,
  valueSettings,
  valuesOf,
  wallTimeOf,
  wordsOf,
} from '@evenkeel/journal';
import type { HeldMoment } from '@evenkeel/replica';
import { whenTimePasses } from '../platform/passing-time.ts';
import { allMoments, inSlices } from './in-slices.ts';
import type { LookedBack, LookingBack, MomentFacts } from './looking-back-contract.ts';
import { type Opened, createAnnouncer } from './opened.ts';

/** Reads while somebody looks; what was read of a moment is kept for as long as the moment does not change. */
export function openLookingBack({ replica, now }: Opened): LookingBack {
  const { index } = replica;
  const { subscribe, announce } = createAnnouncer();
  const known = new WeakMap<HeldMoment, MomentFacts>();
  let facts: readonly MomentFacts[] | null = null;
  let looked: LookedBack | null = null;
  let watchers = 0;
  let stop: (() => void) | null = null;
  let reading = 0;

  const changed = (): void => {
    looked = null;
    announce();
    void readAll();
  };

  whenTimePasses(() => {
    if (looked !== null && looked.today !== dayOf(now())) changed();
  });

  /** A change while it reads begins a new reading; the old one ends at its next pause. */
  async function readAll(): Promise<void> {
    reading += 1;
    const mine = reading;
    const snapshot = index.snapshot();
    if (!snapshot.historyLoaded.complete) return;
    const read: MomentFacts[] = [];
    const finished = await inSlices(
      allMoments(snapshot),
      (held) => {
        const found = known.get(held) ?? factsOf(held);
        known.set(held, found);
        read.push(found);
      },
      () => mine === reading,
    );
    if (!finished) return;
    facts = read;
    looked = null;
    announce();
  }

  return {
    subscribe(listener) {
      watchers += 1;
      stop ??= index.subscribe(changed);
      if (watchers === 1) void readAll();
      const leave = subscribe(listener);
      return () => {
        leave();
        watchers -= 1;
        if (watchers > 0) return;
        stop?.();
        stop = null;
        reading += 1;
        looked = null;
      };
    },
    read() {
      const snapshot = index.snapshot();
      looked ??= {
        today: dayOf(now()),
        days: snapshot.summaries(),
        facts,
        values: valueSettings(snapshot.settings()),
      };
      return looked;
    },
    words: (first, last) =>
      index
        .snapshot()
        .moments({ first, last })
        .flatMap(({ id, day, records }) =>
          records.flatMap((record) => {
            const words = wordsOf(record);
            return words === undefined ? [] : [{ id, day, words }];
          }),
        ),
  };
}

function factsOf({ day, when, records }: HeldMoment): MomentFacts {
  const about = (category: keyof typeof CATEGORY_NUMBERS) =>
    records.find((record) => subjectOf(record) === CATEGORY_NUMBERS[category]);
  const [mood, values, surroundings] = [about('mood'), about('values'), about('surroundings')];
  const { valence, arousal } = mood === undefined ? {} : moodOf(mood);
  return {
    day,
    hour: when.precision === 'minute' ? wallTimeOf(when.at, when.zone).hour : null,
    ...(valence !== undefined && { valence }),
    ...(arousal !== undefined && { arousal }),
    values: values === undefined ? [] : valuesOf(values),
    surroundings: surroundings === undefined ? {} : surroundingsOf(surroundings),
    ...bodyFacts({ when, sleep: about('sleep'), use: about('substances'), doses: about('medication') }),
    ...askedFacts({
      asked: about('symptoms'),
      own: about('trackers'),
      questionnaire: about('questionnaires'),
    }),
  };
}

function bodyFacts({
  when,
  sleep,
  use,
  doses,
}: {
  readonly when: HeldMoment['when'];
  readonly sleep: EntryRecord | undefined;
  readonly use: EntryRecord | undefined;
  readonly doses: EntryRecord | undefined;
}): Pick<MomentFacts, 'sleepHours' | 'alcoholUnits' | 'substances' | 'doseMissed'> {
  const minutes = sleep && minutesSlept(sleepOf(sleep), when);
  const substances = use && substancesOf(use);
  const units = substances && alcoholUnits([substances]);
  const taken = doses === undefined ? [] : medicationOf(doses);
  return {
    ...(minutes !== undefined && { sleepHours: minutes / 60 }),
    ...(units !== undefined && { alcoholUnits: units }),
    ...(substances && { substances }),
    ...(taken.length > 0 && { doseMissed: taken.some(({ what }) => what === 'missed') }),
  };
}

function askedFacts({
  asked,
  own,
  questionnaire,
}: {
  readonly asked: EntryRecord | undefined;
  readonly own: EntryRecord | undefined;
  readonly questionnaire: EntryRecord | undefined;
}): Pick<MomentFacts, 'symptoms' | 'trackers' | 'score'> {
  const answered = questionnaire && questionnaireOf(questionnaire);
  return {
    ...(asked && { symptoms: symptomsOf(asked) }),
    ...(own && { trackers: trackersOf(own) }),
    ...(answered?.total !== undefined &&
      answered.total !== null && { score: { instrument: answered.instrument, total: answered.total } }),
  };
}

function dayOf(now: number): string {
  const when = atInstant(now, deviceZone());
  return when.precision === 'undated' ? '2000-01-01' : when.day;
}
