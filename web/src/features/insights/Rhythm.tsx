import { byHours, byWeekday, isWithin, sideMeans } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import type { DaySummary } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { weekdayName } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import rhythm from './Rhythm.module.css';
import { tenPoints } from './scale-words.ts';

type RhythmProps = {
  readonly days: readonly DaySummary[];
  readonly facts: readonly MomentFacts[];
  readonly range: DayRange;
};

/** Fewer than this in a group, and its mean says nothing. */
const leastInGroup = 3;
/** Groups nearer together than this (on −1…+1) are called alike. */
const alike = 0.1;

/** Whether Mondays differ, or evenings. */
export function Rhythm({ days, facts, range }: RhythmProps) {
  const text = useText();
  const { i18n } = useLingui();
  const weekdays = useMemo(() => byWeekday(sideMeans(days, 'valence', range)), [days, range]);
  const hours = useMemo(
    () =>
      byHours(
        facts.flatMap(({ day, hour, valence }) =>
          hour === null || valence === undefined || !isWithin(day, range) ? [] : [{ hour, number: valence }],
        ),
      ),
    [facts, range],
  );
  if (![weekdays, hours].some(canCompare))
    return (
      <InsightsCard title={text(messages.rhythm)}>
        <p className={styles.quiet}>{text(messages.rhythmFew)}</p>
      </InsightsCard>
    );
  return (
    <InsightsCard title={text(messages.rhythm)} note={text(messages.rhythmHow)}>
      <Groups
        name={text(messages.weekdays)}
        counted={text(messages.howMany)}
        groups={weekdays.map(({ weekday, mean, count }) => ({
          name: weekdayName(i18n, weekday),
          longName: weekdayName(i18n, weekday, 'long'),
          mean,
          count,
        }))}
      />
      <Groups
        name={text(messages.hours)}
        counted={text(messages.checkIns)}
        groups={hours.map(({ from, to, mean, count }) => ({
          name: String(from),
          longName: text(messages.hoursFromTo, { from: clock(from), to: clock(to) }),
          mean,
          count,
        }))}
      />
    </InsightsCard>
  );
}

type Group = {
  readonly name: string;
  readonly longName: string;
  readonly mean: number | null;
  readonly count: number;
};

/** Whether two of the groups hold enough to be held against each other. */
function canCompare(groups: readonly Pick<Group, 'count'>[]): boolean {
  return groups.filter(({ count }) => count >= leastInGroup).length > 1;
}

const height = 96;
const foot = 18;
const middle = (height - foot) / 2;

function Groups({
  name,
  counted,
  groups,
}: {
  readonly name: string;
  readonly counted: string;
  readonly groups: readonly Group[];
}) {
  const text = useText();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const known = groups.flatMap(({ mean, count, ...rest }) =>
    mean === null || count < leastInGroup ? [] : [{ ...rest, mean }],
  );
  const inOrder = known.toSorted((a, b) => b.mean - a.mean);
  const [highest] = inOrder;
  const lowest = inOrder.at(-1);
  const sentence =
    highest === undefined || lowest === undefined || known.length < 2
      ? text(messages.rhythmFew)
      : highest.mean - lowest.mean < alike
        ? text(messages.rhythmAlike)
        : text(messages.rhythmSentence, {
            high: highest.longName,
            highNumber: tenPoints(highest.mean),
            low: lowest.longName,
            lowNumber: tenPoints(lowest.mean),
          });
  const most = Math.max(0.3, ...known.map(({ mean }) => Math.abs(mean)));
  const step = width / groups.length;
  return (
    <div className={rhythm.part}>
      <h3>{name}</h3>
      {known.length >= 2 && (
        <div ref={frame}>
          <svg
            className={rhythm.chart}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={`${name}. ${sentence}`}
          >
            <line className={rhythm.middle} x1={0} x2={width} y1={middle} y2={middle} />
            {groups.map(({ name: short, mean, count }, index) => {
              const x = index * step;
              const size = mean === null || count < leastInGroup ? 0 : (Math.abs(mean) / most) * (middle - 4);
              return (
                <g key={short}>
                  {mean !== null && count >= leastInGroup && (
                    <rect
                      className={rhythm.bar}
                      x={x + step * 0.2}
                      width={step * 0.6}
                      y={mean > 0 ? middle - size : middle}
                      height={Math.max(1.5, size)}
                      rx={3}
                      style={{ fill: moodColour({ valence: mean }).css }}
                    />
                  )}
                  <text className={rhythm.name} x={x + step / 2} y={height - 4}>
                    {short}
                  </text>
                </g>
              );
            })}
          </svg>
        </div>
      )}
      <p className={styles.quiet}>{sentence}</p>
      {known.length >= 2 && (
        <SameAsTable
          name={name}
          columns={[name, text(messages.average), counted]}
          rows={groups.map(({ longName, mean, count }) => [
            longName,
            mean === null || count < leastInGroup ? text(messages.noNumber) : tenPoints(mean),
            String(count),
          ])}
        />
      )}
    </div>
  );
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}
