import { dayOfNumber, isWithin } from '@evenkeel/insights';
import type { DailyMean, UsualRange } from '@evenkeel/insights';
import { Gridlines } from './TimeMarks.tsx';
import type { TimeAxis } from './time-axis.ts';
import styles from './Track.module.css';

type DaysTrackProps = {
  /** In order of time. */
  readonly means: readonly DailyMean[];
  readonly axis: TimeAxis;
  readonly line: readonly (readonly DailyMean[])[];
  readonly usual?: UsualRange | null;
  /** The ends of the scale, and what stands in its middle or at its foot. What is more is drawn at its upper end. */
  readonly scale: { readonly least: number; readonly most: number; readonly at: number };
  /** What the days are held against: a broken line across, with a diamond at its end. */
  readonly mark?: number;
  readonly height?: number;
  /** What the ends are called, on the chart itself. */
  readonly ends: { readonly low: string; readonly high: string };
  /** The colour of a day; the ink of a quiet dot where there is none. */
  readonly colourOf?: (day: number) => string | undefined;
  /** The sentence that says the same. */
  readonly label: string;
};

const edge = 14;

/** A dot for each day, the 7-day line, the band of the usual range: any number that days have. */
export function DaysTrack({
  means,
  axis,
  line,
  usual,
  scale,
  mark,
  height = 156,
  ends,
  colourOf,
  label,
}: DaysTrackProps) {
  const y = (value: number) =>
    edge + ((scale.most - Math.min(value, scale.most)) / (scale.most - scale.least)) * (height - 2 * edge);
  const within = ({ day }: DailyMean) => isWithin(dayOfNumber(day), axis.range);
  const radius = axis.width / Math.max(1, means.length) < 4 ? 2.4 : 3.4;
  return (
    <svg className={styles.track} viewBox={`0 0 ${axis.width} ${height}`} role="img" aria-label={label}>
      {usual && (
        <rect
          className={styles.band}
          x={0}
          width={axis.width}
          y={y(usual.high)}
          height={Math.max(2, y(usual.low) - y(usual.high))}
        />
      )}
      <Gridlines axis={axis} height={height} />
      <line className={styles.middle} x1={0} x2={axis.width} y1={y(scale.at)} y2={y(scale.at)} />
      {mark !== undefined && (
        <>
          <line className={styles.mark} x1={0} x2={axis.width} y1={y(mark)} y2={y(mark)} />
          <path className={styles.diamond} d={`M${axis.width - 6} ${y(mark) - 6}l6 6l-6 6l-6 -6z`} />
        </>
      )}
      {means.filter(within).map(({ day, mean }) => (
        <circle
          key={day}
          className={styles.dot}
          cx={axis.x(dayOfNumber(day))}
          cy={y(mean)}
          r={radius}
          style={{ fill: colourOf?.(day) ?? 'var(--edge)' }}
        />
      ))}
      {line.map((piece) => (
        <polyline
          key={piece[0]?.day}
          className={styles.line}
          points={piece
            .filter(within)
            .map(({ day, mean }) => `${axis.x(dayOfNumber(day)).toFixed(1)},${y(mean).toFixed(1)}`)
            .join(' ')}
        />
      ))}
      <text className={styles.end} x={0} y={edge - 3}>
        {ends.high}
      </text>
      <text className={styles.end} x={0} y={height - 2}>
        {ends.low}
      </text>
    </svg>
  );
}
