import { categoryByNumber } from '@evenkeel/journal';
import type { GrantableCategory } from '@evenkeel/journal';
import type { Period } from '@evenkeel/sharing';
import type { I18n } from '@lingui/core';
import { defineMessages } from '../i18n/define-messages.ts';
import type { Message } from '../i18n/define-messages.ts';
import { dayAndMonth, longDate } from '../i18n/short-dates.ts';
import type { Text } from '../i18n/use-text.ts';
import type { Checked } from './sharing-contract.ts';

const messages = defineMessages('shared', {
  mood: 'moods',
  values: 'values',
  surroundings: 'what was around',
  words: 'words',
  sleep: 'sleep',
  symptoms: 'symptoms',
  substances: 'alcohol and drugs',
  questionnaires: 'questionnaires',
  medication: 'medication',
  conditions: 'conditions',
  trackers: 'own trackers',
  plan: 'plan',
  profile: 'profile',
  newKind: 'something this version does not know',

  allDays: 'all days',
  since: 'since {first}',
  between: '{first} to {last}',
  untilStopped: '{who, select, you {until you stop it} other {until they stop it}}',
  ends: 'ends {date}',
  ended: 'ended {date}',

  inPerson: 'checked in person',
  wordsSame: 'words compared',
  notYet: 'words not compared yet',
});

const categoryMessages = {
  mood: messages.mood,
  values: messages.values,
  surroundings: messages.surroundings,
  words: messages.words,
  sleep: messages.sleep,
  symptoms: messages.symptoms,
  substances: messages.substances,
  questionnaires: messages.questionnaires,
  medication: messages.medication,
  conditions: messages.conditions,
  trackers: messages.trackers,
  plan: messages.plan,
  profile: messages.profile,
} satisfies Record<GrantableCategory, Message>;

/** “Moods, values, words”: the kinds of a share, in a list that begins a line. */
export function kindsInWords(text: Text, categories: readonly number[]): string {
  return capital(categories.map((number) => text(kindMessage(number))).join(', '));
}

/** “all days”, “since 1 April”, “1 April to 30 April”. */
export function periodInWords(text: Text, i18n: I18n, period: Period): string {
  switch (period.kind) {
    case 'all':
      return text(messages.allDays);
    case 'from':
      return text(messages.since, { first: longDate(i18n, period.first) });
    case 'between':
      return text(messages.between, {
        first: longDate(i18n, period.first),
        last: longDate(i18n, period.last),
      });
  }
}

/** “until you stop it”, “ends 12 August”, “ended 12 August”. `who` is the reader: the person, or somebody else. */
export function endInWords(
  text: Text,
  i18n: I18n,
  expires: number | null,
  who: 'you' | 'they',
  now = Date.now(),
): string {
  if (expires === null) return text(messages.untilStopped, { who });
  return text(expires <= now ? messages.ended : messages.ends, { date: dayAndMonth(i18n, expires, now) });
}

export const checkedMessages = {
  'in-person': messages.inPerson,
  words: messages.wordsSame,
  'not-yet': messages.notYet,
} satisfies Record<Checked['how'], Message>;

function kindMessage(number: number): Message {
  const category = categoryByNumber(number);
  if (category === undefined || category === 'settings' || category === 'private') return messages.newKind;
  return categoryMessages[category];
}

function capital(words: string): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase() + words.slice(first.length);
}
