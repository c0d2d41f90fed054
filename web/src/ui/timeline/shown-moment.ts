import type { LocalDay, Questionnaire } from '@evenkeel/journal';
import type { MoodPoint } from '../mood-colour.ts';
import type { ShownLine } from './shown-line.ts';

/**
 * One moment as a timeline draws it. A part that was not shared (or never said) is absent; nothing is filled
 * in. The person's preview and the clinician's desk are drawn from the same list, so that they cannot differ.
 */
export type ShownMoment = {
  readonly id: string;
  /** Milliseconds UTC, to order by. Shown as a time only where `precision` is `minute`. */
  readonly at: number;
  /** IANA zone the person was in: times are shown on their wall clock. */
  readonly zone: string;
  /** The person's local day. */
  readonly day: LocalDay;
  readonly precision: 'minute' | 'day';
  /** When it was written, milliseconds UTC. */
  readonly written: number;
  readonly mood?: ShownMood;
  readonly values?: readonly ShownCloseness[];
  /** Activities, people, places, tags in one list, in the person's words. */
  readonly surroundings?: readonly string[];
  readonly questionnaire?: Questionnaire;
  /** Sleep, symptoms, use and so on; absent where there is none. */
  readonly lines?: readonly ShownLine[];
  /** Free text as the person wrote it; line ends are \n. */
  readonly text?: string;
};

export type ShownMood = MoodPoint & {
  /** Emotion words as they are read, own words among them. */
  readonly words: readonly string[];
  readonly answer?: 'dont-know' | 'rather-not-say';
};

export type ShownCloseness = {
  /** The same for every answer about one value, whatever its text was then. */
  readonly value: string;
  readonly text: string;
  /** Whole number, 0 not at all close – 10 fully. */
  readonly closeness: number;
};
