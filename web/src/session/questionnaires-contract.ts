/** What the screens of questionnaires may know and ask beside the diary itself. */
import type { Answers, InstrumentId } from '@evenkeel/instruments';
import type { When } from '@evenkeel/journal';

/** One time a questionnaire was answered. `id` is that of its moment. */
export type Answered = { readonly id: string; readonly when: When; readonly answers: Answers };

/**
 * Answers so far, and the step they have come to, counted from 0; at the number of steps: the review. Of an entry
 * that is being changed: those answers that differ.
 */
export type AnsweringDraft = { readonly at: number; readonly answers: Answers };

/** How it stands with one questionnaire. */
export type Standing = {
  /** Newest first, without what is in the bin. */
  readonly answered: readonly Answered[];
  /** Begun and not finished. */
  readonly draft: AnsweringDraft | null;
};

export interface Questionnaires {
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves when drafts were read and every month is open; `standing` is right from then on. */
  readonly ready: Promise<void>;
  readonly standing: (instrument: InstrumentId) => Standing;
  /** How far an entry, by the id of its moment, was changed; null when it is not being changed. */
  readonly changing: (entry: string) => AnsweringDraft | null;
  /** Seals and keeps it at once; null forgets it. `of`: the instrument, or the entry that is being changed. */
  readonly keepDraft: (of: string, draft: AnsweringDraft | null) => Promise<void>;
}
