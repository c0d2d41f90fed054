import { dayOfNumber, daysIn, meanOf, onSameDays, sideMeans, valueGaps } from '@evenkeel/insights';
import type { DailyMean, DayRange, ValueGap } from '@evenkeel/insights';
import type { DaySummary, NamedSetting, ValueSetting } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { weekdayAndDay } from '../../i18n/short-dates.ts';
import { type Text, useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { DaysTrack } from '../../ui/timeline/DaysTrack.tsx';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { dayColours, moodScale } from './day-colours.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import { tenPoints } from './scale-words.ts';
import matters from './WhatMatters.module.css';

type WhatMattersProps = {
  readonly values: readonly NamedSetting<ValueSetting>[];
  readonly days: readonly DaySummary[];
  readonly facts: readonly MomentFacts[];
  readonly range: DayRange;
};

/** How much each value matters, held against how close the person was to it, over time and next to their mood. */
export function WhatMatters({ values, days, facts, range }: WhatMattersProps) {
  const text = useText();
  const { i18n } = useLingui();
  const speech = useMoodSpeech();
  const [frame, width] = useWidth<HTMLDivElement>(300);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const { gaps, moods } = useMemo(
    () => valuesIn({ values, days, facts }, range),
    [values, days, facts, range],
  );
  const answered = gaps.filter((gap) => gap.days > 0);
  const mean = meanOf(moods);
  const beside =
    mean === null ? '' : text(messages.moodBeside, { number: tenPoints(mean), words: speech.pleasant(mean) });
  const rows = new Set(answered.flatMap(({ means }) => means.map(({ day }) => day)));
  const cell = (means: readonly DailyMean[], day: number, say: (number: number) => string) => {
    const found = means.find((one) => one.day === day);
    return found === undefined ? text(messages.noNumber) : say(found.mean);
  };
  return (
    <InsightsCard title={text(messages.matters)} note={text(messages.mattersKey)}>
      {values.length === 0 ? (
        <p className={styles.quiet}>{text(messages.mattersNone)}</p>
      ) : (
        <>
          <div ref={frame} className={styles.bars}>
            {mean !== null && (
              <div className={matters.value}>
                <h3>{text(messages.howPleasant)}</h3>
                <p className={styles.quiet}>{beside}</p>
                <DaysTrack
                  means={moods}
                  axis={axis}
                  line={[]}
                  scale={moodScale}
                  height={72}
                  ends={{ low: text(messages.unpleasant), high: text(messages.pleasant) }}
                  colourOf={dayColours(days)}
                  label={`${text(messages.howPleasant)}. ${beside}`}
                />
              </div>
            )}
            {gaps.map((gap) => (
              <div key={gap.id} className={matters.value}>
                <h3 className={matters.name}>{gap.text}</h3>
                <p className={styles.quiet}>{gapWords(text, gap, moods)}</p>
                {gap.days > 0 && (
                  <DaysTrack
                    means={gap.means}
                    axis={axis}
                    line={gap.line}
                    scale={closeScale}
                    mark={gap.importance}
                    height={72}
                    ends={{ low: '0', high: '10' }}
                    label={`${gap.text}: ${gapWords(text, gap, moods)}`}
                  />
                )}
              </div>
            ))}
            {answered.length > 0 && <TimeMarks axis={axis} />}
          </div>
          <p className={styles.quiet}>{text(messages.mattersScale)}</p>
          {answered.length > 0 && (
            <SameAsTable
              name={text(messages.matters)}
              columns={[text(messages.day), text(messages.howPleasant), ...answered.map((gap) => gap.text)]}
              rows={[...rows]
                .toSorted((a, b) => b - a)
                .map((day) => [
                  weekdayAndDay(i18n, dayOfNumber(day), daysIn(range) > 366),
                  cell(moods, day, tenPoints),
                  ...answered.map(({ means }) => cell(means, day, (number) => number.toFixed(1))),
                ])}
            />
          )}
        </>
      )}
    </InsightsCard>
  );
}

const closeScale = { least: 0, most: 10, at: 0 };

/** Each value, and how pleasant the days were on which any of them was answered. */
export function valuesIn(
  { values, days, facts }: Omit<WhatMattersProps, 'range'>,
  range: DayRange,
): { readonly gaps: readonly ValueGap[]; readonly moods: readonly DailyMean[] } {
  const gaps = valueGaps(
    values,
    facts.flatMap(({ day, values: said }) =>
      said.map(({ value, closeness }) => ({ day, value, number: closeness })),
    ),
    range,
  );
  return {
    gaps,
    moods: onSameDays(
      sideMeans(days, 'valence', range),
      gaps.flatMap(({ means }) => means),
    ),
  };
}

/** How much it matters, how close it was, and how pleasant those days were. */
export function gapWords(
  text: Text,
  { importance, closeness, days, means }: ValueGap,
  moods: readonly DailyMean[],
): string {
  if (closeness === null) return text(messages.mattersUnsaid, { importance });
  const mood = meanOf(onSameDays(moods, means));
  return [
    text(messages.mattersSentence, { importance, closeness: closeness.toFixed(1), n: days }),
    ...(mood === null ? [] : [text(messages.mattersMood, { number: tenPoints(mood) })]),
  ].join(' ');
}
