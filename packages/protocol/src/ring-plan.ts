/**
 * Rings: the moments at which a server wakes one device that asked for it, by a web push with nothing in it. The
 * device works them out from reminders that the server never sees, so a plan holds moments, and neither words, nor
 * what is asked, nor a zone, nor a rule. It runs out by itself: a device that is not opened is not woken for ever.
 */
import { objectTextSchema } from './account.ts';
import { originSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

/** Moments in one plan. */
export const MOST_RINGS = 200;

/** Where a browser's push service takes messages for one device (RFC 8030, 2). */
export const pushEndpointSchema = z
  .string()
  .check(z.maxLength(1000), z.regex(/^https:\/\/[^/?#\s@]+(\/[^\s#]*)?$/));

/** Device-signed: what stands from now on for this device. `push` null: it is not to be woken. */
export const ringPlanSchema = z.strictObject({
  origin: originSchema,
  /** Milliseconds UTC; a plan takes the place of an older one only. */
  time: timeSchema,
  push: z.nullable(
    z.strictObject({
      endpoint: pushEndpointSchema,
      /** Milliseconds UTC, ascending. */
      at: z.array(timeSchema).check(z.maxLength(MOST_RINGS), z.refine(isAscending)),
    }),
  ),
});

/** PUT /v1/rings (session). */
export const ringsPutSchema = z.strictObject({ object: objectTextSchema });
/** GET /v1/rings (session): the key that a browser subscribes with (RFC 8292), and what this device left. */
export const ringsReplySchema = z.strictObject({
  /** An uncompressed point of P-256, 65 bytes. */
  pushKey: z.string().check(z.regex(/^[A-Za-z0-9_-]{87}$/)),
  /** Moments still to come; null when the device is not to be woken. */
  at: z.nullable(z.array(timeSchema).check(z.maxLength(MOST_RINGS))),
});

function isAscending(times: readonly number[]): boolean {
  return times.every((at, place) => at > (times[place - 1] ?? -1));
}
