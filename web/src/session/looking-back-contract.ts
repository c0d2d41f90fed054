/** What the screens that look back may know: days in a few numbers at once, the rest as it is read. */
import type {
  Closeness,
  DaySummary,
  LocalDay,
  NamedSetting,
  Substances,
  Surroundings,
  Symptoms,
  TrackerAnswer,
  ValueSetting,
} from '@evenkeel/journal';

/** What one moment holds that can be counted. Words are not among it. */
export type MomentFacts = {
  readonly day: LocalDay;
  /** On the person's wall clock, 0–23; null when only the day is known. */
  readonly hour: number | null;
  readonly valence?: number;
  readonly arousal?: number;
  readonly values: readonly Closeness[];
  readonly surroundings: Surroundings;
  /** Hours of the night that ended on the day. */
  readonly sleepHours?: number;
  /** UK units; 0 where it was said that there was none. Absent where nothing was said of alcohol. */
  readonly alcoholUnits?: number;
  readonly substances?: Substances;
  /** Whether any dose was missed; absent where nothing was said of medication. */
  readonly doseMissed?: boolean;
  /** With energy and cravings. */
  readonly symptoms?: Symptoms;
  readonly trackers?: readonly TrackerAnswer[];
  /** A questionnaire that has a total. `instrument`: as the record names it. */
  readonly score?: { readonly instrument: string; readonly total: number };
};

export type WordsOfDay = { readonly id: string; readonly day: LocalDay; readonly words: string };

export type LookedBack = {
  /** The day on this device. */
  readonly today: LocalDay;
  /** Every day with entries, oldest first. There at once, of months that are not open too. */
  readonly days: readonly DaySummary[];
  /** In no order. Null until all of the diary has been read once. */
  readonly facts: readonly MomentFacts[] | null;
  /** What matters to the person, in their order, without what is put away. */
  readonly values: readonly NamedSetting<ValueSetting>[];
};

export interface LookingBack {
  readonly subscribe: (listener: () => void) => () => void;
  /** Keeps its identity until it changes. */
  readonly read: () => LookedBack;
  /** Free text of the days from `first` to `last`, newest first. */
  readonly words: (first: LocalDay, last: LocalDay) => readonly WordsOfDay[];
}
