import type { I18n } from '@lingui/core';
import type { Text } from '../../i18n/use-text.ts';
import { endInWords, kindsInWords, periodInWords } from '../../session/share-words.ts';
import type { ShareTerms } from '../../session/sharing-contract.ts';
import { messages } from './messages.ts';

/** Rises whenever a sentence below is worded anew; it goes into the grant with the hash of the text. */
export const consentVersion = 'share-1';

/** What the person reads before they say yes, sentence by sentence, in their language. */
export function consentSentences(text: Text, i18n: I18n, name: string, terms: ShareTerms): readonly string[] {
  return [
    text(messages.consentWhat, {
      name,
      kinds: lower(kindsInWords(text, terms.scope.categories)),
      days: periodInWords(text, i18n, terms.scope.period),
      end: endInWords(text, i18n, terms.expires, 'you'),
    }),
    text(messages.consentKeep),
    text(messages.consentReceipts),
    text(messages.consentWatch),
  ];
}

function lower(words: string): string {
  const [first = ''] = words;
  return first.toLocaleLowerCase() + words.slice(first.length);
}
