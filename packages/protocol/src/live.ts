/**
 * GET /v1/live (session): server-sent events that say only "something changed at N". They never carry
 * documents: when one is lost, nothing is lost, since the reader pulls from its own cursor.
 */
import { grantIdSchema } from './ids.ts';
import { z } from './z.ts';

export const pokeSchema = z.strictObject({
  seq: z.int(),
  /** The change is in a grant made to this account, and `seq` is its owner's. Absent: in the own account. */
  grant: z.optional(grantIdSchema),
});
/** A comment line is sent this often so that proxies and phones keep the stream open. */
export const HEARTBEAT_MS = 25_000;
