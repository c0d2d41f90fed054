import { luminance, oklabToRgb, oklchToOklab, toCss, withinSrgb } from './oklch.ts';
import type { Oklch, Rgb } from './oklch.ts';

/** Where a mood lies: each of −1…+1, or absent when the person (or an import) did not say it. */
export type MoodPoint = {
  /** Unpleasant −1 … +1 pleasant. */
  readonly valence?: number | undefined;
  /** Low energy −1 … +1 high energy. */
  readonly arousal?: number | undefined;
};

export type MoodColour = Oklch & {
  readonly rgb: Rgb;
  /** For CSS and canvas alike: `rgb(…)` inside sRGB, so that a moment has one colour on every screen. */
  readonly css: string;
  /** `part`: one of the two directions is missing and the point is drawn on the other one's line, marked. */
  readonly known: 'point' | 'part' | 'nothing';
  /** Words on this colour are read best in dark or in light ink: at least 4.5 : 1 everywhere on the sea. */
  readonly ink: 'dark' | 'light';
};

/**
 * The four corners of the mood sea, by the angle of (valence, arousal). Going round, the hue always falls:
 * amber 86° → coral 32° → indigo 272° → green 168° → amber. No corner is alarm red; tense is coral.
 */
const corners = [
  { angle: 45, hue: 86, lightness: 0.83, chroma: 0.14 },
  { angle: 135, hue: 32, lightness: 0.68, chroma: 0.15 },
  { angle: 225, hue: -88, lightness: 0.56, chroma: 0.11 },
  { angle: 315, hue: -192, lightness: 0.74, chroma: 0.105 },
  { angle: 405, hue: -274, lightness: 0.83, chroma: 0.14 },
] as const;

/** Quiet water in the middle: colour grows until this distance from it and then stays. */
const fullFrom = 0.55;
const middle = { lightness: 0.8, chroma: 0.02 } as const;

/** The colour that marks a moment everywhere: on the sea, in the journal, in charts, on the clinician's timeline. */
export function moodColour(mood: MoodPoint): MoodColour {
  const colour = colourAt(mood.valence ?? 0, mood.arousal ?? 0);
  const rgb = oklabToRgb(oklchToOklab(withinSrgb(colour)));
  return {
    ...colour,
    rgb,
    css: toCss(rgb),
    known: knownOf(mood),
    ink: luminance(rgb) > 0.182 ? 'dark' : 'light',
  };
}

function colourAt(valence: number, arousal: number): Oklch {
  const degrees = (Math.atan2(arousal, valence) * 180) / Math.PI;
  const round = corners[0].angle + ((((degrees - corners[0].angle) % 360) + 360) % 360);
  const strength = smooth(Math.min(1, Math.hypot(valence, arousal) / fullFrom));
  const [from, to] = neighbours(round);
  const way = smooth((round - from.angle) / (to.angle - from.angle));
  return {
    lightness: mix(middle.lightness, mix(from.lightness, to.lightness, way), strength),
    chroma: mix(middle.chroma, mix(from.chroma, to.chroma, way), strength),
    hue: (mix(from.hue, to.hue, way) + 720) % 360,
  };
}

type Corner = (typeof corners)[number];

function neighbours(angle: number): readonly [Corner, Corner] {
  if (angle < 135) return [corners[0], corners[1]];
  if (angle < 225) return [corners[1], corners[2]];
  if (angle < 315) return [corners[2], corners[3]];
  return [corners[3], corners[4]];
}

function knownOf({ valence, arousal }: MoodPoint): MoodColour['known'] {
  if (valence !== undefined && arousal !== undefined) return 'point';
  return valence === undefined && arousal === undefined ? 'nothing' : 'part';
}

/** Eases in and out of each corner, and of the middle: with straight steps the eye sees rays and a ring. */
function smooth(way: number): number {
  return way * way * (3 - 2 * way);
}

function mix(from: number, to: number, way: number): number {
  return from + (to - from) * way;
}
