/** What the screens of questionnaires may know and ask beside the diary itself. */
import type { Answers, InstrumentId } from '@evenkeel/instruments';
import type { When } from '@evenkeel/journal';
import type { FormPath } from './contract.ts';

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

/** Where one is answered, or where the answers of an entry are changed. Drafts are kept by it. */
export function answeringPath(instrument: InstrumentId, entry?: string): FormPath {
  return `/questionnaires/${instrument}/answer${entry === undefined ? '' : `/${entry}`}`;
}

export interface Questionnaires {
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves when every month is open; `standing` is right from then on. */
  readonly ready: Promise<void>;
  readonly standing: (instrument: InstrumentId) => Standing;
  /** What was begun at an answering path and not saved. */
  readonly begun: (path: FormPath) => AnsweringDraft | null;
  /** Seals and keeps it at once; null forgets it. */
  readonly keepDraft: (path: FormPath, draft: AnsweringDraft | null) => Promise<void>;
}
