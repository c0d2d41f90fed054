/**
 * The clinician's card: a QR code on their screen, in the room. Scanning it is what makes a pin "checked in
 * person", so it counts only when it came through the camera: the same text pasted could have come from
 * anybody, by any way. docs/protocol.md, "Clinician identity and invitation".
 */
import {
  type Bytes,
  CARD_LIFE_MS,
  type ClinicianCard,
  clinicianCardSchema,
  fromBase64url,
  parseObject,
  parsePayload,
  randomBytes,
  toBase64url,
  verifyObject,
} from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { SharingFault, type Awaited } from './grant.ts';
import { type AccountFault, type Pin, readAccountText } from './pin.ts';

/** Not an address: a camera app that opens addresses must not be a way in. */
export const CARD_PREFIX = 'ek1-card:';

export type ShownCard = {
  /** What the QR code says: about 900 characters. */
  readonly text: string;
  /** To be kept until its first grant arrives. */
  readonly awaited: Awaited;
  readonly expires: number;
};

/** A fresh card, good for ten minutes. `account`: the clinician's own Account object. */
export async function makeCard(
  vault: Vault,
  card: {
    readonly origin: string;
    readonly account: Uint8Array;
    readonly name: string;
    readonly now: number;
  },
): Promise<ShownCard> {
  const expires = card.now + CARD_LIFE_MS;
  const nonce = toBase64url(randomBytes(16));
  const payload: ClinicianCard = {
    origin: card.origin,
    account: toBase64url(card.account),
    name: card.name,
    nonce,
    expires,
  };
  const [object] = await vault.sign([
    { type: 'clinician-card', signer: 'identity', payload: clinicianCardSchema.parse(payload) },
  ]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  return { text: CARD_PREFIX + toBase64url(object), awaited: { kind: 'card', nonce, expires }, expires };
}

export type ReadCard =
  | { readonly ok: true; readonly pin: Pin; readonly origin: string }
  | { readonly ok: false; readonly reason: 'too-old' | 'own-account' | AccountFault };

/** Clocks of two phones in one room may differ by this much. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** Reads a scanned card and pins the clinician as checked in person. `own`: the account of the person who scans. */
export async function pinFromCard(scanned: Uint8Array, own: Pin['acct'], now: number): Promise<ReadCard> {
  const parsed = parseObject(scanned);
  if (!parsed.ok) return parsed;
  if (parsed.object.type !== 'clinician-card') return { ok: false, reason: 'malformed' };
  const claimed = parsePayload(parsed.object.payload, clinicianCardSchema);
  if (!claimed.ok) return claimed;
  const account = await readAccountText(claimed.value.account);
  if (!account.ok) return account;
  const signer = {
    type: 'clinician-card',
    acct: account.acct,
    signer: 'identity',
    publicKey: account.signPk,
  } as const;
  const verified = await verifyObject(scanned, signer, clinicianCardSchema);
  // check: card: signed by the keys in it
  if (!verified.ok) return { ok: false, reason: 'forged' };
  const { origin, name, nonce, expires } = verified.payload;
  // check: card: of somebody else
  if (account.acct === own) return { ok: false, reason: 'own-account' };
  // check: card: shown just now
  if (now > expires + CLOCK_SLACK_MS || expires > now + CARD_LIFE_MS + CLOCK_SLACK_MS)
    return { ok: false, reason: 'too-old' };
  const { acct, signPk, boxPk } = account;
  const via = { kind: 'card', nonce } as const;
  const pin: Pin = {
    acct,
    account: account.account,
    signPk,
    boxPk,
    name,
    how: 'in-person',
    via,
    at: now,
    checkedAt: now,
  };
  return { ok: true, pin, origin };
}

/** The signed object in a card's text, or null when it is something else. */
export function cardBytes(text: string): Bytes | null {
  return text.startsWith(CARD_PREFIX) ? fromBase64url(text.slice(CARD_PREFIX.length)) : null;
}
