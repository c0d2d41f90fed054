import type { When } from '@evenkeel/journal';
import { defineMessages } from '../i18n/define-messages.ts';
import type { Text } from '../i18n/use-text.ts';
import { questionnaireDetail, questionnaireTitle } from '../ui/questionnaire-words.ts';
import { lineWords } from '../ui/timeline/line-words.ts';
import { linesOf } from '../ui/timeline/shown-line.ts';
import type { MomentContent, Safety } from './contract.ts';
import { answerWords, closenessWords, feeling, pointWords } from './mood-words.ts';

const messages = defineMessages('moment', {
  note: 'A note',
  around: 'What was around',
  matters: 'What matters',
  value: '{value}: {closeness}',
  thisDevice: '{device, select, phone {on this phone} other {on this computer}}',
  partly:
    '{device, select, phone {on this phone, part of it on your server} other {on this computer, part of it on your server}}',
  server: 'on your server',
  backup: 'in your backup of {date}',
});

type SaidAt = MomentContent & { readonly when: When };

/** What a moment is called in a list: its feelings, else its place on the sea, else what it says first. */
export function momentTitle(text: Text, moment: SaidAt): string {
  const { values, surroundings, questionnaire, text: written } = moment;
  const felt = moodTitle(text, moment);
  if (felt !== null) return felt;
  if (questionnaire) return questionnaireTitle(text, questionnaire);
  const [line] = linesOf(moment, moment.when);
  if (line) return capital(lineWords(text, line));
  if (values.length > 0) return text(messages.matters);
  if (Object.values(surroundings).some((words) => words.length > 0)) return text(messages.around);
  return written === '' ? '' : text(messages.note);
}

function moodTitle(text: Text, { mood }: MomentContent): string | null {
  if (mood?.words && mood.words.length > 0)
    return capital(mood.words.map((word) => feeling(text, word)).join(', '));
  if (mood?.answer) return text(answerWords(mood.answer));
  const point = mood && pointWords(text, mood);
  return point ? capital(point) : null;
}

/** The quieter line under it: what else was said, what was around, and what mattered. Empty when there was none. */
export function momentDetail(text: Text, moment: SaidAt): string {
  const { mood, surroundings, values, questionnaire } = moment;
  const lines = linesOf(moment, moment.when);
  const isNamed = moodTitle(text, moment) !== null || questionnaire !== undefined;
  const said = (isNamed ? lines : lines.slice(1)).map((line) => lineWords(text, line));
  // Under a mood, a questionnaire stands with its name; alone, the name is the title.
  const answered = questionnaire && [
    ...(mood ? [questionnaireTitle(text, questionnaire)] : []),
    questionnaireDetail(text, questionnaire),
  ];
  const around = (['activities', 'people', 'places', 'tags'] as const).flatMap(
    (kind) => surroundings[kind] ?? [],
  );
  const matters = values.map((value) =>
    text(messages.value, { value: value.text, closeness: text(closenessWords(value.closeness)) }),
  );
  return capital(
    [...(answered ?? []), ...said, ...around, ...matters].filter((part) => part !== '').join(' · '),
  );
}

/** Where it is safe, in words. `dateOf` says a day in the person's language. */
export function safetyWords(
  text: Text,
  safety: Safety,
  device: 'phone' | 'computer',
  dateOf: (ms: number) => string,
): string {
  switch (safety.where) {
    case 'this-device':
      return text(messages.thisDevice, { device });
    case 'partly':
      return text(messages.partly, { device });
    case 'server':
      return text(messages.server);
    case 'backup':
      return text(messages.backup, { date: dateOf(safety.at) });
  }
}

function capital(words: string): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase() + words.slice(first.length);
}
