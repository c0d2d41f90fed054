import type { SeaCorner, SoughtPart, Wanted } from '../../session/search-contract.ts';
import type { Message } from '../../i18n/define-messages.ts';
import type { Text } from '../../i18n/use-text.ts';
import { messages } from './messages.ts';

export const partMessages: Readonly<Record<SoughtPart, Message>> = {
  mood: messages.partMood,
  words: messages.partWords,
  surroundings: messages.partSurroundings,
  values: messages.partValues,
  sleep: messages.partSleep,
  symptoms: messages.partSymptoms,
  cravings: messages.partCravings,
  substances: messages.partSubstances,
  medication: messages.partMedication,
  trackers: messages.partTrackers,
  questionnaire: messages.partQuestionnaire,
};

export const cornerMessages: Readonly<Record<SeaCorner, Message>> = {
  tense: messages.tense,
  bright: messages.bright,
  low: messages.low,
  calm: messages.calm,
};

/** What is asked for, one after the other: “sleep · pleasant, low energy · “walk””. */
export function askedWords(text: Text, { sought, parts, corner, named, notForSharing }: Wanted): string {
  return [
    ...parts.map((part) => text(partMessages[part])),
    ...(corner === null ? [] : [text(cornerMessages[corner])]),
    ...(named === null ? [] : [named]),
    ...(notForSharing ? [text(messages.notForSharing)] : []),
    ...(sought.trim() === '' ? [] : [text(messages.quoted, { sought: sought.trim() })]),
  ].join(' · ');
}
