/**
 * What was pasted or scanned. An installed app does not share storage with the browser that opened a link, so
 * every link must also be taken inside the app; and people paste the wrong thing, so each wrong thing has a
 * name. Nothing is believed here: this only says which door to knock at.
 */
import { type Bytes, fromBase64url } from '@evenkeel/protocol';
import { CARD_PREFIX, cardBytes } from './clinician-card.ts';

export type ReadCode =
  /** A host's invitation to make an account: `#join/<code>`. */
  | { readonly kind: 'join'; readonly origin: string; readonly code: string }
  /** A person's invitation to a clinician: `#i/<secret>`. */
  | { readonly kind: 'invitation'; readonly origin: string; readonly secret: string }
  /** Another device of one's own that wants in: `#link/<81 bytes>`. */
  | { readonly kind: 'link'; readonly origin: string; readonly qr: Bytes }
  /** A clinician's card, through the camera. */
  | { readonly kind: 'card'; readonly object: Bytes }
  | { readonly kind: 'refused'; readonly reason: CodeRefusal };

export type CodeRefusal =
  | 'empty'
  /** An address, but not one of ours. */
  | 'other-website'
  /** One of our links with its end cut off, or changed. */
  | 'damaged-link'
  /** A card that was pasted: it only counts when it is scanned in the room. */
  | 'card-needs-scanning'
  | 'damaged-card'
  /** 24 words, or many of them: those belong under "restore", and to nobody else. */
  | 'recovery-words'
  /** A SMART Health Link: not something this app opens. */
  | 'health-link'
  /** Nothing we know. */
  | 'unknown';

/** Characters beyond which nothing of ours goes; a QR code holds at most 4296. */
export const LONGEST_CODE = 4400;
const SECRET_BYTES = 32;
const LINK_BYTES = 81;
const JOIN_CODE = /^[A-Za-z0-9_-]{8,100}$/;
const WORDS = /^([a-z]{3,8}\s+){11,23}[a-z]{3,8}$/i;

export function readCode(text: string, how: 'pasted' | 'scanned'): ReadCode {
  const code = text.trim();
  if (code === '') return refused('empty');
  if (code.length > LONGEST_CODE) return refused('unknown');
  if (code.startsWith(CARD_PREFIX)) return readCard(code, how);
  if (WORDS.test(code)) return refused('recovery-words');
  if (/^shlink:\//i.test(code) || /#shlink:\//i.test(code)) return refused('health-link');
  return readLink(code);
}

function readCard(code: string, how: 'pasted' | 'scanned'): ReadCode {
  const object = cardBytes(code);
  if (object === null) return refused('damaged-card');
  return how === 'scanned' ? { kind: 'card', object } : refused('card-needs-scanning');
}

function readLink(code: string): ReadCode {
  const url = parseUrl(code);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return refused('unknown');
  const match = /^#(join|i|link)\/(.*)$/.exec(url.hash);
  if (match === null) return refused('other-website');
  const [, door, rest = ''] = match;
  const { origin } = url;
  if (door === 'join')
    return JOIN_CODE.test(rest) ? { kind: 'join', origin, code: rest } : refused('damaged-link');
  const bytes = fromBase64url(rest);
  if (door === 'i') {
    return bytes?.length === SECRET_BYTES
      ? { kind: 'invitation', origin, secret: rest }
      : refused('damaged-link');
  }
  return bytes?.length === LINK_BYTES ? { kind: 'link', origin, qr: bytes } : refused('damaged-link');
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function refused(reason: CodeRefusal): ReadCode {
  return { kind: 'refused', reason };
}
