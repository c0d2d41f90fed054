import { expect, test } from 'vitest';
import { parsePayload } from './signed-object.ts';
import { MOST_RINGS, ringPlanSchema, ringsReplySchema } from './ring-plan.ts';

const plan = {
  origin: 'https://diary.example',
  time: 1_800_000_000_000,
  push: { endpoint: 'https://push.example/send/abc', at: [1_800_000_060_000, 1_800_086_460_000] },
};
const isPlan = (value: unknown) =>
  parsePayload(new TextEncoder().encode(JSON.stringify(value)), ringPlanSchema).ok;

test('a plan is moments and where to send to, or nothing at all', () => {
  expect(isPlan(plan)).toBe(true);
  expect(isPlan({ ...plan, push: null })).toBe(true);
});

test('a plan cannot carry a word, a zone or a rule', () => {
  for (const extra of [{ text: 'Pills' }, { zone: 'Europe/London' }, { kind: 'medication' }]) {
    expect(isPlan({ ...plan, ...extra })).toBe(false);
    expect(isPlan({ ...plan, push: { ...plan.push, ...extra } })).toBe(false);
  }
});

test('moments come in order, each once, and not more than the limit', () => {
  const at = (moments: readonly number[]) => isPlan({ ...plan, push: { ...plan.push, at: moments } });
  expect(at([])).toBe(true);
  expect(at([2, 1])).toBe(false);
  expect(at([1, 1])).toBe(false);
  expect(at(Array.from({ length: MOST_RINGS }, (_, n) => n))).toBe(true);
  expect(at(Array.from({ length: MOST_RINGS + 1 }, (_, n) => n))).toBe(false);
});

test('only an https address without a name and password in it is one to send to', () => {
  for (const endpoint of ['http://push.example/a', 'https://me:pw@push.example/a', 'ftp://push.example', 'x'])
    expect(isPlan({ ...plan, push: { ...plan.push, endpoint } }), endpoint).toBe(false);
});

test('a server that says there are moments without end is not believed', () => {
  const says = (moments: number) =>
    ringsReplySchema.safeParse({ pushKey: 'B'.repeat(87), at: Array.from({ length: moments }, (_, n) => n) });
  expect(says(MOST_RINGS).success).toBe(true);
  expect(says(MOST_RINGS + 1).success).toBe(false);
});
