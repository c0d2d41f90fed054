/** POST /v1/push: what a device has to say, in one transaction. */
import { objectTextSchema } from './account.ts';
import { hash32Schema, serverEpochSchema } from './ids.ts';
import { z } from './z.ts';

/** base64url of a whole envelope; 64 KiB of bytes at most. */
export const envelopeTextSchema = z.string().check(z.maxLength(87_382), z.regex(/^[A-Za-z0-9_-]+$/));
export const MOST_PUSHED_ENVELOPES = 500;

/** Objects that follow a log's last one; the server answers `log-moved` when they do not. */
export const pushRequestSchema = z.strictObject({
  deviceLog: z.optional(z.array(objectTextSchema).check(z.maxLength(64))),
  grantLog: z.optional(z.array(objectTextSchema).check(z.maxLength(64))),
  packs: z.optional(z.array(objectTextSchema).check(z.maxLength(200))),
  envelopes: z.optional(z.array(envelopeTextSchema).check(z.maxLength(MOST_PUSHED_ENVELOPES))),
  heads: z.optional(z.array(objectTextSchema).check(z.maxLength(64))),
});

/** Why an envelope was not taken. The device keeps it, shows it, and cures it with a newly sealed version. */
export const refusalSchema = z.enum([
  'malformed',
  'too-large',
  'suite-too-old',
  'unknown-device',
  'device-revoked',
  'forged',
  'old-epoch',
  'wrong-stream',
  'wrong-revision',
  'too-many-streams',
  'quota',
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** The position of a leaf in its stream: counted from 1, a u32 wherever it is written as bytes. */
export const leafPositionSchema = z.int().check(z.gte(1), z.lte(0xffff_ffff));

export const pushedEnvelopeSchema = z.discriminatedUnion('status', [
  /** Stored (or already the current version): its position in the stream and in the account. */
  z.strictObject({ status: z.literal('done'), leaf: hash32Schema, n: leafPositionSchema, seq: z.int() }),
  /** `replaces` was not the current leaf: here is the current version (a tombstone after an erasure). */
  z.strictObject({ status: z.literal('conflict'), current: envelopeTextSchema }),
  z.strictObject({ status: z.literal('refused'), reason: refusalSchema }),
]);
export type PushedEnvelope = z.infer<typeof pushedEnvelopeSchema>;

export const pushReplySchema = z.strictObject({
  serverEpoch: serverEpochSchema,
  /** One per envelope, in order. */
  envelopes: z.array(pushedEnvelopeSchema),
  /** The account's sequence after this push. */
  seq: z.int(),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;
export type PushReply = z.infer<typeof pushReplySchema>;
