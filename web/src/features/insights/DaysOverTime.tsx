import { dayOfNumber, daysIn, weeklyLine } from '@evenkeel/insights';
import type { DailyMean, DayRange } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { type ComponentProps, useMemo } from 'react';
import type { ReactNode } from 'react';
import { weekdayAndDay } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { DaysTrack } from '../../ui/timeline/DaysTrack.tsx';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';

type DaysOverTimeProps = Pick<
  ComponentProps<typeof DaysTrack>,
  'means' | 'usual' | 'scale' | 'ends' | 'colourOf'
> & {
  readonly title: string;
  readonly note: string;
  readonly range: DayRange;
  /** The 7-day line; by default that of `means` alone. */
  readonly line?: readonly (readonly DailyMean[])[];
  /** Says what the chart shows. */
  readonly sentence: string;
  /** What the first column of the table names. */
  readonly dayName?: string;
  readonly say: (number: number) => string;
  /** Stands above the chart. */
  readonly children?: ReactNode;
};

/** A card for any number that days have: the chart, its sentence, its table. */
export function DaysOverTime({
  title,
  note,
  range,
  line: given,
  sentence,
  dayName,
  say,
  children,
  ...track
}: DaysOverTimeProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const line = given ?? weeklyLine(track.means);
  const weekly = new Map(line.flat().map(({ day, mean }) => [day, mean]));
  return (
    <InsightsCard title={title} note={note}>
      {children}
      <div ref={frame}>
        {track.means.length > 0 && (
          <>
            <DaysTrack {...track} axis={axis} line={line} label={sentence} />
            <TimeMarks axis={axis} />
          </>
        )}
      </div>
      <p className={styles.quiet}>{sentence}</p>
      {track.means.length > 0 && (
        <SameAsTable
          name={title}
          columns={[dayName ?? text(messages.day), title, text(messages.sevenDays)]}
          rows={track.means.toReversed().map(({ day, mean }) => {
            const week = weekly.get(day);
            return [
              weekdayAndDay(i18n, dayOfNumber(day), daysIn(range) > 366),
              say(mean),
              week === undefined ? text(messages.noNumber) : say(week),
            ];
          })}
        />
      )}
    </InsightsCard>
  );
}
