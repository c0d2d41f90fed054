import type { PlanSection } from '@evenkeel/journal';
import type { Message } from '../../i18n/define-messages.ts';
import { messages } from './messages.ts';

/** What each part is called in the person's voice, and a prompt for its first line. */
export const sectionWords: Readonly<Record<PlanSection, { readonly name: Message; readonly ask: Message }>> =
  {
    'warning-signs': { name: messages.warningSigns, ask: messages.warningSignsAsk },
    alone: { name: messages.alone, ask: messages.aloneAsk },
    'people-and-places': { name: messages.peopleAndPlaces, ask: messages.peopleAndPlacesAsk },
    'people-to-ask': { name: messages.peopleToAsk, ask: messages.peopleToAskAsk },
    professionals: { name: messages.professionals, ask: messages.professionalsAsk },
    'safer-place': { name: messages.saferPlace, ask: messages.saferPlaceAsk },
    reasons: { name: messages.reasons, ask: messages.reasonsAsk },
  };
