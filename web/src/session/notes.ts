/** What the account remembers beside the diary (journal's notes): whom it trusts, which links it made, what it agreed to. */
import { type EntryRecord, editNote, newNote, noteOf } from '@evenkeel/journal';
import { accountIdSchema, deviceIdSchema, mailboxIdSchema, timeSchema, z } from '@evenkeel/protocol';
import { type Pin, consentRecordSchema, pinSchema } from '@evenkeel/sharing';
import type { Opened } from './opened.ts';

/** Whose keys were accepted. `label`: what a clinician calls a person; never leaves the account. */
const contactSchema = z.strictObject({ pin: pinSchema, label: z.string(), forgotten: z.boolean() });
const invitationSchema = z.strictObject({
  secret: z.string(),
  id: mailboxIdSchema,
  madeAt: timeSchema,
  forWhom: z.string(),
  link: z.string(),
  /** Who answered, or whether it was taken back. */
  end: z.nullable(z.union([z.literal('withdrawn'), accountIdSchema])),
});
/** A clinician's card or accepted link that a first grant must repeat. */
const awaitedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('card'), nonce: z.string(), expires: timeSchema }),
  z.strictObject({ kind: z.literal('invitation'), id: mailboxIdSchema, owner: accountIdSchema }),
]);
const lookSchema = z.strictObject({ owner: accountIdSchema, at: timeSchema });
const importSchema = z.strictObject({
  id: z.string(),
  at: timeSchema,
  entries: z.int(),
  undone: z.boolean(),
});
/** 32 secret bytes, the same on each device: what imported rows get their ids from. */
const importKeySchema = z.strictObject({ key: z.string() });
const deviceNameSchema = z.strictObject({ dev: deviceIdSchema, name: z.string() });

type Bodies = {
  readonly contact: z.infer<typeof contactSchema>;
  readonly invitation: z.infer<typeof invitationSchema>;
  readonly consent: z.infer<typeof consentRecordSchema>;
  readonly awaited: z.infer<typeof awaitedSchema>;
  readonly look: z.infer<typeof lookSchema>;
  readonly import: z.infer<typeof importSchema>;
  readonly 'import-key': z.infer<typeof importKeySchema>;
  readonly 'device-name': z.infer<typeof deviceNameSchema>;
};
type Kind = keyof Bodies;
export type NoteBody<K extends Kind> = Bodies[K];

const KINDS: { readonly [K in Kind]: z.ZodMiniType<Bodies[K]> } = {
  contact: contactSchema,
  invitation: invitationSchema,
  consent: consentRecordSchema,
  awaited: awaitedSchema,
  look: lookSchema,
  import: importSchema,
  'import-key': importKeySchema,
  'device-name': deviceNameSchema,
};

export type HeldNote<K extends Kind> = { readonly record: EntryRecord; readonly body: NoteBody<K> };

/** Notes of one kind, in the order they were written. What cannot be read (a newer app's) is passed over. */
export function notesOf<K extends Kind>(opened: Opened, kind: K): readonly HeldNote<K>[] {
  const schema = KINDS[kind];
  return opened.replica.index
    .snapshot()
    .settings()
    .flatMap((record) => {
      const note = noteOf(record);
      if (note?.kind !== kind) return [];
      const parsed = schema.safeParse(note.body);
      return parsed.success ? [{ record, body: parsed.data }] : [];
    })
    .toSorted((a, b) => a.record.written - b.record.written);
}

export async function keepNote<K extends Kind>(opened: Opened, kind: K, body: NoteBody<K>): Promise<void> {
  const { replica, now } = opened;
  await replica.save([newNote({ kind, body: asJson(body) }, { clock: replica.clock, now: now() })]);
}

export async function changeNote<K extends Kind>(
  opened: Opened,
  kind: K,
  held: HeldNote<K>,
  body: NoteBody<K>,
): Promise<void> {
  const edited = editNote(held.record, { kind, body: asJson(body) }, opened.replica.clock);
  if (edited !== null) await opened.replica.save([edited]);
}

/** The pins in force, newest last. */
export function contactNotes(opened: Opened): readonly HeldNote<'contact'>[] {
  return notesOf(opened, 'contact').filter(({ body }) => !body.forgotten);
}

/**
 * Keeps a pin; one that is held already (the same keys, met again) is brought up to date. Whoever holds a link can
 * answer it with the keys of somebody known and any name: a name that was checked with its keys stays.
 */
export async function keepPin(opened: Opened, pin: Pin): Promise<void> {
  const held = notesOf(opened, 'contact').find(({ body }) => body.pin.acct === pin.acct);
  if (held === undefined) return keepNote(opened, 'contact', { pin, label: '', forgotten: false });
  const known = held.body.pin;
  const checkedAt = pin.checkedAt ?? known.checkedAt;
  const name = pin.checkedAt === null && known.checkedAt !== null ? known.name : pin.name;
  const met = { ...pin, name, checkedAt };
  return changeNote(opened, 'contact', held, { ...held.body, pin: met, forgotten: false });
}

/** A plain copy: notes hold nothing but JSON. */
function asJson(body: unknown) {
  return jsonSchema.parse(JSON.parse(JSON.stringify(body)));
}

const jsonSchema = z.json();
