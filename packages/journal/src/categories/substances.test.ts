import { expect, test } from 'vitest';
import {
  DRINKS,
  type SubstanceUse,
  alcoholUnits,
  areSubstances,
  isUseFree,
  unitsOfDrink,
} from './substances.ts';

const beer: SubstanceUse = {
  id: 'u1',
  substance: 's1',
  text: 'Alcohol',
  amount: 2,
  unit: 'pint of beer',
  drink: { ml: 568, abv: 4 },
};
const cannabis: SubstanceUse = { id: 'u2', substance: 's2', text: 'Cannabis', amount: 0.5, unit: 'g' };

test('UK units are millilitres times strength over a thousand', () => {
  expect(unitsOfDrink({ ml: 568, abv: 4 })).toBe(2.27);
  expect(unitsOfDrink({ ml: 175, abv: 13 })).toBe(2.28);
  expect(unitsOfDrink({ ml: 25, abv: 40 })).toBe(1);
  expect(unitsOfDrink({ ml: 568, abv: 4 }, 2)).toBe(4.54);
  for (const drink of DRINKS) expect(unitsOfDrink(drink)).toBeGreaterThan(0.5);
});

test('no alcohol said, none drunk, and nothing said of alcohol are three different days', () => {
  expect(alcoholUnits([{ uses: [beer, cannabis] }])).toBe(4.54);
  expect(alcoholUnits([{ none: [{ substance: 's1', text: 'Alcohol', alcohol: true }] }])).toBe(0);
  expect(alcoholUnits([{ nothing: true }])).toBe(0);
  expect(alcoholUnits([{ uses: [cannabis] }])).toBeUndefined();
  expect(alcoholUnits([])).toBeUndefined();
});

test('a day is free of use only when it was said, and nothing says otherwise', () => {
  expect(isUseFree([{ nothing: true }])).toBe(true);
  expect(isUseFree([{ nothing: true }, { uses: [cannabis] }])).toBe(false);
  expect(isUseFree([{ none: [{ substance: 's1', text: 'Alcohol', alcohol: true }] }])).toBe(false);
  expect(isUseFree([])).toBe(false);
});

test('an amount, a drink or a price that cannot be is not kept', () => {
  expect(areSubstances({ uses: [beer, cannabis], nothing: true })).toBe(true);
  for (const part of [{ amount: -1 }, { drink: { ml: 0, abv: 4 } }, { spent: 1.5 }, { text: ' ' }])
    expect(areSubstances({ uses: [{ ...beer, ...part }] })).toBe(false);
});
