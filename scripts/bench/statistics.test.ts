import { expect, test } from 'vitest';
import { ratioRow, valueRow, withoutAim } from './row.ts';
import { interleave, median, percentile, summarise } from './statistics.ts';
import { drawTable, figure } from './table.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 100])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('a percentile is a value that was measured', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  expect(percentile(values, 0.95)).toBe(19);
  expect(percentile(values, 0.5)).toBe(10);
  expect(percentile([7], 0.95)).toBe(7);
  expect(() => percentile([], 0.95)).toThrow(RangeError);
});

test('the ratio is the middle of the rounds’ own ratios, so one slow round does not move it', () => {
  const pairs = [
    { subject: 20, baseline: 10 },
    { subject: 22, baseline: 11 },
    { subject: 900, baseline: 450 },
    { subject: 18, baseline: 6 },
    { subject: 10, baseline: 10 },
  ];
  expect(summarise(pairs)).toEqual({ value: 20, baseline: 10, ratio: 2 });
});

test('each round runs both sides, and which goes first changes', async () => {
  const order: string[] = [];
  const pairs = await interleave(
    3,
    async (round) => void order.push(`subject ${round}`),
    async (round) => void order.push(`baseline ${round}`),
  );
  expect(pairs).toHaveLength(3);
  expect(order).toEqual(['baseline 0', 'subject 0', 'subject 1', 'baseline 1', 'baseline 2', 'subject 2']);
});

test('the table says what fell short, whether a ratio or a value was aimed at', () => {
  const said = { what: 'opening', unit: 'ms' };
  const rows = [
    ratioRow({ ...said, id: 'P1', aim: { atMost: 1.5 } }, [{ subject: 30, baseline: 10 }]),
    ratioRow({ ...said, id: 'P6', aim: { atLeast: 0.35 } }, [{ subject: 5, baseline: 10 }]),
    valueRow({ ...said, id: 'P12', aim: { atMost: 200 } }, 80),
    valueRow({ ...said, id: 'P7', aim: null }, 1),
  ];
  const [heading, , ...lines] = drawTable(rows).split('\n');
  expect(heading).toMatch(/^id +what/);
  expect(lines.map((line) => /SHORT|ok/.exec(line)?.[0])).toEqual(['SHORT', 'ok', 'ok', undefined]);
  expect(lines[0]).toMatch(/30\.0 +10\.0 +ms +3\.00 +≤ 1\.5 +SHORT +1$/);
});

test('a figure has three digits that count, and thousands are told apart', () => {
  expect([0.4121, 3.071, 48.26, 1280.4].map(figure)).toEqual(['0.412', '3.07', '48.3', '1,280']);
});

test('the file gets the seven fields that are promised, and no more', () => {
  const row = ratioRow({ id: 'P1', what: 'opening', unit: 'ms', aim: { atMost: 1 } }, [
    { subject: 2, baseline: 1 },
  ]);
  expect(Object.keys(withoutAim(row))).toEqual([
    'id',
    'what',
    'value',
    'unit',
    'baseline',
    'ratio',
    'rounds',
  ]);
});
