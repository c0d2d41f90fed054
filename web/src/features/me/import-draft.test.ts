import { expect, test } from 'vitest';
import type { ImportReport } from '../../session/me-contract.ts';
import { choicesOf, mapMood, newImportDraft } from './import-draft.ts';

const report: ImportReport = {
  rows: 3,
  entries: 3,
  alreadyHere: 0,
  firstDay: '2020-05-30',
  lastDay: '2020-06-01',
  withNotes: 1,
  moods: [
    { name: 'rad', rows: 2, suggested: 0.8 },
    { name: 'wobbly', rows: 1, suggested: null },
  ],
  bad: [],
};

test('a mood without a suggestion gets no place until the person gives it one', () => {
  const draft = newImportDraft(report, 'Europe/London');
  expect(choicesOf(draft).valenceByMood).toEqual(
    new Map([
      ['rad', 0.8],
      ['wobbly', null],
    ]),
  );
  expect(choicesOf(mapMood(draft, 'wobbly', -0.25)).valenceByMood.get('wobbly')).toBe(-0.25);
});

test('a suggestion can be taken back to the word alone', () => {
  const draft = mapMood(newImportDraft(report, 'Europe/London'), 'rad', 'word-only');
  expect(choicesOf(draft).valenceByMood.get('rad')).toBeNull();
  expect(choicesOf(draft).zone).toBe('Europe/London');
});

test('mapping one mood leaves the draft before it as it was', () => {
  const draft = newImportDraft(report, 'UTC');
  mapMood(draft, 'rad', 0);
  expect(draft.moods.get('rad')).toBe(0.8);
});
