/**
 * Sessions gate reads and quotas; they never authorise a change, since every change is signed. A challenge of
 * 32 random bytes, one use, 60 s, bound to (acct, dev); the token is 256 bits, 30 min idle, 12 h at most.
 */
import { type Bytes, concat, fromBase64url, u16, u8, utf8 } from './bytes.ts';
import {
  type AccountId,
  type DeviceId,
  accountIdSchema,
  deviceIdSchema,
  hash32Schema,
  idToBytes,
  serverEpochSchema,
} from './ids.ts';
import { timeSchema } from './log.ts';
import { z } from './z.ts';

const signatureSchema = z
  .string()
  .check(z.refine((text) => fromBase64url(text)?.length === 64, 'expected 64 bytes'));

export const challengeRequestSchema = z.strictObject({ acct: accountIdSchema, dev: deviceIdSchema });
export const challengeReplySchema = z.strictObject({ challenge: hash32Schema, expiresAt: timeSchema });
export const sessionRequestSchema = z.strictObject({
  acct: accountIdSchema,
  dev: deviceIdSchema,
  challenge: hash32Schema,
  signature: signatureSchema,
});
export const sessionReplySchema = z.strictObject({
  token: hash32Schema,
  expiresAt: timeSchema,
  serverEpoch: serverEpochSchema,
});

/** `"ek1/session" ‖ 0 ‖ lenOrigin u16 ‖ origin ‖ acct ‖ dev ‖ challenge`: the origin makes a relayed login fail. */
export function sessionSignedBytes(origin: string, acct: AccountId, dev: DeviceId, challenge: string): Bytes {
  const originBytes = utf8(origin);
  return concat(
    utf8('ek1/session'),
    u8(0),
    u16(originBytes.length),
    originBytes,
    idToBytes(acct),
    idToBytes(dev),
    idToBytes(challenge),
  );
}
