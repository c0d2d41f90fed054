import type { NamedSetting, SubstanceSetting } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import {
  isNone,
  numberTyped,
  penceTyped,
  toggleNone,
  toggleNothing,
  unitsToShow,
  withAmount,
  withUse,
} from './substances.ts';

const alcohol = listed({ id: 'alcohol', text: 'alcohol', unit: '', alcohol: true });
const tobacco = listed({ id: 'tobacco', text: 'tobacco', unit: 'cigarettes', alcohol: false });
const pint = { amount: 1, unit: 'pint of beer', drink: { ml: 568, abv: 4 } };

test('the same drink again counts up, another one stands beside it', () => {
  const one = withUse({}, alcohol, pint, 'a');
  const two = withUse(one, alcohol, pint, 'b');
  expect(two.uses).toEqual([{ id: 'a', substance: 'alcohol', text: 'alcohol', ...pint, amount: 2 }]);
  const wine = withUse(two, alcohol, { amount: 1, unit: 'wine', drink: { ml: 175, abv: 13 } }, 'c');
  expect(wine.uses?.map(({ id }) => id)).toEqual(['a', 'c']);
  // 2 × 568 ml × 4 % ÷ 1000 = 4.544, and 175 ml × 13 % ÷ 1000 = 2.275; each to a hundredth, then to a tenth.
  expect(unitsToShow(wine)).toBe(6.8);
});

test('what was spent is added up with what is counted up', () => {
  const twice = withUse(
    withUse({}, alcohol, { ...pint, spent: 480 }, 'a'),
    alcohol,
    { ...pint, spent: 520 },
    'b',
  );
  expect(twice.uses).toMatchObject([{ amount: 2, spent: 1000 }]);
});

test('“none” and some of the same do not stand together', () => {
  const none = toggleNone(withUse({}, alcohol, pint, 'a'), alcohol);
  expect(none).toEqual({ none: [{ substance: 'alcohol', text: 'alcohol', alcohol: true }] });
  expect(isNone(none, 'alcohol')).toBe(true);
  const some = withUse(none, alcohol, pint, 'b');
  expect(isNone(some, 'alcohol')).toBe(false);
  expect(toggleNone(none, alcohol)).toEqual({});
});

test('“none” of one leaves the other as it was', () => {
  const smoked = withUse({}, tobacco, { amount: 3, unit: 'cigarettes' }, 'a');
  expect(toggleNone(smoked, alcohol).uses).toHaveLength(1);
});

test('“none of it” leaves nothing else to say, and any use takes it back', () => {
  const nothing = toggleNothing(withUse({}, alcohol, pint, 'a'));
  expect(nothing).toEqual({ nothing: true });
  expect(toggleNothing(nothing)).toEqual({});
  expect(withUse(nothing, alcohol, pint, 'b').nothing).toBeUndefined();
});

test('one less than one is taken out', () => {
  expect(withAmount(withUse({}, alcohol, pint, 'a'), 'a', 0)).toEqual({});
});

test('amounts are read as people type them, and anything else is none', () => {
  expect(['2', '2,5', ' 0.25 '].map(numberTyped)).toEqual([2, 2.5, 0.25]);
  expect(['', '0', '-1', 'two', '1e9', '1.2.3'].map(numberTyped)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(penceTyped('£4.50')).toBe(450);
  expect(penceTyped('')).toBeUndefined();
});

function listed(setting: Omit<NamedSetting<SubstanceSetting>, 'kind' | 'order' | 'archived'>) {
  return { kind: 'substance' as const, order: 1, archived: false, ...setting };
}
