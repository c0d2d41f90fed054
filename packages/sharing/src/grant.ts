/**
 * Grant: a person's signed statement of what a clinician may read. The server sees which opaque streams and
 * until when; what it means (categories, days, why, under which consent text) is sealed to the clinician and
 * again to the person. docs/protocol.md, "Grant, Extend, KeyPack".
 */
import { isGrantable } from '@evenkeel/journal';
import {
  type AccountId,
  type Bytes,
  type Grant,
  type GrantId,
  type GrantLog,
  type GrantState,
  type GrantedStream,
  concat,
  fromBase64url,
  grantSchema,
  grantStatus,
  hash32Schema,
  idToBytes,
  parsePayload,
  randomGrantId,
  timeSchema,
  toBase64url,
  u8,
  utf8,
  z,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { type Pin, type Via, viaSchema } from './pin.ts';
import { type Scope, isEmpty, scopeSchema } from './scope.ts';

/** Which wording was agreed to: its version, the SHA-256 of the text shown, its language, and when. */
export const consentTextSchema = z.strictObject({
  version: z.string().check(z.minLength(1), z.maxLength(40)),
  textHash: hash32Schema,
  /** BCP 47, for example `en-GB`. */
  language: z.string().check(z.regex(/^[A-Za-z0-9-]{2,35}$/)),
  shownAt: timeSchema,
  acceptedAt: timeSchema,
});
export type ConsentText = z.infer<typeof consentTextSchema>;

/** What both ends can read of a grant and nobody else. */
export const grantDetailSchema = z.strictObject({
  v: z.literal(1),
  /** What the person calls themselves towards this clinician. */
  personName: z.string().check(z.maxLength(100)),
  clinicianName: z.string().check(z.maxLength(100)),
  scope: scopeSchema,
  purpose: z.string().check(z.maxLength(500)),
  consent: consentTextSchema,
  /** What the clinician recognises the first grant by. */
  via: viaSchema,
});
export type GrantDetail = z.infer<typeof grantDetailSchema>;

export type GrantOffer = {
  readonly to: Pin;
  readonly personName: string;
  readonly scope: Scope;
  readonly purpose: string;
  readonly consent: ConsentText;
  /** Milliseconds UTC; null when it ends only by being stopped. */
  readonly expires: number | null;
  /** Whether later months will be admitted: everything without a last day, and a last day still to come. */
  readonly standing: boolean;
  readonly streams: readonly GrantedStream[];
  readonly now: number;
};

/** The person who shares: the public facts of their unlocked account. */
export type Owner = Pick<Holder, 'acct' | 'boxPk'>;

/** The end of the owner's grant log: what the next object follows. */
export type LogTip = Pick<GrantLog, 'seq' | 'hash'>;

export type MadeGrant =
  | { readonly ok: true; readonly id: GrantId; readonly object: Bytes; readonly detail: GrantDetail }
  /** `not-checked`: by link, and the six words were not compared yet. */
  | {
      readonly ok: false;
      readonly reason: 'not-checked' | 'not-grantable' | 'nothing-shared' | 'ends-before-it-begins';
    };

/** Signs a grant that follows `tip`. The keys go in packs of their own (`key-pack.ts`). */
export async function makeGrant(
  vault: Vault,
  owner: Owner,
  tip: LogTip,
  offer: GrantOffer,
): Promise<MadeGrant> {
  const { to, scope, now, expires } = offer;
  // check: grant: to a clinician whose keys were checked
  if (to.checkedAt === null) return { ok: false, reason: 'not-checked' };
  // check: grant: of something
  if (isEmpty(scope)) return { ok: false, reason: 'nothing-shared' };
  // check: grant: of what may be shared
  if (!scope.categories.every(isGrantable)) return { ok: false, reason: 'not-grantable' };
  // check: grant: not over before it begins
  if (expires !== null && expires <= now) return { ok: false, reason: 'ends-before-it-begins' };
  const id = randomGrantId();
  const detail: GrantDetail = {
    v: 1,
    personName: offer.personName,
    clinicianName: to.name,
    scope: { categories: [...scope.categories], period: scope.period },
    purpose: offer.purpose,
    consent: offer.consent,
    via: to.via,
  };
  const plaintext = utf8(JSON.stringify(detail));
  const [toGrantee, toOwner] = await Promise.all([
    vault.sealTo(to.boxPk, sealContext('grantee', id, owner.acct, to.acct), plaintext),
    vault.sealTo(owner.boxPk, sealContext('owner', id, owner.acct, to.acct), plaintext),
  ]);
  const payload: Grant = {
    seq: tip.seq + 1,
    prev: tip.hash,
    time: now,
    grant: id,
    to: to.acct,
    streams: offer.streams.map(({ sid, kids }) => ({ sid, kids: kids === null ? null : [...kids] })),
    notBefore: now,
    expires,
    standing: offer.standing,
    sealedToGrantee: toBase64url(toGrantee),
    sealedToOwner: toBase64url(toOwner),
  };
  const [object] = await vault.sign([
    { type: 'grant', signer: 'identity', payload: grantSchema.parse(payload) },
  ]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  return { ok: true, id, object, detail };
}

export type OpenedDetail =
  | { readonly ok: true; readonly detail: GrantDetail }
  /** `not-for-us`: sealed to somebody else, or changed. */
  | { readonly ok: false; readonly reason: 'not-for-us' | 'malformed' };

/** What a grant means, for the clinician it was made to. The Grant itself is verified by then (`replayGrant`). */
export function openAsGrantee(vault: Vault, owner: AccountId, grant: Grant): Promise<OpenedDetail> {
  return openDetail(vault, sealContext('grantee', grant.grant, owner, grant.to), grant.sealedToGrantee);
}

/** What a grant means, for the person who made it, on any of their devices. */
export function openAsOwner(vault: Vault, owner: AccountId, grant: Grant): Promise<OpenedDetail> {
  return openDetail(vault, sealContext('owner', grant.grant, owner, grant.to), grant.sealedToOwner);
}

/** A clinician's open card or accepted invitation, waiting for its first grant. */
export type Awaited =
  | { readonly kind: 'card'; readonly nonce: string; readonly expires: number }
  | { readonly kind: 'invitation'; readonly id: string; readonly acct: AccountId };

export type FirstGrant =
  | { readonly ok: true; readonly via: Via }
  /** `not-invited`: neither a card that was shown nor an invitation that was accepted is repeated in it. */
  | { readonly ok: false; readonly reason: 'not-invited' | 'wrong-person' | 'card-too-old' };

/** How long after a card's end its first grant may still be made: choosing what to share is a second act. */
export const CARD_GRACE_MS = 7 * 86_400_000;
/** How long after that it may still arrive, by the clinician's own clock: the time in a grant is its sender's word. */
export const CARD_ARRIVAL_MS = 28 * 86_400_000;

/**
 * Whether a person's first grant is one the clinician asked for: it must repeat the nonce of a card shown in
 * the room, or the id of the invitation through which that very account was pinned. Otherwise anybody who
 * knows a clinician's account could put themselves on their list.
 */
export function isAwaited(
  owner: AccountId,
  grant: Grant,
  detail: GrantDetail,
  awaited: readonly Awaited[],
  now: number,
): FirstGrant {
  const { via } = detail;
  if (via.kind === 'invitation') {
    const invitation = awaited.find((one) => one.kind === 'invitation' && one.id === via.id);
    // check: first grant: an invitation that was accepted
    if (invitation?.kind !== 'invitation') return { ok: false, reason: 'not-invited' };
    // check: first grant: by the account that was pinned through it
    if (invitation.acct !== owner) return { ok: false, reason: 'wrong-person' };
    return { ok: true, via };
  }
  const card = awaited.find((one) => one.kind === 'card' && one.nonce === via.nonce);
  // check: first grant: a card that was shown
  if (card?.kind !== 'card') return { ok: false, reason: 'not-invited' };
  const last = card.expires + CARD_GRACE_MS;
  // check: first grant: made soon after its card
  if (grant.time > last) return { ok: false, reason: 'card-too-old' };
  // check: first grant: come soon after its card
  if (now > last + CARD_ARRIVAL_MS) return { ok: false, reason: 'card-too-old' };
  return { ok: true, via };
}

/** An Extend that admits more streams to a grant. */
export async function makeExtend(
  vault: Vault,
  tip: LogTip,
  grant: GrantId,
  streams: readonly GrantedStream[],
  now: number,
): Promise<Bytes> {
  const payload = {
    seq: tip.seq + 1,
    prev: tip.hash,
    time: now,
    grant,
    streams: streams.map(({ sid, kids }) => ({ sid, kids: kids === null ? null : [...kids] })),
  };
  const [object] = await vault.sign([{ type: 'extend', signer: 'identity', payload }]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  return object;
}

/** Days before its end at which both sides are reminded of an expiry. */
export const REMIND_BEFORE_MS = 7 * 86_400_000;

export type Ending = 'none' | 'far' | 'soon' | 'over';

/** How near the end of a grant is. Renewing is a new grant of the same scope: its own consent, its own end. */
export function endingOf(state: GrantState, now: number): Ending {
  const status = grantStatus(state, now);
  if (status === 'revoked' || status === 'expired') return 'over';
  const { expires } = state.grant;
  if (expires === null) return 'none';
  return expires - now <= REMIND_BEFORE_MS ? 'soon' : 'far';
}

/** What a renewal repeats: everything but the end and the consent, which are asked for again. */
export function renewalOf(detail: GrantDetail): Pick<GrantOffer, 'personName' | 'scope' | 'purpose'> {
  return { personName: detail.personName, scope: detail.scope, purpose: detail.purpose };
}

/** A broken promise between our own rooms; never a wrong input. */
export class SharingFault extends Error {
  override readonly name = 'SharingFault';
  readonly code: 'unsigned' | 'log-refused';
  constructor(code: SharingFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Ties what is sealed to this grant, these two people and this reader, so that it cannot be moved elsewhere. */
function sealContext(reader: 'grantee' | 'owner', grant: GrantId, from: AccountId, to: AccountId): Bytes {
  return concat(utf8(`ek1/grant-detail/${reader}`), u8(0), idToBytes(grant), idToBytes(from), idToBytes(to));
}

async function openDetail(vault: Vault, context: Bytes, sealed: string): Promise<OpenedDetail> {
  const box = fromBase64url(sealed);
  const plaintext = box === null ? null : await vault.openSealed(context, box);
  if (plaintext === null) return { ok: false, reason: 'not-for-us' };
  const parsed = parsePayload(plaintext, grantDetailSchema);
  return parsed.ok ? { ok: true, detail: parsed.value } : { ok: false, reason: 'malformed' };
}
