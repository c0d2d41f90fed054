import { bandOf, isInstrumentId, scaleOf } from '@evenkeel/instruments';
import type { Scale } from '@evenkeel/instruments';
import { isWithin, scoreChange } from '@evenkeel/insights';
import type { DayRange, Score, ScoreChange } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { longDate } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { Gridlines, TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import chart from './Scores.module.css';

type ScoresProps = { readonly facts: readonly MomentFacts[]; readonly range: DayRange };

/** A card for each questionnaire with a total in these days. */
export function Scores({ facts, range }: ScoresProps) {
  const answered = useMemo(
    () =>
      Map.groupBy(
        facts.flatMap(({ day, score }) =>
          score === undefined || !isWithin(day, range) ? [] : [{ day, ...score }],
        ),
        ({ instrument }) => instrument,
      ),
    [facts, range],
  );
  return [...answered].map(([instrument, scores]) =>
    isInstrumentId(instrument) ? (
      <ScoreCard key={instrument} scale={scaleOf(instrument)} scores={scores} range={range} />
    ) : null,
  );
}

const height = 170;
const edge = 10;

function ScoreCard({
  scale,
  scores,
  range,
}: {
  readonly scale: Scale;
  readonly scores: readonly Score[];
  readonly range: DayRange;
}) {
  const text = useText();
  const { i18n } = useLingui();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const inOrder = scores.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const last = inOrder.at(-1);
  if (scale.total === null || last === undefined) return null;
  const { min, max } = scale.total;
  const y = (total: number) => edge + ((max - total) / (max - min)) * (height - 2 * edge);
  const rangeOf = (total: number) => bandOf(scale, total)?.label;
  const label = rangeOf(last.total);
  const sentence = [
    text(messages.scoreSentence, { total: last.total, most: max, day: longDate(i18n, last.day) }),
    ...(label === undefined ? [] : [text(messages.inRange, { label })]),
    ...changeWords(text, scoreChange(scale, inOrder)),
  ].join(' ');
  return (
    <InsightsCard title={scale.title} note={text(messages.scoreKey)}>
      <div ref={frame}>
        <svg
          className={chart.chart}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`${scale.title}. ${sentence}`}
        >
          <Gridlines axis={axis} height={height} />
          {scale.bands.map((band) => (
            <g key={band.label}>
              <line className={chart.band} x1={0} x2={width} y1={y(band.min)} y2={y(band.min)} />
              <text className={chart.label} x={0} y={y(band.min) - 3}>
                {band.label}
              </text>
            </g>
          ))}
          <polyline
            className={chart.line}
            points={inOrder
              .map(({ day, total }) => `${axis.x(day).toFixed(1)},${y(total).toFixed(1)}`)
              .join(' ')}
          />
          {inOrder.map(({ day, total }, index) => (
            <circle
              key={`${day} ${String(index)}`}
              className={chart.dot}
              cx={axis.x(day)}
              cy={y(total)}
              r={4}
            />
          ))}
        </svg>
        <TimeMarks axis={axis} />
      </div>
      <p className={styles.quiet}>{sentence}</p>
      <SameAsTable
        name={scale.title}
        columns={[text(messages.day), text(messages.score), text(messages.scoreRange)]}
        rows={inOrder
          .toReversed()
          .map(({ day, total }) => [
            longDate(i18n, day),
            String(total),
            rangeOf(total) ?? text(messages.noNumber),
          ])}
      />
    </InsightsCard>
  );
}

function changeWords(text: Text, change: ScoreChange | null): readonly string[] {
  if (change?.difference === undefined) return [];
  const { points, direction } = change.difference;
  switch (direction) {
    case 'lower':
      return [text(messages.scoreLower, { points })];
    case 'higher':
      return [text(messages.scoreHigher, { points })];
    case 'unclear':
      return [text(messages.scoreUnclear, { points })];
  }
}
