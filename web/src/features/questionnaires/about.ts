import { type InstrumentId, scaleOf } from '@evenkeel/instruments';
import type { Text } from '../../i18n/use-text.ts';
import { abouts, messages } from './messages.ts';

/** “9 questions, about 2 minutes”. */
export function questionCount(text: Text, instrument: InstrumentId): string {
  return text(messages.count, { n: scaleOf(instrument).items.length, minutes: abouts[instrument].minutes });
}
