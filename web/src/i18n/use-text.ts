import { useLingui } from '@lingui/react';
import { useCallback } from 'react';
import type { Message } from './define-messages.ts';

export type TextValues = Readonly<Record<string, string | number>>;

/** Says a message in the person's language: `text(messages.saved)`, `text(messages.left, { n: 3 })`. */
export type Text = (message: Message, values?: TextValues) => string;

export function useText(): Text {
  const { i18n } = useLingui();
  return useCallback((message, values) => i18n._(message.id, values, { message: message.message }), [i18n]);
}
