import type { Text } from '../../i18n/use-text.ts';
import { messages } from './messages.ts';
import type { MoodFacts } from './mood-facts.ts';
import type { MoodSpeech } from './mood-speech.ts';

/** What the mood chart shows, said. Short sentences in one paragraph; the same for the reader and the preview. */
export function moodSentence(text: Text, speech: MoodSpeech, facts: MoodFacts): string {
  if (facts.checkIns === 0) return text(messages.noMood);
  const sentences = [
    text(messages.daysWith, { checkIns: facts.checkIns, daysWith: facts.daysWithEntries, days: facts.days }),
    ...(facts.mean === null ? [] : [text(messages.onAverage, { pleasant: speech.pleasant(facts.mean) })]),
    lastWeekSentence(text, speech, facts),
    ...(facts.withoutPlace > 0 ? [text(messages.withoutPlace, { n: facts.withoutPlace })] : []),
  ];
  return sentences.join(' ');
}

function lastWeekSentence(text: Text, speech: MoodSpeech, { lastWeek }: MoodFacts): string {
  if (lastWeek === null) return text(messages.lastWeekSilent);
  const { below, above, rangeKnown } = lastWeek;
  const pleasant = speech.pleasant(lastWeek.mean);
  if (!rangeKnown) return text(messages.lastWeek, { pleasant });
  if (below > 0 && above > 0) return text(messages.lastWeekBoth, { pleasant, below, above });
  if (below > 0) return text(messages.lastWeekBelow, { pleasant, n: below });
  if (above > 0) return text(messages.lastWeekAbove, { pleasant, n: above });
  return text(messages.lastWeekInside, { pleasant });
}

/** −1…+1 as “+4”, “−7”, “0”: whole numbers are enough for a mean of days. */
export function tenths(number: number): string {
  const rounded = Math.round(number * 10);
  return rounded > 0 ? `+${rounded}` : rounded < 0 ? `−${-rounded}` : '0';
}
