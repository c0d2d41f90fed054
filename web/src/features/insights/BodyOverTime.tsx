import { dailyAmounts, dailyMeans, dayOfNumber, isWithin, meanOf, weeklyAmounts } from '@evenkeel/insights';
import type { DayRange, Said } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { shortDay } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import bars from './BodyOverTime.module.css';
import { DaysOverTime } from './DaysOverTime.tsx';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import { usesIn } from './uses.ts';

type BodyProps = { readonly facts: readonly MomentFacts[]; readonly range: DayRange };

/** From no sleep to half a day; the line across stands at seven hours. */
const hours = { least: 0, most: 12, at: 7 };

/** How long the nights were. Nothing is drawn where no night was ever written down. */
export function Sleep({ facts, range }: BodyProps) {
  const text = useText();
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
  return (
    <DaysOverTime
      title={text(messages.sleep)}
      note={text(messages.sleepKey)}
      range={range}
      means={nights}
      scale={hours}
      ends={{ low: text(messages.noHours), high: text(messages.manyHours) }}
      sentence={text(messages.sleepSentence, { n: nights.length, hours: mean.toFixed(1) })}
      dayName={text(messages.night)}
      say={(number) => text(messages.hoursAre, { n: number.toFixed(1) })}
    />
  );
}

const height = 120;
const head = 14;

/** Alcohol in UK units, whatever it was drunk as. */
export function AlcoholByWeek({ facts, range }: BodyProps) {
  const text = useText();
  const said = useMemo(
    () =>
      facts.flatMap(({ day, alcoholUnits }) =>
        alcoholUnits === undefined || !isWithin(day, range) ? [] : [{ day, number: alcoholUnits }],
      ),
    [facts, range],
  );
  return (
    <AmountsByWeek
      title={text(messages.alcohol)}
      note={text(messages.alcoholKey)}
      unit={text(messages.units)}
      said={said}
      range={range}
    />
  );
}

/** A card for each substance and unit that these days say something of. */
export function UsesByWeek({ facts, range }: BodyProps) {
  const text = useText();
  const used = useMemo(() => usesIn(facts, range), [facts, range]);
  return used.map(({ id, name, unit, said }) => (
    <AmountsByWeek
      key={id}
      title={name}
      note={text(messages.useKey, { unit })}
      unit={unit}
      said={said}
      range={range}
    />
  ));
}

type AmountsProps = {
  readonly title: string;
  readonly note: string;
  readonly unit: string;
  readonly said: readonly Said[];
  readonly range: DayRange;
};

/** The amount of each week. A week nobody answered for has no bar, and a day nobody answered for is not a day without. */
function AmountsByWeek({ title, note, unit, said, range }: AmountsProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const weeks = useMemo(() => weeklyAmounts(dailyAmounts(said)), [said]);
  if (weeks.length === 0) return null;
  const most = Math.max(1, ...weeks.map(({ amount }) => amount));
  const all = weeks.reduce((sum, { amount }) => sum + amount, 0);
  const sentence = text(messages.amountSentence, {
    amount: (all / weeks.length).toFixed(1),
    unit,
    n: weeks.reduce((sum, { daysWithout }) => sum + daysWithout, 0),
  });
  const day = axis.x(range.first, 1) - axis.x(range.first, 0);
  return (
    <InsightsCard title={title} note={note}>
      <div ref={frame}>
        <svg className={bars.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
          {weeks.map(({ monday, amount }) => {
            const size = (amount / most) * (height - head);
            const from = axis.x(dayOfNumber(monday), 0) + day * 0.5;
            const x = Math.max(0, from);
            return (
              <rect
                key={monday}
                className={bars.bar}
                x={x}
                width={Math.max(2, Math.min(width, from + day * 6) - x)}
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
        name={title}
        columns={[text(messages.week), unit || title, text(messages.daysWithout), text(messages.daysSaid)]}
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
