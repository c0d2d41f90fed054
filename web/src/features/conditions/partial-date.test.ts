import { isPartialDate } from '@evenkeel/journal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partialDateToType, partialDateTyped, partialDateWords } from './partial-date.ts';

test('as much of a date as is known is taken, whichever way it is typed', () => {
  expect(partialDateTyped(' 2019 ')).toBe('2019');
  expect(partialDateTyped('4/2019')).toBe('2019-04');
  expect(partialDateTyped('2019-04')).toBe('2019-04');
  expect(partialDateTyped('12.4.2019')).toBe('2019-04-12');
  expect(partialDateTyped('2019-04-12')).toBe('2019-04-12');
});

test('what is no date is not taken', () => {
  for (const typed of ['', 'spring 2019', '31/02/2019', '13/2019', '19', '1/2/3/2019', '2019-']) {
    expect(partialDateTyped(typed), typed).toBeNull();
  }
});

test('a date is read again as it is shown in its field', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2199 }),
      fc.option(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 31 })))),
      (year, rest) => {
        const [month, day] = rest ?? [null, null];
        const date = [year, month, day]
          .flatMap((part) => (part === null ? [] : String(part).padStart(2, '0')))
          .join('-');
        fc.pre(isPartialDate(date));
        expect(partialDateTyped(partialDateToType(date))).toBe(date);
      },
    ),
  );
});

test('a date is said with as much as is known of it', () => {
  expect(partialDateWords('en-GB', '2019')).toBe('2019');
  expect(partialDateWords('en-GB', '2019-04')).toBe('April 2019');
  expect(partialDateWords('en-GB', '2019-04-12')).toBe('12 April 2019');
});
