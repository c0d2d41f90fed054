import type { MoodPoint } from '../mood-colour.ts';

/** How a mood is said in words. Handed in, so that a timeline speaks as the diary does. */
export type MoodSpeech = {
  /** −1…+1: “very unpleasant” … “very pleasant”. */
  readonly pleasant: (valence: number) => string;
  /** −1…+1: “very low energy” … “very high energy”. */
  readonly energy: (arousal: number) => string;
  /** 0–10: “far from it” … “very close”. */
  readonly closeness: (closeness: number) => string;
  readonly answer: (answer: 'dont-know' | 'rather-not-say') => string;
  /** Null when neither direction is known. */
  readonly point: (point: MoodPoint) => string | null;
};
