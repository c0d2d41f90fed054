import { loadWording, scaleOf } from '@evenkeel/instruments';
import { expect, test } from 'vitest';
import { answering, begin, beginChange, changesOf, declined, isAnswered, stepsOf } from './answering.ts';
import type { Answering, AnsweringAct } from './answering.ts';

const phq9 = answering(scaleOf('phq-9'), 9);
const after = (...acts: readonly AnsweringAct[]): Answering => acts.reduce(phq9, begin(null));
const answer = (item: number, score: number | null): AnsweringAct => ({
  act: 'answer',
  answers: { [`q${item}`]: score },
});

test('each answer goes on to the next question, the last one to the review', () => {
  const all = Array.from({ length: 9 }, (_, index) => answer(index + 1, 0));
  expect(after(...all.slice(0, 3))).toMatchObject({ at: 3, card: false });
  expect(after(...all)).toMatchObject({ at: 9, card: false });
});

test('going back keeps what was answered', () => {
  expect(after(answer(1, 2), answer(2, 1), { act: 'back' }, { act: 'back' })).toMatchObject({
    at: 0,
    answers: { q1: 2, q2: 1 },
  });
  expect(after({ act: 'back' })).toMatchObject({ at: 0 });
});

test('“rather not say” is an answer of its own, and goes on', () => {
  expect(after(answer(1, null))).toMatchObject({ at: 1, answers: { q1: null } });
});

test('item 9 of the PHQ-9 above zero shows the card and keeps the answer; anything else does not', () => {
  const before: Answering = { ...begin(null), at: 8 };
  const noticed = phq9(before, answer(9, 1));
  expect(noticed).toMatchObject({ at: 9, card: true, answers: { q9: 1 } });
  expect(phq9(noticed, { act: 'next' })).toMatchObject({ at: 9, card: false, answers: { q9: 1 } });
  expect(phq9(noticed, { act: 'back' })).toMatchObject({ at: 8, card: false, answers: { q9: 1 } });
  for (const calm of [answer(9, 0), answer(9, null)]) expect(phq9(before, calm).card).toBe(false);
  expect(phq9({ ...noticed, card: false, at: 2 }, answer(3, 3)).card).toBe(false);
});

test('an answer changed from the review goes back to the review', () => {
  const review: Answering = { ...begin(null), at: 9 };
  const changing = phq9(review, { act: 'change', step: 2 });
  expect(changing).toMatchObject({ at: 2, reviewing: true });
  expect(phq9(changing, answer(3, 1))).toMatchObject({ at: 9, reviewing: false, answers: { q3: 1 } });
});

test('what is being changed from the review can be left as it is', () => {
  const changing = phq9({ ...begin(null), at: 9, answers: { q3: 2 } }, { act: 'change', step: 2 });
  expect(phq9(changing, { act: 'back' })).toMatchObject({ at: 9, reviewing: false, answers: { q3: 2 } });
});

test('kept answers are opened at their review, and a draft of a change goes back there', () => {
  const kept = { q1: 0, q2: 3 };
  expect(beginChange(kept, null, 9)).toMatchObject({ at: 9, answers: kept, reviewing: false });
  const half = beginChange(kept, { at: 2, answers: { q2: 1 } }, 9);
  expect(half).toMatchObject({ at: 2, answers: { q1: 0, q2: 1 } });
  expect(phq9(half, answer(3, 2))).toMatchObject({ at: 9, answers: { q1: 0, q2: 1, q3: 2 } });
});

test('a change of a kept form is what differs from it, and nothing else', () => {
  const kept = { q1: 0, q2: 3, q3: null };
  expect(changesOf(kept, { ...kept, q2: 1, q4: 2 })).toEqual({ q2: 1, q4: 2 });
  expect(changesOf(kept, { q2: 3, q3: null }), 'one taken back').toEqual({ q1: null });
  expect(changesOf(kept, kept)).toEqual({});
});

test('item 9 raised in a kept form shows the card again, and then the answers', () => {
  const review = beginChange({ q9: 0 }, null, 9);
  const raised = phq9(phq9(review, { act: 'change', step: 8 }), answer(9, 1));
  expect(raised).toMatchObject({ card: true, answers: { q9: 1 } });
  expect(phq9(raised, { act: 'next' })).toMatchObject({ at: 9, card: false });
});

test('a draft goes on where it was left', () => {
  expect(begin({ at: 4, answers: { q1: 0 } })).toMatchObject({ at: 4, answers: { q1: 0 }, card: false });
});

test('the PHQ-9 asks one question on each screen; the TOP asks the weeks of a substance together', async () => {
  expect(stepsOf(await loadWording('phq-9'))).toHaveLength(9);
  const steps = stepsOf(await loadWording('top'));
  expect(steps[0]?.group?.id).toBe('alcohol');
  expect(steps[0]?.questions.map(({ id }) => id)).toEqual([
    'alcohol-week-4',
    'alcohol-week-3',
    'alcohol-week-2',
    'alcohol-week-1',
    'alcohol-amount',
  ]);
  expect(steps.flatMap(({ questions }) => questions)).toEqual((await loadWording('top')).questions);
});

test('a number can be typed, and taken back', () => {
  const typed = after({ act: 'set', id: 'alcohol-week-4', answer: 3 });
  expect(typed).toMatchObject({ at: 0, answers: { 'alcohol-week-4': 3 } });
  expect(phq9(typed, { act: 'set', id: 'alcohol-week-4', answer: undefined }).answers).toEqual({});
});

test('a screen is answered when each of its questions is', async () => {
  const [alcohol] = stepsOf(await loadWording('top'));
  if (alcohol === undefined) throw new Error('the TOP begins with alcohol');
  expect(isAnswered(alcohol, { 'alcohol-week-4': 1 })).toBe(false);
  expect(isAnswered(alcohol, declined(alcohol))).toBe(true);
});
