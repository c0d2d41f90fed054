/**
 * POST /v1/pull: a list of reads in one request. Sequences belong to the owning account. For a grantee an
 * item's sequence is max(its own, that of the Grant or Extend that admitted it), so that widening a grant
 * serves its history again; since a whole stream then shares one sequence, a cursor is the pair
 * "admitted.own" as a string.
 */
import { objectTextSchema } from './account.ts';
import { accountIdSchema, grantIdSchema, serverEpochSchema, streamIdSchema } from './ids.ts';
import { envelopeTextSchema, leafPositionSchema } from './push.ts';
import { z } from './z.ts';

/** `"<admitted seq>.<own seq>"`; the start is "0.0". */
export const cursorSchema = z.string().check(z.regex(/^(0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,15})$/));
export const START_CURSOR = '0.0';

/** What the reader already has of the side rows: log objects by count, the rest by sequence. */
const haveSchema = z.strictObject({
  /** Number of device-log objects held. */
  deviceLog: z.int().check(z.gte(0)),
  /** Number of grant-log objects held (owner), or of this grant's objects (grantee). */
  grantLog: z.int().check(z.gte(0)),
  /** Sequence up to which heads, packs and receipts are held. */
  side: z.int().check(z.gte(0)),
});

export const readSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own'), since: cursorSchema, have: haveSchema }),
  z.strictObject({
    kind: z.literal('grant'),
    grant: grantIdSchema,
    since: cursorSchema,
    have: haveSchema,
    receipt: objectTextSchema,
  }),
  /** The grants made to this account: no receipt, since nothing of a diary is in the answer. */
  z.strictObject({ kind: z.literal('grants') }),
]);
export type Read = z.infer<typeof readSchema>;

export const MOST_PULLED_ITEMS = 1000;
export const pullRequestSchema = z.strictObject({
  reads: z.array(readSchema).check(z.minLength(1), z.maxLength(60)),
  /** Items per read, 1 to 1000. */
  limit: z.int().check(z.gte(1), z.lte(MOST_PULLED_ITEMS)),
});

/** One leaf of a stream: its position n, and a body or an 80-byte stub. */
export const itemSchema = z.union([
  z.strictObject({ sid: streamIdSchema, n: leafPositionSchema, env: envelopeTextSchema }),
  z.strictObject({
    sid: streamIdSchema,
    n: leafPositionSchema,
    stub: z.string().check(z.regex(/^[A-Za-z0-9_-]{107}$/)),
  }),
]);
export type Item = z.infer<typeof itemSchema>;

const objectsSchema = z.array(objectTextSchema);
const pageSchema = {
  items: z.array(itemSchema),
  cursor: cursorSchema,
  more: z.boolean(),
  /** Device-log objects after those held. */
  deviceLog: objectsSchema,
  /** Heads (owner) or GrantHeads (grantee) after `have.side`, oldest first. */
  heads: objectsSchema,
  packs: objectsSchema,
  /** The next `have.side`. */
  side: z.int(),
};

export const readReplySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('own'),
    ...pageSchema,
    grantLog: objectsSchema,
    receipts: objectsSchema,
  }),
  z.strictObject({ kind: z.literal('grant'), grant: grantIdSchema, ...pageSchema, grantLog: objectsSchema }),
  /** Nothing may be read: why, and this grant's objects as proof where there are any. */
  z.strictObject({
    kind: z.literal('refused'),
    grant: grantIdSchema,
    reason: z.enum(['revoked', 'expired', 'not-yet', 'unknown', 'receipt-invalid', 'receipt-out-of-order']),
    grantLog: objectsSchema,
    /** For `receipt-out-of-order`: the last receipt the server holds of this device, or null. */
    lastReceipt: z.nullable(objectTextSchema),
  }),
  z.strictObject({
    kind: z.literal('grants'),
    grants: z.array(
      z.strictObject({
        grant: grantIdSchema,
        owner: accountIdSchema,
        /** The owner's Account object: who met them by a card in the room knows their keys from nowhere else. */
        account: objectTextSchema,
        objects: objectsSchema,
        seq: z.int(),
      }),
    ),
  }),
]);
export type ReadReply = z.infer<typeof readReplySchema>;

export const pullReplySchema = z.strictObject({
  serverEpoch: serverEpochSchema,
  replies: z.array(readReplySchema),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;
export type PullReply = z.infer<typeof pullReplySchema>;
