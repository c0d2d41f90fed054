import { expect, test } from 'vitest';
import { MOST_NUMBERS, helpNumbersSchema } from './help-numbers.ts';

const samaritans = {
  id: 'samaritans',
  name: 'Samaritans 116 123',
  detail: 'day and night, free',
  act: 'call',
  href: 'tel:116123',
  checked: '2026-11-20',
  source: 'samaritans.org',
};
const list = { country: 'United Kingdom', language: 'en-GB', checked: '2026-11-20', numbers: [samaritans] };

const taken = (value: unknown) => helpNumbersSchema.safeParse(value).success;
const one = (changes: Readonly<Record<string, unknown>>) =>
  taken({ ...list, numbers: [{ ...samaritans, ...changes }] });

test('a list of numbers to call and to text and of sites to open is taken', () => {
  const shout = { ...samaritans, id: 'shout', act: 'text', href: 'sms:85258' };
  const site = {
    ...samaritans,
    id: 'site',
    act: 'open',
    href: 'https://www.nhs.uk/service-search/find-help?x=1#now',
  };
  expect(taken({ ...list, numbers: [samaritans, shout, site] })).toBe(true);
  for (const href of [
    'tel:999',
    'tel:111',
    'tel:08001111',
    'tel:+443001233393',
    'tel:01189502010',
    'tel:14103001233393',
  ])
    expect(one({ href }), href).toBe(true);
});

test('a link that runs, sends or sets up anything is refused', () => {
  for (const href of [
    'javascript:alert(1)',
    'JavaScript:alert(1)//tel:999',
    ' tel:116123',
    'tel:116123\n',
    'TEL:116123',
    'tel:116123,,1',
    'tel:116123;ext=1',
    'tel:116123?x',
    'tel:*21*0700000000%23',
    'tel:*#06#',
    'tel:１１６１２３',
    'tel:11',
    'tel:1234567890123456',
    'tel:++44',
    'tel://116123',
    'data:text/html,x',
    'http://www.nhs.uk/',
    'https://www.nhs.uk/',
    'sms:116123',
    'intent:116123',
    '',
  ])
    expect(one({ href }), href).toBe(false);
  for (const href of [
    'sms:85258?body=yes',
    'sms:85258&body=yes',
    'smsto:85258',
    'tel:85258',
    'sms:85258,85259',
  ])
    expect(one({ act: 'text', href }), href).toBe(false);
  for (const href of [
    'https://me:pw@www.nhs.uk/',
    'https://www.nhs.uk@evil.example/',
    'https://www.nhs.uk:8443/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://nhs.uk\\@evil.example/',
    'https://nhs.uk/"onclick="',
    'https://nhs.uk/<b>',
    'https://nhs.uk/ x',
    'https://ñhs.uk/',
    'http://nhs.uk/',
    'javascript:alert(1)',
    `https://nhs.uk/${'a'.repeat(300)}`,
  ])
    expect(one({ act: 'open', href }), href).toBe(false);
});

test('a number that costs more than an ordinary call is refused, also dressed up', () => {
  for (const digits of [
    '09098790000',
    '08712345678',
    '08457909090',
    '07012345678',
    '118118',
    '+449098790000',
    '+4409098790000',
    '00449098790000',
    '+448712345678',
    '14109098790000',
    '147009098790000',
  ]) {
    expect(one({ href: `tel:${digits}` }), digits).toBe(false);
    expect(one({ act: 'text', href: `sms:${digits}` }), digits).toBe(false);
  }
});

test('a limit: any ordinary line is taken, whoever answers there, and a text to five digits, whatever it costs', () => {
  expect(one({ name: 'A kind voice', href: 'tel:02079460000' })).toBe(true);
  expect(one({ act: 'text', href: 'sms:60066' })).toBe(true);
});

test('a day is one of the calendar', () => {
  for (const day of ['2026-02-30', '2026-13-01', '20-11-2026', '2026-11-20T00:00', 'yesterday', '']) {
    expect(one({ checked: day }), day).toBe(false);
    expect(taken({ ...list, checked: day }), day).toBe(false);
  }
  expect(one({ checked: '2028-02-29' })).toBe(true);
});

test('words are one line, and cannot turn the order of the digits beside them', () => {
  for (const name of [
    '',
    ' ',
    'a'.repeat(81),
    'two\nlines',
    '\u202e321 611',
    '116\u2066123',
    'zero\u200bwidth',
    '\u0000',
  ])
    expect(one({ name }), JSON.stringify(name)).toBe(false);
  for (const name of [
    'Llinell Gymorth Iechyd Meddwl C.A.L.L.',
    'Dziecięcy telefon zaufania',
    'می\u200cشود',
    'مدد',
  ])
    expect(one({ name }), name).toBe(true);
});

test('there is nothing in it but what is known, and not too much of it', () => {
  expect(taken({ ...list, html: '<b>' })).toBe(false);
  expect(one({ onclick: 'x' })).toBe(false);
  expect(one({ act: 'run' })).toBe(false);
  expect(taken({ ...list, numbers: [] })).toBe(false);
  expect(taken({ ...list, numbers: [samaritans, samaritans] })).toBe(false);
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ ...samaritans, id: `line-${n}` }));
  expect(taken({ ...list, numbers: many(MOST_NUMBERS) })).toBe(true);
  expect(taken({ ...list, numbers: many(MOST_NUMBERS + 1) })).toBe(false);
});
