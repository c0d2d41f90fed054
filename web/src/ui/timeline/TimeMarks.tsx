import { useLingui } from '@lingui/react';
import { monthMark, shortDay } from '../../i18n/short-dates.ts';
import type { Tick, TimeAxis } from './time-axis.ts';
import styles from './Track.module.css';

/** Hairlines at the marks of the axis, through a track. */
export function Gridlines({ axis, height }: { readonly axis: TimeAxis; readonly height: number }) {
  return axis.ticks.map(({ day }) => (
    <line key={day} className={styles.grid} x1={axis.x(day, 0)} x2={axis.x(day, 0)} y1={0} y2={height} />
  ));
}

const height = 22;

/** The names of the marks, under the last track. */
export function TimeMarks({ axis }: { readonly axis: TimeAxis }) {
  const { i18n } = useLingui();
  const oneYear = axis.range.first.slice(0, 4) === axis.range.last.slice(0, 4);
  const name = ({ day, name: kind }: Tick, index: number) => {
    const withYear = kind === 'year' || (!oneYear && (index === 0 || day.endsWith('-01-01')));
    return kind === 'day' ? shortDay(i18n, day) : monthMark(i18n, day, withYear);
  };
  return (
    <svg className={styles.track} viewBox={`0 0 ${axis.width} ${height}`} aria-hidden>
      {axis.ticks.map((tick, index) => {
        const x = axis.x(tick.day, 0);
        const anchor = x < 24 ? 'start' : x > axis.width - 30 ? 'end' : 'middle';
        return (
          <text key={tick.day} className={styles.time} x={x} y={15} textAnchor={anchor}>
            {name(tick, index)}
          </text>
        );
      })}
    </svg>
  );
}
