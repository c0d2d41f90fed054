/**
 * What was written while the diary was locked: a mood and words, with its time. It is sealed where no key is at
 * hand, and becomes the records of one moment at the next unlock. docs/protocol.md, "Unlock".
 */
import {
  type Bytes,
  type MomentId,
  type RecordId,
  bytesToRecordId,
  concat,
  idToBytes,
  labelledHash,
  momentIdSchema,
  u8,
  utf8,
  utf8ToText,
  z,
} from '@evenkeel/protocol';
import { type CheckInCategory, categoryNumber } from './categories.ts';
import { type Mood, isMood } from './categories/mood.ts';
import { isWords } from './categories/words.ts';
import type { Clock } from './clock.ts';
import type { EntryRecord } from './entry.ts';
import { isKnownZone } from './local-day.ts';
import { type NewMoment, atInstant, newMoment } from './moment.ts';

export type LockedNote = {
  /** Of the moment it becomes: a note that is taken in twice is one moment. */
  readonly id: MomentId;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly zone: string;
  readonly mood: Mood;
  readonly text: string;
};

/** The year 2100: a month beyond has no key. */
const LATEST_MS = Date.UTC(2100, 0, 1);
const SOURCE = { app: 'written-while-locked', file: '-', row: 0 } as const;

const wordSchema = z.union([z.strictObject({ id: z.string() }), z.strictObject({ own: z.string() })]);
const axisSchema = z.number().check(z.gte(-1), z.lte(1));
const noteSchema = z.strictObject({
  v: z.literal(1),
  id: momentIdSchema,
  at: z.int().check(z.gte(0), z.lte(LATEST_MS)),
  zone: z.string().check(z.refine(isKnownZone)),
  mood: z
    .strictObject({
      valence: z.exactOptional(axisSchema),
      arousal: z.exactOptional(axisSchema),
      words: z.exactOptional(z.array(wordSchema)),
      answer: z.exactOptional(z.enum(['dont-know', 'rather-not-say'])),
    })
    .check(z.refine((mood) => isMood(mood))),
  text: z.string().check(z.refine(isWords)),
});

export function encodeLockedNote(note: LockedNote): Bytes {
  return utf8(JSON.stringify({ v: 1, ...note }));
}

/** Null when it is no note that this app writes: it was planted, or a newer app wrote it. */
export function parseLockedNote(bytes: Uint8Array): LockedNote | null {
  const text = utf8ToText(bytes);
  if (text === null) return null;
  try {
    const parsed = noteSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { id, at, zone, mood, text: words } = parsed.data;
    return { id, at, zone, mood, text: words };
  } catch {
    return null;
  }
}

/** Its records, the same ids each time. */
export function momentOfLockedNote(note: LockedNote, clock: Clock): NewMoment {
  return newMoment(
    { when: atInstant(note.at, note.zone), mood: note.mood, words: note.text },
    {
      clock,
      now: note.at,
      momentId: () => note.id,
      recordId: (category) => recordIdOf(note.id, category),
      source: SOURCE,
    },
  );
}

/** Anybody who held the device could have written it: screens say so. */
export function wasWrittenWhileLocked({ source }: EntryRecord): boolean {
  return source?.app === SOURCE.app;
}

function recordIdOf(moment: MomentId, category: CheckInCategory): RecordId {
  const hash = labelledHash('ek1/inbox-rec', concat(idToBytes(moment), u8(categoryNumber(category))));
  return bytesToRecordId(hash.subarray(0, 16));
}
