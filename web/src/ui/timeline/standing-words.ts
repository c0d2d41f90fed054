import type { HeldCondition, PlanSection } from '@evenkeel/journal';
import type { I18n } from '@lingui/core';
import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { partialDate } from '../../i18n/short-dates.ts';
import type { Text } from '../../i18n/use-text.ts';

const messages = defineMessages('standing', {
  conditions: 'Conditions',
  since: '{text}, since {date}',
  past: '{line} · in the past',
  plan: 'Safety plan',
  warningSigns: 'Warning signs',
  alone: 'What helps alone',
  peopleAndPlaces: 'People and places that help',
  peopleToAsk: 'People to ask for help',
  professionals: 'Professionals',
  saferPlace: 'Making the place safer',
  reasons: 'Reasons to live',
});

export const planSectionNames: Readonly<Record<PlanSection, Message>> = {
  'warning-signs': messages.warningSigns,
  alone: messages.alone,
  'people-and-places': messages.peopleAndPlaces,
  'people-to-ask': messages.peopleToAsk,
  professionals: messages.professionals,
  'safer-place': messages.saferPlace,
  reasons: messages.reasons,
};

export const standingMessages = { conditions: messages.conditions, plan: messages.plan };

/** “Depression, since April 2019”, with a mark when it is in the past. */
export function conditionWords(text: Text, i18n: I18n, { text: name, since, status }: HeldCondition): string {
  const line =
    since === undefined ? name : text(messages.since, { text: name, date: partialDate(i18n, since) });
  return status === 'past' ? text(messages.past, { line }) : line;
}
