import type { LoggedNumber } from '@evenkeel/insights';
import type { Text } from '../../i18n/use-text.ts';
import { lengthWords } from '../../ui/timeline/line-words.ts';
import { messages } from './messages.ts';

/** What it is called: “Energy”, “Craving: to smoke”, and a tracker or symptom as the person calls it. */
export function loggedName(text: Text, { kind, text: name }: LoggedNumber): string {
  if (kind === 'energy') return text(messages.energy);
  return kind === 'craving' ? text(messages.craving, { name }) : name;
}

/** The number of a day: “2.5 cups”, “1 h 20”, “6 of 10”, “yes”. */
export function loggedWords(text: Text, { kind, unit, most }: LoggedNumber, number: number): string {
  const tenths = Math.round(number * 10) / 10;
  if (kind === 'duration') return lengthWords(text, Math.round(number));
  if (kind === 'count') return `${tenths} ${unit}`.trim();
  if (kind !== 'yes-no') return text(messages.ofMost, { number: tenths, most });
  if (number % 1 !== 0) return String(tenths);
  return text(number === 1 ? messages.yes : messages.no);
}

/** “Coffee: 40 days. On average 2.1 cups.” */
export function loggedSentence(text: Text, logged: LoggedNumber): string {
  const { kind, days } = logged;
  const sum = days.reduce((all, { mean }) => all + mean, 0);
  return text(kind === 'yes-no' ? messages.loggedYes : messages.loggedMean, {
    name: loggedName(text, logged),
    n: days.length,
    yes: sum,
    mean: loggedWords(text, logged, sum / days.length),
  });
}
