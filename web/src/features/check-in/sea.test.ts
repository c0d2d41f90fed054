import fc from 'fast-check';
import { expect, test } from 'vitest';
import { energyWords, pleasantWords } from '../../session/mood-words.ts';
import { placeOf, pointAfterKey, pointAt } from './sea.ts';

test('the corners of the sea are the ends of both directions', () => {
  expect(pointAt(0, 0)).toEqual({ valence: -1, arousal: 1 });
  expect(pointAt(1, 0)).toEqual({ valence: 1, arousal: 1 });
  expect(pointAt(1, 1)).toEqual({ valence: 1, arousal: -1 });
  expect(pointAt(0, 1)).toEqual({ valence: -1, arousal: -1 });
  expect(pointAt(0.5, 0.5)).toEqual({ valence: 0, arousal: 0 });
});

test('a touch outside the sea lands on its shore', () => {
  expect(pointAt(-3, 9)).toEqual({ valence: -1, arousal: -1 });
});

test('what was touched is where the dot is drawn', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (x, y) => {
        const place = placeOf(pointAt(x, y));
        expect(Math.abs(place.x - x)).toBeLessThanOrEqual(0.0026);
        expect(Math.abs(place.y - y)).toBeLessThanOrEqual(0.0026);
      },
    ),
  );
});

test('the keyboard reaches every corner, and no key leaves the sea', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 60 }), (presses) => {
      let point = pointAt(0.5, 0.5);
      for (const [key, shift] of presses) point = pointAfterKey(point, key, shift) ?? point;
      expect(Math.abs(point.valence)).toBeLessThanOrEqual(1);
      expect(Math.abs(point.arousal)).toBeLessThanOrEqual(1);
    }),
  );
  let point = pointAt(0.5, 0.5);
  for (let press = 0; press < 20; press++) point = pointAfterKey(point, 'ArrowRight', false) ?? point;
  for (let press = 0; press < 20; press++) point = pointAfterKey(point, 'ArrowUp', false) ?? point;
  expect(point).toEqual({ valence: 1, arousal: 1 });
});

test('a press and the press back end where they began', () => {
  const start = { valence: 0.25, arousal: -0.4 };
  const right = pointAfterKey(start, 'ArrowRight', false);
  expect(right && pointAfterKey(right, 'ArrowLeft', false)).toEqual(start);
});

test('other keys are left to the browser', () => {
  for (const key of ['Tab', 'Enter', 'Escape', 'a', ' '])
    expect(pointAfterKey(pointAt(0.5, 0.5), key, false)).toBeNull();
});

test('a point is spoken in both directions', () => {
  expect(pleasantWords(0.5).message).toBe('fairly pleasant');
  expect(energyWords(-0.5).message).toBe('low energy');
  expect(pleasantWords(0).message).toBe('neither pleasant nor unpleasant');
});
