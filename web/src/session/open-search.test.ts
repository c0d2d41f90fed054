import { expect, test } from 'vitest';
import { i18n } from '../i18n/i18n.ts';
import type { Text } from '../i18n/use-text.ts';
import type { Moment } from './contract.ts';
import { findableIn, matcherOf } from './open-search.ts';
import { EVERYTHING, type Wanted } from './search-contract.ts';

const text: Text = (message, values) => i18n._(message.id, values, { message: message.message });
const cafe: Moment = {
  id: 'a',
  when: { precision: 'minute', at: 0, zone: 'Europe/London', day: '2026-07-14' },
  written: 0,
  safety: { where: 'this-device' },
  notForSharing: false,
  writtenWhileLocked: false,
  values: [],
  mood: { valence: 0.5, arousal: -0.4, words: [{ own: 'Serene' }] },
  surroundings: { people: ['Zoë'] },
  substances: { uses: [{ id: 'u', substance: 'c', text: 'Coffee', amount: 2, unit: 'cups' }] },
  text: 'A long walk to the Café',
};

test('a search finds every word of an entry: written ones, feelings, people and what was logged', () => {
  for (const sought of ['long walk', 'walk LONG', 'serene', 'zoe', 'CAFE', 'coffee', 'cups', ' '])
    expect(isFound({ sought }), sought).toBe(true);
  expect(isFound({ sought: 'walk tired' })).toBe(false);
});

test('filters combine: each of them must hold', () => {
  expect(isFound({ parts: ['mood', 'words'], corner: 'calm', named: 'Zoë' })).toBe(true);
  expect(isFound({ parts: ['mood', 'sleep'] })).toBe(false);
  expect(isFound({ corner: 'bright' })).toBe(false);
  expect(isFound({ named: 'Anna' })).toBe(false);
  expect(isFound({ notForSharing: true })).toBe(false);
});

test('a name of what was used can be asked for as well as a person', () => {
  expect(findableIn(cafe, text).names).toEqual(['Zoë', 'Coffee']);
});

function isFound(wanted: Partial<Wanted>): boolean {
  return matcherOf({ ...EVERYTHING, ...wanted })(findableIn(cafe, text));
}
