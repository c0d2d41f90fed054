import type { HeldPlanLine, PlanSection } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { dialled, planForNow } from './plan-for-now.ts';

const line = (section: PlanSection, text: string): HeldPlanLine => ({ id: text, section, text, order: 1 });

test('what somebody can do alone comes first, then whom they can ask; warning signs stay out of it', () => {
  const plan = [
    line('warning-signs', 'I stop answering'),
    line('alone', 'Walk to the canal'),
    line('alone', 'Radio'),
    line('people-to-ask', 'Samira'),
    line('reasons', 'The garden'),
  ];
  expect(planForNow(plan).map(({ text }) => text)).toEqual(['Walk to the canal', 'Radio', 'Samira']);
  expect(planForNow([])).toEqual([]);
});

test('a number is dialled without what it was written with', () => {
  expect(dialled('(020) 7946 0018')).toBe('tel:02079460018');
  expect(dialled('+44 20 7946-0018')).toBe('tel:+442079460018');
});
