import { type HelpNumbers, helpNumbersSchema } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { shipped, shownNumbers, unsaidTarget } from './shown-numbers.ts';

function listWith(...hrefs: readonly string[]): HelpNumbers {
  const numbers = hrefs.map((href, n) => ({
    id: `line-${n}`,
    name: `Line ${n}`,
    detail: 'day and night',
    act: 'call',
    href,
    checked: '2026-11-20',
    source: 'our own line',
  }));
  return helpNumbersSchema.parse({ country: 'Wales', language: 'cy', checked: '2026-11-20', numbers });
}
const hrefsOf = (host: HelpNumbers | null) => shownNumbers(host).numbers.map(({ href }) => href);

test('with no host’s list the app’s own is shown, each number checked on a day and 999 first', () => {
  const { keptBy, country, checked, numbers } = shownNumbers(null);
  expect({ keptBy, country, checked }).toEqual({
    keptBy: 'app',
    country: 'United Kingdom',
    checked: shipped.checked,
  });
  expect(numbers[0]).toMatchObject({ href: 'tel:999', name: 'In danger now: 999' });
  expect(numbers.map(({ act, href, source }) => [act, href, source])).toEqual([
    ['call', 'tel:999', 'nhs.uk'],
    ['call', 'tel:111', 'nhs.uk'],
    ['call', 'tel:116123', 'samaritans.org'],
    ['text', 'sms:85258', 'giveusashout.org'],
    ['call', 'tel:08001111', 'nspcc.org.uk'],
  ]);
  expect(numbers.filter((number) => unsaidTarget(number) !== null)).toEqual([]);
});

test('a host’s list takes the place of the app’s, and 999 still stands first, once and in the app’s words', () => {
  expect(hrefsOf(listWith('tel:116123'))).toEqual(['tel:999', 'tel:116123']);
  const both = shownNumbers(listWith('tel:116123', 'tel:999', 'tel:01632960111'));
  expect(both.numbers.map(({ href }) => href)).toEqual(['tel:999', 'tel:116123', 'tel:01632960111']);
  expect(both.numbers[0]?.name).toBe('In danger now: 999');
  expect(both).toMatchObject({ keptBy: 'host', country: 'Wales', checked: '2026-11-20' });
  expect(both.numbers.map(({ language }) => language)).toEqual(['en-GB', 'cy', 'cy']);
});

test('no number of a host is taken for the app’s, whatever its id', () => {
  const [line] = listWith('tel:116123').numbers;
  if (line === undefined) throw new Error('no line');
  const ids = shownNumbers({ ...listWith('tel:116123'), numbers: [{ ...line, id: '999' }] }).numbers.map(
    ({ id }) => id,
  );
  expect(new Set(ids).size).toBe(2);
});

test('what a row dials is said, also where its name says something else', () => {
  const call = (name: string, href: string, detail = 'day and night') =>
    unsaidTarget({ act: 'call', href, name, detail, checked: '', source: '' });
  expect(call('Samaritans 116 123', 'tel:116123')).toBeNull();
  expect(call('Samaritans', 'tel:116123', '116-123, free')).toBeNull();
  expect(call('Samaritans', 'tel:116123')).toBe('116123');
  expect(call('Samaritans 116 123', 'tel:01632960111')).toBe('01632960111');
  expect(call('Samaritans 116 123, rooms 4 5', 'tel:12345')).toBe('12345');
  expect(call('Samaritans 116 123', 'tel:116')).toBe('116');
  expect(call('Line 0300 123 3393', 'tel:+443001233393')).toBe('+443001233393');
  expect(call('Line +44 300 123 3393', 'tel:+443001233393')).toBeNull();
  expect(call('Line １１６', 'tel:116')).toBe('116');
  expect(
    unsaidTarget({
      act: 'open',
      href: 'https://help.example/nhs.uk',
      name: 'nhs.uk',
      detail: 'help.example',
      checked: '',
      source: '',
    }),
  ).toBe('help.example');
});
