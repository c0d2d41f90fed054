import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moodColour } from './mood-colour.ts';
import type { MoodPoint } from './mood-colour.ts';
import { linearToOklab, luminance, oklabToLinear, oklabToRgb, oklchToOklab, rgbToOklab } from './oklch.ts';
import type { Oklab } from './oklch.ts';

const corners = {
  tense: { valence: -0.8, arousal: 0.8 },
  bright: { valence: 0.8, arousal: 0.8 },
  calm: { valence: 0.8, arousal: -0.8 },
  low: { valence: -0.8, arousal: -0.8 },
} satisfies Record<string, MoodPoint>;

const edges = {
  alert: { valence: 0, arousal: 1 },
  pleasant: { valence: 1, arousal: 0 },
  still: { valence: 0, arousal: -1 },
  unpleasant: { valence: -1, arousal: 0 },
  middle: { valence: 0, arousal: 0 },
} satisfies Record<string, MoodPoint>;

/**
 * What an eye without one kind of cone sees, in linear sRGB. Machado, Oliveira, Fernandes 2009,
 * severity 1.0, https://doi.org/10.1109/TVCG.2009.113
 */
const eyes = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

test('corners, edges and the middle are told apart in a small square', () => {
  expect(smallestDifference(Object.values({ ...corners, ...edges }), seen)).toBeGreaterThan(9);
  expect(smallestDifference(Object.values(corners), seen)).toBeGreaterThan(18);
});

test('the four corners are told apart by people who see fewer colours', () => {
  expect(smallestDifference(Object.values(corners), (mood) => seenBy('protan', mood))).toBeGreaterThan(11);
  expect(smallestDifference(Object.values(corners), (mood) => seenBy('deutan', mood))).toBeGreaterThan(8.5);
  expect(smallestDifference(Object.values(corners), (mood) => seenBy('tritan', mood))).toBeGreaterThan(17);
});

test('the corners are the four colours of the sea', () => {
  expect(moodColour({ valence: 1, arousal: 1 })).toMatchObject({ hue: 86, lightness: 0.83, chroma: 0.14 });
  expect(moodColour({ valence: -1, arousal: 1 })).toMatchObject({ hue: 32, lightness: 0.68, chroma: 0.15 });
  expect(moodColour({ valence: -1, arousal: -1 })).toMatchObject({ hue: 272, lightness: 0.56, chroma: 0.11 });
  expect(moodColour({ valence: 1, arousal: -1 })).toMatchObject({ hue: 168, lightness: 0.74, chroma: 0.105 });
});

test('colour is quiet in the middle and full from 0.55 outwards', () => {
  expect(moodColour({ valence: 0, arousal: 0 })).toMatchObject({ lightness: 0.8, chroma: 0.02 });
  const near = moodColour({ valence: 0.4, arousal: 0.4 });
  const far = moodColour({ valence: 1, arousal: 1 });
  expect(near.css).toBe(far.css);
});

test('no mood is painted alarm red: coral is the reddest, and unpleasant is never more vivid than pleasant', () => {
  fc.assert(
    fc.property(anyPoint, (mood) => {
      const { hue, chroma, lightness } = moodColour(mood);
      expect(chroma).toBeLessThanOrEqual(0.15);
      if (hue > 15 && hue < 32) expect(lightness).toBeGreaterThan(0.6);
    }),
  );
});

test('neighbouring points have neighbouring colours, all the way round', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (angle, r) => {
        const at = (degrees: number): MoodPoint => ({
          valence: r * Math.cos((degrees * Math.PI) / 180),
          arousal: r * Math.sin((degrees * Math.PI) / 180),
        });
        expect(difference(seen(at(angle)), seen(at(angle + 1)))).toBeLessThan(1.5);
      },
    ),
  );
});

test('the same point has the same colour, whoever draws it', () => {
  fc.assert(
    fc.property(anyPoint, (mood) => {
      const { css, rgb } = moodColour(mood);
      expect(css).toBe(`rgb(${rgb.join(' ')})`);
      expect(rgb.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)).toBe(true);
      expect(moodColour({ ...mood }).css).toBe(css);
    }),
  );
});

test('a word can be read on every mood colour, in the ink that was chosen for it', () => {
  const dark = luminance(oklabToRgb(oklchToOklab({ lightness: 0.12, chroma: 0.02, hue: 250 })));
  fc.assert(
    fc.property(anyPoint, (mood) => {
      const { rgb, ink } = moodColour(mood);
      const under = luminance(rgb) + 0.05;
      const contrast = ink === 'dark' ? under / (dark + 0.05) : 1.05 / under;
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a mood without energy lies on the valence line and is marked', () => {
  expect(moodColour({ valence: 0.6 })).toMatchObject({
    css: moodColour({ valence: 0.6, arousal: 0 }).css,
    known: 'part',
  });
  expect(moodColour({ arousal: -0.6 }).known).toBe('part');
  expect(moodColour({ valence: 0.6, arousal: 0 }).known).toBe('point');
  expect(moodColour({}).known).toBe('nothing');
});

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const anyPoint = fc.record({ valence: unit, arousal: unit });

function seen(mood: MoodPoint): Oklab {
  return rgbToOklab(moodColour(mood).rgb);
}

function seenBy(eye: keyof typeof eyes, mood: MoodPoint): Oklab {
  const [red, green, blue] = oklabToLinear(seen(mood));
  const [first, second, third] = eyes[eye];
  const through = (row: readonly [number, number, number]) =>
    Math.min(1, Math.max(0, row[0] * red + row[1] * green + row[2] * blue));
  return linearToOklab([through(first), through(second), through(third)]);
}

/** ΔE in Oklab, times 100: about 2 is just noticeable side by side. */
function difference(one: Oklab, other: Oklab): number {
  return 100 * Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function smallestDifference(moods: readonly MoodPoint[], look: (mood: MoodPoint) => Oklab): number {
  const labs = moods.map(look);
  return Math.min(
    ...labs.flatMap((lab, index) => labs.slice(index + 1).map((other) => difference(lab, other))),
  );
}
