import { setupI18n } from '@lingui/core';
import { onDay } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import type { Text } from '../../i18n/use-text.ts';
import { lineWords } from './line-words.ts';
import { linesOf } from './shown-line.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
const text: Text = (message, values) => i18n._(message.id, values, { message: message.message });
const when = onDay('2026-11-22', 'Europe/London');

test('every kind of answer is said in words, as a person would read it aloud', () => {
  const lines = linesOf(
    {
      sleep: { asleep: '23:20', awake: '06:40', quality: 4 },
      symptoms: {
        energy: 4,
        symptoms: [
          { id: 'y', text: 'Headache', severity: 2, part: 'morning' },
          { id: 'z', text: 'Nausea', severity: 0 },
        ],
        cravings: [{ id: 'c', text: 'to drink', strength: 6 }],
      },
      substances: {
        uses: [
          {
            id: 'u1',
            substance: 's',
            text: 'Alcohol',
            amount: 2,
            unit: 'pint',
            drink: { ml: 568, abv: 4 },
          },
          { id: 'u2', substance: 't', text: 'Cannabis', amount: 0.5, unit: 'g', spent: 480 },
        ],
        none: [{ substance: 'n', text: 'Nicotine', alcohol: false }],
        nothing: true,
      },
      medication: [
        { medication: 'm', text: 'Sertraline 50 mg', what: 'taken' },
        { medication: 'n', text: 'Propranolol', what: 'changed', note: 'half' },
      ],
      trackers: [
        { tracker: 'a', text: 'Calm', said: { shape: 'scale', value: 6, min: 0, max: 10 } },
        { tracker: 'b', text: 'Coffee', said: { shape: 'count', value: 3, unit: 'cups' } },
        { tracker: 'c', text: 'Ate lunch', said: { shape: 'yes-no', value: false } },
        { tracker: 'd', text: 'Outside', said: { shape: 'duration', value: 125 } },
        { tracker: 'e', text: 'Weather', said: { shape: 'choice', value: 'rain' } },
      ],
    },
    when,
  );
  expect(lines.map((line) => lineWords(text, line))).toEqual([
    'Slept 7 h 20, well',
    'Energy 4 of 10',
    'Headache: strong, in the morning',
    'Nausea: none',
    'Craving, to drink: 6 of 10',
    'Alcohol: 2 × pint, 4.5 units',
    'Cannabis: 0.5 g, £4.80',
    'Nicotine: none',
    'No alcohol or drugs',
    'Took Sertraline 50 mg',
    'Changed Propranolol (half)',
    'Calm: 6 of 10',
    'Coffee: 3 cups',
    'Ate lunch: no',
    'Outside: 2 h 05',
    'Weather: rain',
  ]);
});

test('half a night is told as far as it is known', () => {
  const said = (sleep: Parameters<typeof linesOf>[0]['sleep']) =>
    sleep && linesOf({ sleep }, when).map((line) => lineWords(text, line));
  expect(said({ minutes: 45 })).toEqual(['Slept 45 min']);
  expect(said({ quality: 1, awake: '05:10' })).toEqual(['Slept very badly · Awake at 05:10']);
  expect(said({})).toEqual([]);
});
