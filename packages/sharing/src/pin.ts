/**
 * Pin: the keys of another person as they were first accepted, and how. It is made from a QR code scanned in
 * the room or from a link whose secret the server never sees; never from what a server says. New keys are a
 * new account, and so a new relationship.
 */
import {
  type AccountId,
  type Bytes,
  type PublicKey,
  accountIdSchema,
  fromBase64url,
  idToBytes,
  mailboxIdSchema,
  objectTextSchema,
  publicKeySchema,
  startDeviceLog,
  timeSchema,
  toBase64url,
  toHex,
  z,
} from '@evenkeel/protocol';

export const nonceSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/));
export const statedNameSchema = z.string().check(z.minLength(1), z.maxLength(100));

/** What tied the two people together: the nonce of a card shown in the room, or the id of an invitation. */
export const viaSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('card'), nonce: nonceSchema }),
  z.strictObject({ kind: z.literal('invitation'), id: mailboxIdSchema }),
]);
export type Via = z.infer<typeof viaSchema>;

/** A pin as it is kept, sealed, by the caller. */
export const pinSchema = z.strictObject({
  acct: accountIdSchema,
  /** The Account object, base64url: the keys again, signed by themselves. */
  account: objectTextSchema,
  signPk: publicKeySchema,
  boxPk: publicKeySchema,
  /** As they stated it; empty when nobody stated one. Nobody has checked it. */
  name: z.string().check(z.maxLength(100)),
  how: z.enum(['in-person', 'link']),
  via: viaSchema,
  /** Milliseconds UTC. */
  at: timeSchema,
  /** When the keys were known to be theirs: at once in the room; by link once the six words were compared; else null. */
  checkedAt: z.nullable(timeSchema),
});
export type Pin = z.infer<typeof pinSchema>;

/** u coordinates of the X25519 points of small order, top bit cleared, little-endian hex (RFC 7748 §6.1; cr.yp.to/ecdh.html). */
const SMALL_ORDER_U = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

export type AccountFault = 'malformed' | 'forged' | 'weak-key' | 'newer-app-needed';
export type ReadAccount =
  | {
      readonly ok: true;
      readonly acct: AccountId;
      readonly signPk: PublicKey;
      readonly boxPk: PublicKey;
      readonly account: string;
    }
  | { readonly ok: false; readonly reason: AccountFault };

/**
 * Reads an Account object that arrived by a trusted way. The account id is computed again from the keys in it,
 * the signature must be theirs, and keys that would make authorship meaningless are refused.
 */
export async function readAccount(bytes: Uint8Array): Promise<ReadAccount> {
  const started = await startDeviceLog(bytes);
  if (started.ok) {
    const { acct, signPk, boxPk } = started.log;
    // check: pin: no box key of small order
    if (isSmallOrderBoxKey(boxPk)) return { ok: false, reason: 'weak-key' };
    return { ok: true, acct, signPk, boxPk, account: toBase64url(bytes) };
  }
  switch (started.reason) {
    case 'weak-key':
    case 'newer-app-needed':
    case 'malformed':
      return { ok: false, reason: started.reason };
    default:
      return { ok: false, reason: 'forged' };
  }
}

/** The same from its base64url text. */
export async function readAccountText(text: string): Promise<ReadAccount> {
  const bytes: Bytes | null = fromBase64url(text);
  return bytes === null ? { ok: false, reason: 'malformed' } : readAccount(bytes);
}

/** The pin once both have read out the same six words (see `fingerprint.ts`). */
export function markChecked(pin: Pin, now: number): Pin {
  return { ...pin, checkedAt: pin.checkedAt ?? now };
}

/** What is sealed to such a key could be read by anybody. */
function isSmallOrderBoxKey(boxPk: PublicKey): boolean {
  const u = idToBytes(boxPk);
  u[31] = (u[31] ?? 0) & 0x7f;
  return SMALL_ORDER_U.has(toHex(u));
}
