import { LIFE_AREAS } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { starterValues } from './starters.ts';

test('each part of life has something to start with', () => {
  expect(new Set(starterValues.map(({ area }) => area))).toEqual(new Set(LIFE_AREAS));
});
