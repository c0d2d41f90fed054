import { expect, test } from 'vitest';
import type { DiaryDay, Moment } from '../../session/contract.ts';
import { searchDays } from './journal-search.ts';

const days: readonly DiaryDay[] = [
  { day: '2026-07-14', moments: [moment('a', 'Café with Zoë'), moment('b', 'Long walk')] },
  { day: '2026-07-13', moments: [moment('c', 'walk home, tired')] },
];

test('a search keeps the days and moments that hold every word of it', () => {
  expect(found('walk')).toEqual(['b', 'c']);
  expect(found('walk tired')).toEqual(['c']);
  expect(found('boat')).toEqual([]);
});

test('capitals and accents make no difference', () => {
  expect(found('CAFE zoe')).toEqual(['a']);
});

test('an empty search is no search', () => {
  expect(searchDays(days, '  ', ({ text }) => text)).toBe(days);
});

function found(sought: string): readonly string[] {
  return searchDays(days, sought, ({ text }) => text).flatMap((day) => day.moments.map(({ id }) => id));
}

function moment(id: string, text: string): Moment {
  const when = { precision: 'minute', at: 0, zone: 'Europe/London', day: '2026-07-14' } as const;
  return {
    id,
    when,
    written: 0,
    safety: { where: 'this-device' },
    notForSharing: false,
    writtenWhileLocked: false,
    values: [],
    surroundings: {},
    text,
  };
}
