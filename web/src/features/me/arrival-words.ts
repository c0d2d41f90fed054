import type { Text } from '../../i18n/use-text.ts';
import type { KitWordsRead } from '../../session/me-contract.ts';
import { messages } from './arrival-messages.ts';

/** What is wrong with the words of a kit as they were typed. */
export function wordsProblemOf(text: Text, read: Extract<KitWordsRead, { ok: false }>): string {
  switch (read.reason) {
    case 'count':
      return text(messages.kitCount, { n: read.found });
    case 'unknown':
      return text(messages.kitUnknown, { words: read.unknown.join(', ') });
    case 'checksum':
      return text(messages.kitChecksum);
  }
}
