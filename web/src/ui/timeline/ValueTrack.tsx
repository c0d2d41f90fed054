import { dayOfNumber } from '@evenkeel/insights';
import { useText } from '../../i18n/use-text.ts';
import { messages } from './messages.ts';
import { Gridlines } from './TimeMarks.tsx';
import type { TimeAxis } from './time-axis.ts';
import styles from './Track.module.css';
import type { ValueTrack as Track } from './value-tracks.ts';

const height = 52;
const edge = 7;
const y = (closeness: number) => edge + (1 - closeness / 10) * (height - 2 * edge);

/** How close somebody was to one value, 0–10, on the same time axis as their mood. */
export function ValueTrack({ track, axis }: { readonly track: Track; readonly axis: TimeAxis }) {
  const text = useText();
  const mean = track.mean.toFixed(1);
  return (
    <div className={styles.value}>
      <div className={styles.names}>
        <span className={styles.name}>{track.text}</span>
        <span className={styles.key}>{text(messages.mean, { mean })}</span>
      </div>
      <svg
        className={styles.track}
        viewBox={`0 0 ${axis.width} ${height}`}
        role="img"
        aria-label={text(messages.valueSentence, { value: track.text, mean, n: track.points.length })}
      >
        <Gridlines axis={axis} height={height} />
        <line className={styles.middle} x1={0} x2={axis.width} y1={y(0)} y2={y(0)} />
        <line className={styles.middle} x1={0} x2={axis.width} y1={y(10)} y2={y(10)} />
        {/* One path for all dots: a stroke of no length with round ends is a dot, and thousands of them stay quick. */}
        <path
          className={styles.valueDots}
          d={track.points.map(({ moment, closeness }) => dotAt(axis.x(moment.day), y(closeness))).join('')}
        />
        {track.line.map((piece) => (
          <polyline
            key={piece[0]?.day}
            className={styles.valueLine}
            points={piece
              .map(({ day, mean: at }) => `${axis.x(dayOfNumber(day)).toFixed(1)},${y(at).toFixed(1)}`)
              .join(' ')}
          />
        ))}
      </svg>
    </div>
  );
}

function dotAt(x: number, at: number): string {
  return `M${x.toFixed(1)} ${at.toFixed(1)}h0`;
}
