/**
 * Heads: what a device had verified, signed by it. A reader who has seen one notices when the server later
 * withholds, reorders, forks or rolls back (docs/protocol.md, "Logs, leaves, heads").
 */
import { grantIdSchema, hash32Schema, serverEpochSchema, streamIdSchema } from './ids.ts';
import { originSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

const u32Schema = z.int().check(z.gte(0), z.lte(0xffffffff));
/** seq −1 and a zero hash: a log with nothing in it. */
const logTipSchema = z.strictObject({ seq: z.int().check(z.gte(-1), z.lte(0xffffffff)), hash: hash32Schema });
const positionSchema = z.strictObject({ sid: streamIdSchema, n: u32Schema, chain: hash32Schema });
/** Sorted by sid. */
const positionsSchema = z.array(positionSchema).check(z.maxLength(5000));

export const headSchema = z.strictObject({
  seq: u32Schema,
  /** Hash of this device's head before, or zeros. */
  prev: hash32Schema,
  time: timeSchema,
  origin: originSchema,
  serverEpoch: serverEpochSchema,
  deviceLog: logTipSchema,
  grantLog: logTipSchema,
  /** Every stream of the account (every 64th head, at a revocation, on request), or those changed since. */
  full: z.boolean(),
  streams: positionsSchema,
});

/** A head for one grantee: only the streams of the grant, and of the grant log only this grant's last object. */
export const grantHeadSchema = z.strictObject({
  grant: grantIdSchema,
  seq: u32Schema,
  prev: hash32Schema,
  time: timeSchema,
  origin: originSchema,
  serverEpoch: serverEpochSchema,
  deviceLog: logTipSchema,
  grantObject: hash32Schema,
  streams: positionsSchema,
});

export type Head = z.infer<typeof headSchema>;
export type GrantHead = z.infer<typeof grantHeadSchema>;
export type StreamPosition = z.infer<typeof positionSchema>;
export const HEADS_BETWEEN_FULL = 64;
