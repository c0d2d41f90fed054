import {
  dailyAmounts,
  dailyMeans,
  dayOfNumber,
  isWithin,
  meanOf,
  weeklyAmounts,
  weeklyLine,
} from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { shortDay, weekdayAndDay } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { DaysTrack } from '../../ui/timeline/DaysTrack.tsx';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import bars from './BodyOverTime.module.css';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';

type BodyProps = { readonly facts: readonly MomentFacts[]; readonly range: DayRange };

/** From no sleep to half a day; the line across stands at seven hours. */
const hours = { least: 0, most: 12, at: 7 };

/** How long the nights were. Nothing is drawn where no night was ever written down. */
export function Sleep({ facts, range }: BodyProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const nights = useMemo(
    () =>
      dailyMeans(
        facts.flatMap(({ day, sleepHours }) =>
          sleepHours === undefined || !isWithin(day, range) ? [] : [{ day, number: sleepHours }],
        ),
      ),
    [facts, range],
  );
  const mean = meanOf(nights);
  if (mean === null) return null;
  const line = weeklyLine(nights);
  const weekly = new Map(line.flat().map((one) => [one.day, one.mean]));
  const sentence = text(messages.sleepSentence, { n: nights.length, hours: mean.toFixed(1) });
  return (
    <InsightsCard title={text(messages.sleep)} note={text(messages.sleepKey)}>
      <div ref={frame}>
        <DaysTrack
          means={nights.map((night) => ({ ...night, mean: Math.min(hours.most, night.mean) }))}
          axis={axis}
          line={line}
          scale={hours}
          ends={{ low: text(messages.noHours), high: text(messages.manyHours) }}
          label={sentence}
        />
        <TimeMarks axis={axis} />
      </div>
      <p className={styles.quiet}>{sentence}</p>
      <SameAsTable
        name={text(messages.sleep)}
        columns={[text(messages.night), text(messages.sleep), text(messages.sevenDays)]}
        rows={nights.toReversed().map((night) => {
          const week = weekly.get(night.day);
          return [
            weekdayAndDay(i18n, dayOfNumber(night.day)),
            text(messages.hoursAre, { n: night.mean.toFixed(1) }),
            week === undefined ? text(messages.noNumber) : text(messages.hoursAre, { n: week.toFixed(1) }),
          ];
        })}
      />
    </InsightsCard>
  );
}

const height = 120;
const head = 14;

/** Units of each week. A week nobody answered for has no bar, and a day nobody answered for is not a day without. */
export function AlcoholByWeek({ facts, range }: BodyProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const weeks = useMemo(
    () =>
      weeklyAmounts(
        dailyAmounts(
          facts.flatMap(({ day, alcoholUnits }) =>
            alcoholUnits === undefined || !isWithin(day, range) ? [] : [{ day, number: alcoholUnits }],
          ),
        ),
      ),
    [facts, range],
  );
  if (weeks.length === 0) return null;
  const most = Math.max(1, ...weeks.map(({ amount }) => amount));
  const all = weeks.reduce((sum, { amount }) => sum + amount, 0);
  const sentence = text(messages.alcoholSentence, {
    units: (all / weeks.length).toFixed(1),
    n: weeks.reduce((sum, { daysWithout }) => sum + daysWithout, 0),
  });
  const day = axis.x(range.first, 1) - axis.x(range.first, 0);
  return (
    <InsightsCard title={text(messages.alcohol)} note={text(messages.alcoholKey)}>
      <div ref={frame}>
        <svg className={bars.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
          {weeks.map(({ monday, amount }) => {
            const size = (amount / most) * (height - head);
            const x = Math.max(0, axis.x(dayOfNumber(monday), 0));
            return (
              <rect
                key={monday}
                className={bars.bar}
                x={x + day * 0.5}
                width={Math.max(2, day * 6)}
                y={height - Math.max(1.5, size)}
                height={Math.max(1.5, size)}
                rx={Math.min(3, day)}
              />
            );
          })}
          <text className={bars.most} x={0} y={head - 4}>
            {most.toFixed(1)}
          </text>
        </svg>
        <TimeMarks axis={axis} />
      </div>
      <p className={styles.quiet}>{sentence}</p>
      <SameAsTable
        name={text(messages.alcohol)}
        columns={[
          text(messages.week),
          text(messages.units),
          text(messages.daysWithout),
          text(messages.daysSaid),
        ]}
        rows={weeks
          .toReversed()
          .map(({ monday, amount, daysWithout, daysSaid }) => [
            shortDay(i18n, dayOfNumber(monday)),
            amount.toFixed(1),
            String(daysWithout),
            String(daysSaid),
          ])}
      />
    </InsightsCard>
  );
}
