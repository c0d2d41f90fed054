import type { CSSProperties } from 'react';
import { classes } from './classes.ts';
import { moodColour } from './mood-colour.ts';
import type { MoodPoint } from './mood-colour.ts';
import styles from './MoodMark.module.css';

type MoodMarkProps = {
  readonly mood: MoodPoint;
  /** `stripe` before an entry, `square` for a day among many, `dot` on a line. */
  readonly shape?: 'stripe' | 'square' | 'dot';
};

/**
 * The colour of a moment. It is decoration: the words or the position beside it say the same.
 * A mood with only one of its two directions has a hollow centre; a moment without a point is an outline.
 */
export function MoodMark({ mood, shape = 'stripe' }: MoodMarkProps) {
  const colour = moodColour(mood);
  const style: CSSProperties = { '--mood': colour.css };
  return (
    <span
      aria-hidden
      className={classes(
        styles.mark,
        styles[shape],
        colour.known === 'nothing' && styles.empty,
        colour.known === 'part' && styles.part,
      )}
      style={style}
    />
  );
}
