import { dayOfNumber, isWithin, meanOf, sideMeans, usualRange, weeklyLine } from '@evenkeel/insights';
import type { DayRange, Side } from '@evenkeel/insights';
import type { DaySummary } from '@evenkeel/journal';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { dayColours, moodScale } from './day-colours.ts';
import { DaysOverTime } from './DaysOverTime.tsx';
import { messages } from './messages.ts';
import { tenPoints } from './scale-words.ts';

type MoodOverTimeProps = {
  readonly days: readonly DaySummary[];
  readonly range: DayRange;
  readonly side: Side;
};

/** How pleasant the days were, or how much energy they had. The usual range is drawn from all days, not from these. */
export function MoodOverTime({ days, range, side }: MoodOverTimeProps) {
  const text = useText();
  const speech = useMoodSpeech();
  const { shown, line, usual, colourOf } = useMemo(() => {
    const means = sideMeans(days, side);
    return {
      shown: means.filter(({ day }) => isWithin(dayOfNumber(day), range)),
      line: weeklyLine(means),
      usual: usualRange(means),
      colourOf: dayColours(days),
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
  return (
    <DaysOverTime
      title={text(side === 'valence' ? messages.howPleasant : messages.howMuchEnergy)}
      note={text(usual === null ? messages.keyNoBand : messages.key)}
      range={range}
      means={shown}
      line={line}
      usual={usual}
      scale={moodScale}
      ends={ends}
      colourOf={colourOf}
      sentence={sentence}
      say={(number) => `${tenPoints(number)}, ${words(number)}`}
    />
  );
}
