import { expect, test } from 'vitest';
import type { TrackerForm } from '@evenkeel/journal';
import { draftOfForm, formOf, newFormDraft } from './tracker-form.ts';

test('a tracker is opened for change as it was made, in each of its shapes', () => {
  const forms: readonly TrackerForm[] = [
    { shape: 'scale', min: -3, max: 3 },
    { shape: 'count', unit: 'cups' },
    { shape: 'yes-no' },
    { shape: 'duration' },
    { shape: 'choice', choices: ['sun', 'rain'] },
  ];
  for (const form of forms) expect(formOf(draftOfForm(form))).toEqual(form);
});

test('blank and doubled lines are no choices, and an empty bound is no number', () => {
  expect(formOf({ ...newFormDraft, shape: 'choice', choices: ' sun\n\nrain \nsun\n' })).toEqual({
    shape: 'choice',
    choices: ['sun', 'rain'],
  });
  expect(formOf({ ...newFormDraft, max: ' ' })).toEqual({ shape: 'scale', min: 0, max: Number.NaN });
});
