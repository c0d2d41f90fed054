/**
 * Mailboxes: sealed letters under an id that only the two ends can compute. One write, one read, then gone.
 * `link`: from an old device to a new one, 5 minutes, 16 KiB. `offer`: from a person to a clinician, 7 days,
 * revocable; its `reply` slot takes one letter back, read by the account that made the offer.
 */
import { objectTextSchema } from './account.ts';
import { mailboxIdSchema } from './ids.ts';
import { originSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

/** base64url of at most 16 KiB. */
export const letterSchema = z.string().check(z.maxLength(21_848), z.regex(/^[A-Za-z0-9_-]+$/));

/** Device-signed: puts or withdraws a letter. `hash` is the SHA-256 of the letter's bytes, or null to withdraw. */
export const mailboxSchema = z.strictObject({
  origin: originSchema,
  id: mailboxIdSchema,
  /** `recovery` is not a letter box: it signs the wrap given to PUT /v1/recovery. */
  kind: z.enum(['link', 'offer', 'recovery']),
  time: timeSchema,
  hash: z.nullable(z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))),
});

/** PUT /v1/mailbox/:id (session). */
export const mailboxPutSchema = z.strictObject({
  object: objectTextSchema,
  letter: z.nullable(letterSchema),
});
/** GET /v1/mailbox/:id, without a session; the letter is erased by reading it. */
export const letterReplySchema = z.strictObject({ letter: letterSchema });
/** PUT /v1/mailbox/:id/reply, without a session: one write. GET …/reply (session of the offer's account): one read. */
export const replyPutSchema = z.strictObject({ letter: letterSchema });
