/**
 * Invitation by link. The person makes a secret s of 32 bytes; the link carries it behind a `#`, which a
 * browser never sends. On the server lie only two sealed letters under an id drawn from s: the offer (the
 * person's Account object) and the reply (the clinician's, with the name they state). Whoever holds the link
 * can answer it, so both then compare six words (`fingerprint.ts`) before anything is shared.
 * docs/protocol.md, "Clinician identity and invitation".
 */
import {
  type AccountId,
  type Bytes,
  type MailboxId,
  bytesToMailboxId,
  concat,
  fromBase64url,
  idToBytes,
  objectTextSchema,
  pad,
  parsePayload,
  randomBytes,
  sha256,
  toBase64url,
  unpad,
  utf8,
  z,
} from '@evenkeel/protocol';
import { type Vault, deriveKey, secretboxOpen, secretboxSeal } from '@evenkeel/vault';
import { SharingFault } from './grant.ts';
import { type AccountFault, type Pin, readAccount, readAccountText, statedNameSchema } from './pin.ts';

export const INVITATION_LIFE_MS = 7 * 86_400_000;

/** An invitation the person made. Kept sealed: the secret opens the reply. */
export type Invitation = {
  /** 32 bytes, base64url. */
  readonly secret: string;
  readonly id: MailboxId;
  /** Milliseconds UTC. */
  readonly madeAt: number;
};

const SECRET_BYTES = 32;
const ID_BYTES = 16;
const NONCE_BYTES = 24;

const replySchema = z.strictObject({ account: objectTextSchema, name: statedNameSchema });

/** A fresh invitation and the link to hand over. `origin` is that of the sync server, which also serves the app. */
export function makeInvitation(
  origin: string,
  now: number,
): { readonly invitation: Invitation; readonly link: string } {
  const secret = randomBytes(SECRET_BYTES);
  const invitation = { secret: toBase64url(secret), id: invitationId(secret), madeAt: now };
  return { invitation, link: `${origin}/#i/${invitation.secret}` };
}

/** `K(s, "invite-id", "", 16)`: the letter box both ends find without telling the server anything. */
export function invitationId(secret: Uint8Array): MailboxId {
  return bytesToMailboxId(deriveKey(secret, 'invite-id', undefined, ID_BYTES));
}

/** The offer, sealed: the person's Account object and nothing else. Goes into the mailbox by `putLetter`. */
export function sealOffer(invitation: Invitation, account: Uint8Array): Bytes {
  return seal(offerKey(secretOf(invitation.secret), invitation.id), account);
}

export type ReadOffer =
  | {
      readonly ok: true;
      /** The person, pinned by link and not yet checked. Their name comes with their first grant. */
      readonly pin: Pin;
    }
  /** `tampered`: the letter in the box was not made with this link's secret. */
  | { readonly ok: false; readonly reason: 'tampered' | AccountFault };

/** The clinician's side: opens the offer with the link's secret. Nothing the server puts there instead opens. */
export async function openOffer(secret: string, letter: Uint8Array, now: number): Promise<ReadOffer> {
  const bytes = secretOf(secret);
  const id = invitationId(bytes);
  const account = open(offerKey(bytes, id), letter);
  if (account === null) return { ok: false, reason: 'tampered' };
  const read = await readAccount(account);
  if (!read.ok) return read;
  const { acct, signPk, boxPk } = read;
  const via = { kind: 'invitation', id } as const;
  return {
    ok: true,
    pin: { acct, account: read.account, signPk, boxPk, name: '', how: 'link', via, at: now, checkedAt: null },
  };
}

/** The clinician's answer, sealed: their Account object and the name they state. */
export function sealReply(secret: string, owner: AccountId, account: Uint8Array, name: string): Bytes {
  const bytes = secretOf(secret);
  const reply = replySchema.parse({ account: toBase64url(account), name });
  return seal(replyKey(bytes, invitationId(bytes), owner), utf8(JSON.stringify(reply)));
}

export type ReadReply =
  | { readonly ok: true; readonly pin: Pin }
  | { readonly ok: false; readonly reason: 'tampered' | 'invitation-too-old' | 'own-account' | AccountFault };

/** The person's side: opens the answer and pins the clinician, linked and not yet checked. */
export async function openReply(
  invitation: Invitation,
  owner: AccountId,
  letter: Uint8Array,
  now: number,
): Promise<ReadReply> {
  if (now > invitation.madeAt + INVITATION_LIFE_MS) return { ok: false, reason: 'invitation-too-old' };
  const plaintext = open(replyKey(secretOf(invitation.secret), invitation.id, owner), letter);
  if (plaintext === null) return { ok: false, reason: 'tampered' };
  const reply = parsePayload(plaintext, replySchema);
  if (!reply.ok) return reply;
  const read = await readAccountText(reply.value.account);
  if (!read.ok) return read;
  const { acct, signPk, boxPk, account } = read;
  if (acct === owner) return { ok: false, reason: 'own-account' };
  const via = { kind: 'invitation', id: invitation.id } as const;
  return {
    ok: true,
    pin: { acct, account, signPk, boxPk, name: reply.value.name, how: 'link', via, at: now, checkedAt: null },
  };
}

/**
 * The signed request that puts a letter into a mailbox; `letter` null takes it back. `kind` is `offer` unless it
 * is the letter to a new device of one's own (`link`).
 */
export async function putLetter(
  vault: Vault,
  request: {
    readonly origin: string;
    readonly id: MailboxId;
    readonly letter: Bytes | null;
    readonly now: number;
    readonly kind?: 'offer' | 'link';
  },
): Promise<{ readonly object: string; readonly letter: string | null }> {
  const { origin, id, letter, now, kind = 'offer' } = request;
  const hash = letter === null ? null : toBase64url(sha256(letter));
  const payload = { origin, id, kind, time: now, hash };
  const [object] = await vault.sign([{ type: 'mailbox', signer: 'device', payload }]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  return { object: toBase64url(object), letter: letter === null ? null : toBase64url(letter) };
}

function offerKey(secret: Uint8Array, id: MailboxId): Bytes {
  return deriveKey(secret, 'invite-offer', idToBytes(id));
}

function replyKey(secret: Uint8Array, id: MailboxId, owner: AccountId): Bytes {
  return deriveKey(secret, 'invite-reply', concat(idToBytes(id), idToBytes(owner)));
}

/** `nonce 24 ‖ secretbox(padded)`. */
function seal(key: Uint8Array, plaintext: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_BYTES);
  return concat(nonce, secretboxSeal(key, nonce, pad(plaintext)));
}

function open(key: Uint8Array, letter: Uint8Array): Bytes | null {
  if (letter.length <= NONCE_BYTES) return null;
  const padded = secretboxOpen(key, letter.subarray(0, NONCE_BYTES), letter.subarray(NONCE_BYTES));
  return padded === null ? null : unpad(padded);
}

/** The secret was parsed where it came in (`read-code.ts`), so anything else is a defect. */
function secretOf(text: string): Bytes {
  const bytes = fromBase64url(text);
  if (bytes === null || bytes.length !== SECRET_BYTES)
    throw new TypeError('an invitation secret is 32 bytes');
  return bytes;
}
