/**
 * Joining a second device (docs/protocol.md, "Device linking"). The new device shows a code of 81 bytes:
 * `version 1 ‖ ephemeral X25519 key 32 ‖ its signing key 32 ‖ q 16`. The server never sees q, so it can
 * neither find nor open the answer; four words on both screens catch whoever else scanned the code.
 */
import {
  type AccountId,
  type Bytes,
  type MailboxId,
  type PublicKey,
  bytesToMailboxId,
  bytesToPublicKey,
  concat,
  idToBytes,
  labelledHash,
  pad,
  randomBytes,
  readUint,
  u16,
  u32,
  u8,
  unpad,
  utf8,
} from '@evenkeel/protocol';
import { deriveKey } from './derive.ts';
import { VaultFault } from './fault.ts';
import { type Device, makeDevice } from './identity.ts';
import {
  SINGLE_USE_NONCE,
  boxPublicKey,
  ephemeralExchange,
  secretboxOpen,
  secretboxSeal,
  sharedSecret,
} from './seal.ts';
import { parseSealed } from './sealed-box.ts';
import { Secret } from './secret.ts';
import { fingerprintWords } from './words/fingerprint-words.ts';

/** A new device while it waits for its letter. */
export type WaitingDevice = { readonly device: Device; readonly ephemeral: Secret; readonly qr: Bytes };

export type LinkCode = { readonly ephPk: PublicKey; readonly devicePk: PublicKey; readonly q: Bytes };

export type LinkLetter = {
  readonly root: Secret;
  readonly entryCount: number;
  readonly deviceLog: readonly Uint8Array[];
  readonly grantLog: readonly Uint8Array[];
  readonly heads: readonly Uint8Array[];
};

export const LINK_CODE_BYTES = 81;
export const LINK_WORDS = 4;
const VERSION = 1;
const Q_BYTES = 16;
const ROOT_BYTES = 32;
const MOST_LETTER_BYTES = 16_384;

export async function startWaiting(): Promise<WaitingDevice> {
  const device = await makeDevice();
  const ephemeral = Secret.random(32);
  const qr = concat(
    u8(VERSION),
    idToBytes(boxPublicKey(ephemeral)),
    idToBytes(device.signing.publicKey),
    randomBytes(Q_BYTES),
  );
  return { device, ephemeral, qr };
}

export function parseLinkCode(qr: Uint8Array): LinkCode | null {
  // check: link: a code of this version, in whole
  if (qr.length !== LINK_CODE_BYTES || readUint(qr, 0, 1) !== VERSION) return null;
  return {
    ephPk: bytesToPublicKey(qr.subarray(1, 33)),
    devicePk: bytesToPublicKey(qr.subarray(33, 65)),
    q: new Uint8Array(qr.subarray(65)),
  };
}

/** `K(q, "link-id", "", 16)`. */
export function linkMailbox(q: Uint8Array): MailboxId {
  return bytesToMailboxId(deriveKey(q, 'link-id', new Uint8Array(0), 16));
}

/** Four words of `H("ek1/link-words", qr ‖ acct ‖ senderEphPk)`. */
export function linkWords(
  qr: Uint8Array,
  acct: AccountId,
  senderEphPk: PublicKey,
): Promise<readonly string[]> {
  const hash = labelledHash('ek1/link-words', concat(qr, idToBytes(acct), idToBytes(senderEphPk)));
  return fingerprintWords(hash, LINK_WORDS);
}

/**
 * `1 ‖ senderEphPk 32 ‖ secretbox(padded content)`, at most 16 KiB. What does not fit is left out, the grant
 * log first, then the older heads: the new device pulls both, and the newest head tells it how far they
 * must reach. Null when the code's key is of small order.
 */
export function sealLetter(
  qr: Uint8Array,
  code: LinkCode,
  origin: string,
  letter: LinkLetter,
): { readonly bytes: Bytes; readonly senderEphPk: PublicKey } | null {
  const exchange = ephemeralExchange(code.ephPk);
  if (exchange === null) return null;
  const { publicKey } = exchange;
  using shared = exchange.shared;
  const key = letterKey(shared, code.q, origin, qr);
  for (const fitting of lessAndLess(letter)) {
    const content = encodeLetter(fitting);
    const bytes = concat(
      u8(VERSION),
      idToBytes(publicKey),
      secretboxSeal(key, SINGLE_USE_NONCE, pad(content)),
    );
    content.fill(0);
    if (bytes.length > MOST_LETTER_BYTES) continue;
    key.fill(0);
    return { bytes, senderEphPk: publicKey };
  }
  throw new VaultFault('letter-too-large');
}

export type OpenedLetter =
  | { readonly ok: true; readonly letter: LinkLetter; readonly senderEphPk: PublicKey }
  | { readonly ok: false; readonly reason: 'malformed' | 'tampered' };

export function openLetter(waiting: WaitingDevice, origin: string, bytes: Uint8Array): OpenedLetter {
  const code = parseLinkCode(waiting.qr);
  const sealed = parseSealed(bytes);
  if (code === null || sealed === null) return { ok: false, reason: 'malformed' };
  const senderEphPk = sealed.ephPk;
  using shared = sharedSecret(waiting.ephemeral, senderEphPk);
  if (shared === null) return { ok: false, reason: 'tampered' };
  const key = letterKey(shared, code.q, origin, waiting.qr);
  const padded = secretboxOpen(key, SINGLE_USE_NONCE, sealed.box);
  key.fill(0);
  const content = padded === null ? null : unpad(padded);
  if (content === null) return { ok: false, reason: 'tampered' };
  const letter = decodeLetter(content);
  return letter === null ? { ok: false, reason: 'malformed' } : { ok: true, letter, senderEphPk };
}

/** `K(X25519 ‖ q, "link", origin ‖ H("ek1/qr", qr))`. */
function letterKey(shared: Secret, q: Uint8Array, origin: string, qr: Uint8Array): Bytes {
  return deriveKey(concat(shared.reveal(), q), 'link', concat(utf8(origin), labelledHash('ek1/qr', qr)));
}

function* lessAndLess(letter: LinkLetter): Generator<LinkLetter> {
  yield letter;
  for (let from = 0; from <= letter.heads.length; from += 1) {
    yield { ...letter, grantLog: [], heads: letter.heads.slice(from) };
  }
}

/** `root 32 ‖ entryCount u32`, then three lists, each `count u16` and that many `length u32 ‖ bytes`. */
function encodeLetter({ root, entryCount, deviceLog, grantLog, heads }: LinkLetter): Bytes {
  const lists = [deviceLog, grantLog, heads].map((list) =>
    concat(u16(list.length), ...list.flatMap((bytes) => [u32(bytes.length), bytes])),
  );
  return concat(root.reveal(), u32(entryCount), ...lists);
}

/** The content of a letter, or null when a length in it lies. */
export function decodeLetter(content: Uint8Array): LinkLetter | null {
  let at = ROOT_BYTES + 4;
  const take = (length: number): Uint8Array | null => {
    // check: link: no length beyond the letter
    if (at + length > content.length) return null;
    at += length;
    return content.subarray(at - length, at);
  };
  const takeList = (): readonly Bytes[] | null => {
    const count = take(2);
    if (count === null) return null;
    const list: Bytes[] = [];
    for (let left = readUint(count, 0, 2); left > 0; left -= 1) {
      const length = take(4);
      const bytes = length === null ? null : take(readUint(length, 0, 4));
      if (bytes === null) return null;
      list.push(new Uint8Array(bytes));
    }
    return list;
  };
  const deviceLog = takeList();
  const grantLog = takeList();
  const heads = takeList();
  if (deviceLog === null || grantLog === null || heads === null) return null;
  // check: link: a letter to its last byte
  if (at !== content.length) return null;
  const root = new Secret(content.subarray(0, ROOT_BYTES));
  content.fill(0, 0, ROOT_BYTES);
  return { root, entryCount: readUint(content, ROOT_BYTES, 4), deviceLog, grantLog, heads };
}
