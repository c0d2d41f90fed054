/** Joining a server, restoring from the recovery kit, and adding a device to the log. */
import { accountIdSchema, mailboxIdSchema, publicKeySchema, serverEpochSchema } from './ids.ts';
import { originSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

/** A signed object in JSON: base64url of its bytes. */
export const objectTextSchema = z.string().check(z.maxLength(1_500_000), z.regex(/^[A-Za-z0-9_-]+$/));
/** A wrap (1 + type … secretbox) in JSON. */
const wrapTextSchema = z.string().check(z.maxLength(4096), z.regex(/^[A-Za-z0-9_-]+$/));

/**
 * What admits a new account: a host's invitation code, or the mailbox id of a person's open offer (a clinician
 * who was sent a sharing link), or nothing where registration is open.
 */
export const registerSchema = z.strictObject({
  origin: originSchema,
  time: timeSchema,
  invitation: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('host'), code: z.string().check(z.minLength(8), z.maxLength(100)) }),
    z.strictObject({ kind: z.literal('offer'), mailbox: mailboxIdSchema }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
});
export type Register = z.infer<typeof registerSchema>;

/** POST /v1/accounts. `register` is identity-signed; the device log starts with the Account object. */
export const registerRequestSchema = z.strictObject({
  register: objectTextSchema,
  deviceLog: z.array(objectTextSchema).check(z.minLength(2), z.maxLength(200)),
  grantLog: z.array(objectTextSchema).check(z.maxLength(2000)),
});
export const registerReplySchema = z.strictObject({ acct: accountIdSchema, serverEpoch: serverEpochSchema });

/** POST /v1/device-log: needs no session, since each object is signed by the identity. How a restored device comes in. */
export const deviceLogRequestSchema = z.strictObject({
  acct: accountIdSchema,
  objects: z.array(objectTextSchema).check(z.minLength(1), z.maxLength(10)),
});
export const deviceLogReplySchema = z.strictObject({ deviceLogSeq: z.int() });

/**
 * PUT /v1/recovery (session): the recovery wrap, kept under an id only the 24 words lead to. `object` is a
 * device-signed Mailbox of kind `recovery` with the hash of the wrap's bytes. Only the first wrap may come
 * without it: a stolen session must not replace what a person's kit opens.
 */
export const recoveryPutSchema = z.strictObject({
  id: mailboxIdSchema,
  wrap: wrapTextSchema,
  object: z.optional(objectTextSchema),
});
/** GET /v1/recovery/:id, without a session. */
export const recoveryReplySchema = z.strictObject({
  acct: accountIdSchema,
  wrap: wrapTextSchema,
  serverEpoch: serverEpochSchema,
  deviceLog: z.array(objectTextSchema),
  grantLog: z.array(objectTextSchema),
});

/** GET /v1/server: what anybody may know. */
export const serverInfoSchema = z.object({
  protocol: z.literal('ek1'),
  origin: originSchema,
  serverEpoch: serverEpochSchema,
  /** Signs deletion receipts. */
  serverKey: publicKeySchema,
  signups: z.enum(['invite', 'open', 'closed']),
  software: z.string(),
  /** Whether the same operator also supplies the app's code. */
  servesApp: z.boolean(),
  time: timeSchema,
});
export type ServerInfo = z.infer<typeof serverInfoSchema>;
