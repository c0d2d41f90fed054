import type { I18n } from '@lingui/core';
import { clockTime } from '../../i18n/dates.ts';
import { weekdayAndDay } from '../../i18n/short-dates.ts';
import type { Text } from '../../i18n/use-text.ts';
import { dayOfInstant } from '@evenkeel/journal';
import { questionnaireDetail, questionnaireTitle } from '../questionnaire-words.ts';
import { lineWords } from './line-words.ts';
import { messages } from './messages.ts';
import type { MoodSpeech } from './mood-speech.ts';
import type { ShownMoment } from './shown-moment.ts';

/** What an entry is called: its feelings, else its place on the sea, else what it holds. */
export function shownTitle(
  text: Text,
  speech: MoodSpeech,
  { mood, values, surroundings, questionnaire, lines = [] }: ShownMoment,
): string {
  if (mood && mood.words.length > 0) return capital(mood.words.join(', '));
  if (mood?.answer) return capital(speech.answer(mood.answer));
  const point = mood && speech.point(mood);
  if (point) return capital(point);
  if (questionnaire) return questionnaireTitle(text, questionnaire);
  const [line] = lines;
  if (line) return capital(lineWords(text, line));
  if (values && values.length > 0) return text(messages.matters);
  if (surroundings && surroundings.length > 0) return text(messages.around);
  return text(messages.aNote);
}

/** The quieter line: the place on the sea when words stand above it, what else was said, what was around, what mattered. */
export function shownDetail(
  text: Text,
  speech: MoodSpeech,
  { mood, values, surroundings, questionnaire, lines = [] }: ShownMoment,
): string {
  const point = mood && mood.words.length > 0 ? speech.point(mood) : null;
  const matters = (values ?? []).map((value) =>
    text(messages.valueAnswer, { value: value.text, closeness: speech.closeness(value.closeness) }),
  );
  const isNamed =
    questionnaire !== undefined ||
    (mood !== undefined &&
      (mood.words.length > 0 || mood.answer !== undefined || speech.point(mood) !== null));
  const said = (isNamed ? lines : lines.slice(1)).map((line) => lineWords(text, line));
  // Under a mood, a questionnaire stands with its name; alone, the name is the title.
  const answered = questionnaire && [
    ...(mood ? [questionnaireTitle(text, questionnaire)] : []),
    questionnaireDetail(text, questionnaire),
  ];
  return [...(point ? [point] : []), ...(answered ?? []), ...said, ...(surroundings ?? []), ...matters]
    .filter((part) => part !== '')
    .join(' · ');
}

/** “Tue 14 Jul 18:42” on the person's wall clock; the day alone where the hour is not known. */
export function shownWhen(text: Text, i18n: I18n, { day, at, zone, precision }: ShownMoment): string {
  const name = weekdayAndDay(i18n, day);
  return precision === 'day' ? name : text(messages.atTime, { day: name, time: clockTime(i18n, at, zone) });
}

/** “written Thu 16 Jul”, when that was another day than the one it is about; else null. */
export function writtenLater(text: Text, i18n: I18n, { day, written, zone }: ShownMoment): string | null {
  const writtenDay = dayOfInstant(written, zone);
  return writtenDay === day ? null : text(messages.writtenLater, { day: weekdayAndDay(i18n, writtenDay) });
}

function capital(words: string): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase() + words.slice(first.length);
}
