/** A text of the interface: a stable id for translators, and the English words (ICU message format). */
export type Message = { readonly id: string; readonly message: string };

/** Names each text of a feature `feature.key`, so that a catalogue can be drawn from the sources. */
export function defineMessages<Key extends string>(
  feature: string,
  texts: Readonly<Record<Key, string>>,
): Readonly<Record<Key, Message>>;
export function defineMessages(
  feature: string,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, Message>> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, message]) => [key, { id: `${feature}.${key}`, message }]),
  );
}
