import { SHARED_CATEGORIES, addDays, categoryNumber } from '@evenkeel/journal';
import type { SharedCategory, LocalDay } from '@evenkeel/journal';
import { makeScope } from '@evenkeel/sharing';
import type { Period } from '@evenkeel/sharing';
import type { ShareTerms } from '../../session/sharing-contract.ts';

/** First day: a number of days back from today (today counted), everything, or a day that was picked. */
export type From =
  | { readonly kind: 'last'; readonly days: 30 | 90 }
  | { readonly kind: 'all' }
  | { readonly kind: 'day'; readonly day: LocalDay };
/** Last day: none, today, or a day that was picked. */
export type To =
  | { readonly kind: 'ongoing' }
  | { readonly kind: 'today' }
  | { readonly kind: 'day'; readonly day: LocalDay };
/** When it ends by itself: never, or some days from now. `kept` is an end that an earlier share had. */
export type End =
  | { readonly kind: 'never' }
  | { readonly kind: 'in'; readonly days: 30 | 90 | 365 }
  | { readonly kind: 'kept'; readonly at: number };

/** What has been chosen so far. Nothing is shared by it. */
export type ShareDraft = {
  readonly categories: readonly SharedCategory[];
  readonly from: From;
  readonly to: To;
  readonly end: End;
  readonly purpose: string;
  readonly personName: string;
};

export type DraftChange =
  | { readonly kind: 'category'; readonly category: SharedCategory; readonly on: boolean }
  | { readonly kind: 'from'; readonly from: From }
  | { readonly kind: 'to'; readonly to: To }
  | { readonly kind: 'end'; readonly end: End }
  | { readonly kind: 'purpose'; readonly purpose: string }
  | { readonly kind: 'person-name'; readonly personName: string };

/** Moods and values of the last month; words and what was around only when they are switched on. */
export function newDraft(personName: string): ShareDraft {
  return {
    categories: ['mood', 'values'],
    from: { kind: 'last', days: 30 },
    to: { kind: 'ongoing' },
    end: { kind: 'never' },
    purpose: '',
    personName,
  };
}

const offered: readonly SharedCategory[] = SHARED_CATEGORIES;

/** The draft that repeats the terms of a share, to change them. */
export function draftOf({ scope, expires, purpose, personName }: ShareTerms): ShareDraft {
  const { period } = scope;
  return {
    categories: offered.filter((category) => scope.categories.includes(categoryNumber(category))),
    from: period.kind === 'all' ? { kind: 'all' } : { kind: 'day', day: period.first },
    to: period.kind === 'between' ? { kind: 'day', day: period.last } : { kind: 'ongoing' },
    end: expires === null ? { kind: 'never' } : { kind: 'kept', at: expires },
    purpose,
    personName,
  };
}

export function changeDraft(draft: ShareDraft, change: DraftChange): ShareDraft {
  switch (change.kind) {
    case 'category': {
      const chosen = new Set(draft.categories);
      if (change.on) chosen.add(change.category);
      else chosen.delete(change.category);
      return { ...draft, categories: offered.filter((category) => chosen.has(category)) };
    }
    case 'from':
      return { ...draft, from: change.from };
    case 'to':
      return { ...draft, to: change.to };
    case 'end':
      return { ...draft, end: change.end };
    case 'purpose':
      return { ...draft, purpose: change.purpose };
    case 'person-name':
      return { ...draft, personName: change.personName };
  }
}

export type PeriodProblem = 'no-such-day' | 'ends-before-it-begins';

/** The days of a draft, or what is wrong with them. */
export function periodOf(
  { from, to }: Pick<ShareDraft, 'from' | 'to'>,
  today: LocalDay,
): { readonly ok: true; readonly period: Period } | { readonly ok: false; readonly reason: PeriodProblem } {
  const first = from.kind === 'all' ? null : from.kind === 'day' ? from.day : addDays(today, 1 - from.days);
  const last = to.kind === 'ongoing' ? null : to.kind === 'day' ? to.day : today;
  // "Everything up to a day" begins with the first day a key can be made for.
  const period: Period =
    last !== null
      ? { kind: 'between', first: first ?? '2000-01-01', last }
      : first === null
        ? { kind: 'all' }
        : { kind: 'from', first };
  const made = makeScope([], period);
  if (made.ok) return { ok: true, period };
  return { ok: false, reason: made.reason === 'ends-before-it-begins' ? made.reason : 'no-such-day' };
}

export type TermsProblem = PeriodProblem | 'nothing-chosen' | 'name-missing' | 'already-over';

/** The terms of a finished draft, or the first thing that is missing. `now` in milliseconds UTC. */
export function termsOf(
  draft: ShareDraft,
  today: LocalDay,
  now: number,
): { readonly ok: true; readonly terms: ShareTerms } | { readonly ok: false; readonly reason: TermsProblem } {
  if (draft.categories.length === 0) return { ok: false, reason: 'nothing-chosen' };
  const days = periodOf(draft, today);
  if (!days.ok) return days;
  const scope = makeScope(draft.categories.map(categoryNumber), days.period);
  if (!scope.ok) return { ok: false, reason: 'no-such-day' };
  const expires = expiryOf(draft.end, now);
  if (expires !== null && expires <= now) return { ok: false, reason: 'already-over' };
  const personName = draft.personName.trim();
  if (personName === '') return { ok: false, reason: 'name-missing' };
  return { ok: true, terms: { scope: scope.scope, expires, purpose: draft.purpose.trim(), personName } };
}

const dayMs = 86_400_000;

function expiryOf(end: End, now: number): number | null {
  if (end.kind === 'never') return null;
  return end.kind === 'kept' ? end.at : now + end.days * dayMs;
}
