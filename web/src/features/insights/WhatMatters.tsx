import { valueGaps } from '@evenkeel/insights';
import type { DayRange, ValueGap } from '@evenkeel/insights';
import { dayOfNumber } from '@evenkeel/insights';
import type { NamedSetting, ValueSetting } from '@evenkeel/journal';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { type TimeAxis, timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import matters from './WhatMatters.module.css';

type WhatMattersProps = {
  readonly values: readonly NamedSetting<ValueSetting>[];
  readonly facts: readonly MomentFacts[];
  readonly range: DayRange;
};

/** How much each value matters, held against how close the person was to it, over time. */
export function WhatMatters({ values, facts, range }: WhatMattersProps) {
  const text = useText();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const gaps = useMemo(
    () =>
      valueGaps(
        values,
        facts.flatMap(({ day, values: said }) =>
          said.map(({ value, closeness }) => ({ day, value, number: closeness })),
        ),
        range,
      ),
    [values, facts, range],
  );
  const answered = gaps.filter(({ days }) => days > 0);
  return (
    <InsightsCard title={text(messages.matters)} note={text(messages.mattersKey)}>
      {values.length === 0 ? (
        <p className={styles.quiet}>{text(messages.mattersNone)}</p>
      ) : (
        <>
          <div ref={frame} className={styles.bars}>
            {gaps.map((gap) => (
              <Value key={gap.id} gap={gap} axis={axis} />
            ))}
            {answered.length > 0 && <TimeMarks axis={axis} />}
          </div>
          <p className={styles.quiet}>{text(messages.mattersScale)}</p>
          <SameAsTable
            name={text(messages.matters)}
            columns={[
              text(messages.value),
              text(messages.importance),
              text(messages.closeness),
              text(messages.howMany),
            ]}
            rows={gaps.map(({ text: name, importance, closeness, days }) => [
              name,
              String(importance),
              closeness === null ? text(messages.noNumber) : closeness.toFixed(1),
              String(days),
            ])}
          />
        </>
      )}
    </InsightsCard>
  );
}

const height = 58;
const edge = 8;
const y = (closeness: number) => edge + (1 - closeness / 10) * (height - 2 * edge);

function Value({ gap, axis }: { readonly gap: ValueGap; readonly axis: TimeAxis }) {
  const text = useText();
  const { text: name, importance, closeness, days, means, line } = gap;
  const sentence =
    closeness === null
      ? text(messages.mattersUnsaid, { importance })
      : text(messages.mattersSentence, { importance, closeness: closeness.toFixed(1), n: days });
  return (
    <div className={matters.value}>
      <h3 className={matters.name}>{name}</h3>
      <p className={styles.quiet}>{sentence}</p>
      {closeness !== null && (
        <svg
          className={matters.chart}
          viewBox={`0 0 ${axis.width} ${height}`}
          role="img"
          aria-label={`${name}: ${sentence}`}
        >
          <line className={matters.end} x1={0} x2={axis.width} y1={y(0)} y2={y(0)} />
          <line className={matters.end} x1={0} x2={axis.width} y1={y(10)} y2={y(10)} />
          <line className={matters.importance} x1={0} x2={axis.width} y1={y(importance)} y2={y(importance)} />
          <path className={matters.diamond} d={`M${axis.width - 6} ${y(importance) - 6}l6 6l-6 6l-6 -6z`} />
          {means.map(({ day, mean }) => (
            <circle key={day} className={matters.dot} cx={axis.x(dayOfNumber(day))} cy={y(mean)} r={2.8} />
          ))}
          {line.map((piece) => (
            <polyline
              key={piece[0]?.day}
              className={matters.line}
              points={piece
                .map(({ day, mean }) => `${axis.x(dayOfNumber(day)).toFixed(1)},${y(mean).toFixed(1)}`)
                .join(' ')}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
