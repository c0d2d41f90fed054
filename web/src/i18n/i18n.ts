import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';

/** The language every text is written in; others lie in catalogues and fall back to it. */
export const sourceLocale = 'en-GB';

const compiled = new Map<string, ReturnType<typeof compileMessage>>();

i18n.setMessagesCompiler((message) => {
  const known = compiled.get(message);
  if (known) return known;
  const parts = compileMessage(message);
  compiled.set(message, parts);
  return parts;
});
i18n.load(sourceLocale, {});
i18n.activate(sourceLocale);

export { i18n };
