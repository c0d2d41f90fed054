import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areGivenBack, threePlaces } from './kit-check.ts';

const words = Array.from({ length: 24 }, (_, index) => `word${index}`);

test('three different words are asked back, in the order of the paper', () => {
  const numbers = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(numbers, (drawn) => {
      let next = 0;
      const places = threePlaces(24, () => drawn[next++] ?? 0);
      return (
        new Set(places).size === 3 &&
        places.every((place, index) => place >= 0 && place < 24 && place > (places[index - 1] ?? -1))
      );
    }),
  );
});

test('capital letters and blanks do not matter, another word does', () => {
  expect(areGivenBack(words, [0, 7, 23], [' Word0', 'WORD7 ', 'word23'])).toBe(true);
  expect(areGivenBack(words, [0, 7, 23], ['word0', 'word8', 'word23'])).toBe(false);
  expect(areGivenBack(words, [0, 7, 23], ['word0', 'word7'])).toBe(false);
});

test('a word that does not exist is never right', () => {
  expect(areGivenBack(words, [24], [''])).toBe(false);
});
