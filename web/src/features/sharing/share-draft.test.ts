import { categoryNumber } from '@evenkeel/journal';
import { covers } from '@evenkeel/sharing';
import { expect, test } from 'vitest';
import { changeDraft, draftOf, newDraft, periodOf, termsOf } from './share-draft.ts';
import type { ShareDraft } from './share-draft.ts';

const today = '2026-07-14';
const now = Date.parse('2026-07-14T09:00:00Z');
const draft = newDraft('Sam');

function terms(from: ShareDraft) {
  const outcome = termsOf(from, today, now);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.terms;
}

test('words and surroundings stay out until they are switched on', () => {
  expect(terms(draft).scope.categories).toEqual([categoryNumber('mood'), categoryNumber('values')]);
  const withWords = changeDraft(draft, { kind: 'category', category: 'words', on: true });
  expect(terms(withWords).scope.categories).toContain(categoryNumber('words'));
  expect(changeDraft(withWords, { kind: 'category', category: 'words', on: false })).toEqual(draft);
});

test('switching on what is on already changes nothing', () => {
  expect(changeDraft(draft, { kind: 'category', category: 'mood', on: true }).categories).toEqual([
    'mood',
    'values',
  ]);
});

test('the last thirty days are thirty days with today', () => {
  expect(periodOf(draft, today)).toEqual({ ok: true, period: { kind: 'from', first: '2026-06-15' } });
});

test('up to today leaves tomorrow out, ongoing does not', () => {
  const tomorrow = { month: 12 * 26 + 6, day: 15 };
  const ongoing = terms(draft).scope;
  const ended = terms(changeDraft(draft, { kind: 'to', to: { kind: 'today' } })).scope;
  expect(covers(ongoing, categoryNumber('mood'), tomorrow)).toBe(true);
  expect(covers(ended, categoryNumber('mood'), tomorrow)).toBe(false);
});

test('everything up to a day is everything there was', () => {
  const all = changeDraft(changeDraft(draft, { kind: 'from', from: { kind: 'all' } }), {
    kind: 'to',
    to: { kind: 'today' },
  });
  expect(covers(terms(all).scope, categoryNumber('mood'), { month: 0, day: 1 })).toBe(true);
});

test('a range that ends before it begins is said, not turned round', () => {
  const turned = {
    ...draft,
    from: { kind: 'day', day: '2026-07-10' } as const,
    to: { kind: 'day', day: '2026-07-01' } as const,
  };
  expect(termsOf(turned, today, now)).toEqual({ ok: false, reason: 'ends-before-it-begins' });
});

test('a day that does not exist, or none at all, is said', () => {
  for (const day of ['', '2026-02-30', '1999-12-31']) {
    expect(termsOf({ ...draft, from: { kind: 'day', day } }, today, now)).toEqual({
      ok: false,
      reason: 'no-such-day',
    });
  }
});

test('nothing chosen and no name are each said', () => {
  expect(termsOf({ ...draft, categories: [] }, today, now)).toEqual({ ok: false, reason: 'nothing-chosen' });
  expect(termsOf({ ...draft, personName: '  ' }, today, now)).toEqual({ ok: false, reason: 'name-missing' });
});

test('an end is counted from now, and one that is past is refused', () => {
  expect(terms({ ...draft, end: { kind: 'in', days: 90 } }).expires).toBe(now + 90 * 86_400_000);
  expect(terms(draft).expires).toBeNull();
  expect(termsOf({ ...draft, end: { kind: 'kept', at: now - 1 } }, today, now)).toEqual({
    ok: false,
    reason: 'already-over',
  });
});

test('the terms of a share can be taken up again and come out the same', () => {
  const given = terms({
    ...draft,
    to: { kind: 'day', day: '2026-12-31' },
    end: { kind: 'in', days: 30 },
    purpose: 'Review in August',
  });
  expect(terms(draftOf(given))).toEqual(given);
  const all = terms({ ...draft, from: { kind: 'all' } });
  expect(terms(draftOf(all))).toEqual(all);
});
