/**
 * A clinician's device signs one receipt per pull of a grant, in a chain per (grant, device). Without a valid
 * next receipt the server gives no data; the person reads them as "who opened what".
 */
import { grantIdSchema, hash32Schema } from './ids.ts';
import { originSchema, sealedSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

export const receiptSchema = z.strictObject({
  origin: originSchema,
  grant: grantIdSchema,
  /** From 0, +1 per (grant, device). */
  seq: z.int().check(z.gte(0), z.lte(0xffffffff)),
  prev: hash32Schema,
  /** The pull's cursor. */
  since: z.string().check(z.maxLength(40)),
  time: timeSchema,
  why: z.enum(['opened', 'background']),
  /** Sealed to the owner; empty when nothing was said. */
  sealedPurpose: sealedSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;
