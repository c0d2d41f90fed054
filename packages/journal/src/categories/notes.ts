/**
 * Notes: what the account must remember and never shares, beside the diary itself: whose keys were accepted,
 * which links were made, what was consented to and when it was withdrawn. They lie in the settings category, so
 * every device of the account has them and an export for subject access holds them.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import type { Json } from '../json.ts';

/** `kind` says what `body` is; whoever wrote it parses it again. */
export type Note = { readonly kind: string; readonly body: Json };

const kindSchema = z.string().check(z.regex(/^note:[a-z-]{1,40}$/));

/** A note as fields; its kind is kept apart from the settings the person chose. */
export function noteFields(note: Note): Record<string, Json> {
  return { kind: `note:${note.kind}`, body: note.body };
}

/** The note a record holds, or undefined when it is something else. */
export function noteOf(record: EntryRecord): Note | undefined {
  const kind = kindSchema.safeParse(valueOf(record, 'kind'));
  const body = valueOf(record, 'body');
  return kind.success && body !== undefined ? { kind: kind.data.slice('note:'.length), body } : undefined;
}
