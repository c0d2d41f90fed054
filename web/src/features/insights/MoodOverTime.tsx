import { dailyMeans, dayNumber, isWithin, meanOf, usualRange, weeklyLine } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import type { DaySummary } from '@evenkeel/journal';
import { dayOfNumber } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { weekdayAndDay } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { DaysTrack } from '../../ui/timeline/DaysTrack.tsx';
import { TimeMarks } from '../../ui/timeline/TimeMarks.tsx';
import { timeAxis } from '../../ui/timeline/time-axis.ts';
import { useWidth } from '../../ui/timeline/use-width.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import { tenPoints } from './scale-words.ts';

type MoodOverTimeProps = {
  readonly days: readonly DaySummary[];
  readonly range: DayRange;
  readonly side: 'valence' | 'arousal';
};

const scale = { least: -1, most: 1, at: 0 };

/** How pleasant the days were, or how much energy they had. The usual range is drawn from all days, not from these. */
export function MoodOverTime({ days, range, side }: MoodOverTimeProps) {
  const text = useText();
  const { i18n } = useLingui();
  const speech = useMoodSpeech();
  const [frame, width] = useWidth<HTMLDivElement>(320);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const { shown, line, usual, colourByDay } = useMemo(() => {
    const means = dailyMeans(
      days.flatMap((one) => (one[side] === undefined ? [] : [{ day: one.day, number: one[side] }])),
    );
    return {
      shown: means.filter(({ day }) => isWithin(dayOfNumber(day), range)),
      line: weeklyLine(means),
      usual: usualRange(means),
      colourByDay: new Map(days.map((one) => [dayNumber(one.day), moodColour(one).css])),
    };
  }, [days, side, range]);
  const mean = meanOf(shown);
  const words = side === 'valence' ? speech.pleasant : speech.energy;
  const sentence =
    mean === null
      ? text(messages.noneInRange)
      : [
          text(messages.daysOf, { n: shown.length }),
          text(messages.onAverage, { words: words(mean), number: tenPoints(mean) }),
          usual === null
            ? text(messages.fewDays)
            : text(messages.usualIs, { low: tenPoints(usual.low), high: tenPoints(usual.high) }),
        ].join(' ');
  const ends =
    side === 'valence'
      ? { low: text(messages.unpleasant), high: text(messages.pleasant) }
      : { low: text(messages.lowEnergy), high: text(messages.highEnergy) };
  const weekly = new Map(line.flat().map((one) => [one.day, one.mean]));
  return (
    <InsightsCard
      title={text(side === 'valence' ? messages.howPleasant : messages.howMuchEnergy)}
      note={text(usual === null ? messages.keyNoBand : messages.key)}
    >
      <div ref={frame}>
        {mean !== null && (
          <>
            <DaysTrack
              means={shown}
              axis={axis}
              line={line}
              usual={usual}
              scale={scale}
              ends={ends}
              colourOf={(day) => colourByDay.get(day)}
              label={sentence}
            />
            <TimeMarks axis={axis} />
          </>
        )}
      </div>
      <p className={styles.quiet}>{sentence}</p>
      {mean !== null && (
        <SameAsTable
          name={text(side === 'valence' ? messages.howPleasant : messages.howMuchEnergy)}
          columns={[text(messages.day), text(messages.average), text(messages.sevenDays)]}
          rows={shown
            .toReversed()
            .map((one) => [
              weekdayAndDay(i18n, dayOfNumber(one.day)),
              `${tenPoints(one.mean)}, ${words(one.mean)}`,
              weekly.has(one.day) ? tenPoints(weekly.get(one.day) ?? 0) : text(messages.noNumber),
            ])}
        />
      )}
    </InsightsCard>
  );
}
