import { Trans } from '@lingui/react';
import type { ReactElement } from 'react';
import type { Message } from './define-messages.ts';
import type { TextValues } from './use-text.ts';

type RichProps = {
  readonly of: Message;
  readonly values?: TextValues;
  /** Stands for `<0>…</0>`, `<1>…</1>` in the message, in this order. */
  readonly parts: readonly ReactElement[];
};

/** A text with a link, a button or emphasis inside its sentence; the translator keeps the whole sentence. */
export function Rich({ of, values, parts }: RichProps) {
  return (
    <Trans
      id={of.id}
      message={of.message}
      values={{ ...values }}
      components={Object.fromEntries(parts.map((part, index) => [String(index), part]))}
    />
  );
}
