import { dayOfNumber, isWithin } from '@evenkeel/insights';
import type { DailyMean, UsualRange } from '@evenkeel/insights';
import { useMemo } from 'react';
import { wallTimeOf } from '@evenkeel/journal';
import { useText } from '../../i18n/use-text.ts';
import { moodColour } from '../mood-colour.ts';
import { messages } from './messages.ts';
import type { ShownMoment } from './shown-moment.ts';
import { Gridlines } from './TimeMarks.tsx';
import type { TimeAxis } from './time-axis.ts';
import styles from './Track.module.css';

type MoodTrackProps = {
  readonly moments: readonly ShownMoment[];
  readonly axis: TimeAxis;
  readonly line: readonly (readonly DailyMean[])[];
  readonly usual: UsualRange | null;
  /** The sentence that says the same. */
  readonly label: string;
};

const height = 168;
const edge = 12;
const y = (valence: number) => edge + ((1 - valence) / 2) * (height - 2 * edge);

/** Mood over time: a dot for each check-in in its mood's colour, the 7-day mean, the band of the usual range. */
export function MoodTrack({ moments, axis, line, usual, label }: MoodTrackProps) {
  const text = useText();
  const dots = useMemo(
    () => moments.filter((moment) => moment.mood?.valence !== undefined).map(placed),
    [moments],
  );
  return (
    <svg className={styles.track} viewBox={`0 0 ${axis.width} ${height}`} role="img" aria-label={label}>
      {usual !== null && (
        <rect
          className={styles.band}
          x={0}
          width={axis.width}
          y={y(usual.high)}
          height={Math.max(2, y(usual.low) - y(usual.high))}
        />
      )}
      <Gridlines axis={axis} height={height} />
      <line className={styles.middle} x1={0} x2={axis.width} y1={y(0)} y2={y(0)} />
      {dots
        .filter(({ moment }) => isWithin(moment.day, axis.range))
        .map(({ moment, part, valence, colour, known }) => (
          <circle
            key={moment.id}
            className={known === 'part' ? styles.partDot : styles.dot}
            cx={axis.x(moment.day, part)}
            cy={y(valence)}
            r={3.4}
            style={known === 'part' ? { stroke: colour } : { fill: colour }}
          />
        ))}
      {line.map((piece) => (
        <polyline key={piece[0]?.day} className={styles.line} points={pointsOf(piece, axis)} />
      ))}
      <text className={styles.end} x={0} y={edge - 1}>
        {text(messages.pleasant)}
      </text>
      <text className={styles.end} x={0} y={height - 2}>
        {text(messages.unpleasant)}
      </text>
    </svg>
  );
}

function placed(moment: ShownMoment) {
  const { known, css } = moodColour(moment.mood ?? {});
  return { moment, part: partOfDay(moment), valence: moment.mood?.valence ?? 0, colour: css, known };
}

/** How much of the person's day was over, 0…1. */
function partOfDay({ at, zone, precision }: ShownMoment): number {
  if (precision === 'day') return 0.5;
  const { hour, minute } = wallTimeOf(at, zone);
  return (hour * 60 + minute) / 1440;
}

function pointsOf(piece: readonly DailyMean[], axis: TimeAxis): string {
  return piece
    .filter(({ day }) => isWithin(dayOfNumber(day), axis.range))
    .map(({ day, mean }) => `${axis.x(dayOfNumber(day)).toFixed(1)},${y(mean).toFixed(1)}`)
    .join(' ');
}
