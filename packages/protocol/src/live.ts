/**
 * GET /v1/live (session): server-sent events that say only "something changed at N". They never carry
 * documents: when one is lost, nothing is lost, since the reader pulls from its own cursor.
 */
import { z } from './z.ts';

export const pokeSchema = z.strictObject({ seq: z.int() });
/** A comment line is sent this often so that proxies and phones keep the stream open. */
export const HEARTBEAT_MS = 25_000;
