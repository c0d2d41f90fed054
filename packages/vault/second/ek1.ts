/** ek1, read off docs/protocol.md. Every random value is an argument; bytes are Buffers. */
import { Buffer } from 'node:buffer';
import {
  argon2idProfile1,
  ed25519Public,
  ed25519Sign,
  hkdf,
  sha256,
  x25519,
  x25519Public,
} from './primitives.ts';
import { BIP39, EFF } from './word-lists.ts';
import { secretbox } from './xsalsa20-poly1305.ts';

const EMPTY = Buffer.alloc(0);
const ZERO_NONCE = Buffer.alloc(24);

// --- primitives and encodings ------------------------------------------------------------------------------
export const text = (value: string): Buffer => Buffer.from(value, 'utf8');
export const hex = (value: string): Buffer => Buffer.from(value, 'hex');
export const b64 = (bytes: Buffer): string => bytes.toString('base64url');

export const n8 = (value: number): Buffer => Buffer.from([value]);
export function n16(value: number): Buffer {
  const out = Buffer.alloc(2);
  out.writeUInt16BE(value);
  return out;
}
export function n32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

/** H. */
export const H = (label: string, ...x: readonly Buffer[]): Buffer => sha256(text(label), n8(0), ...x);

/** K. */
export function K(
  ikm: Buffer,
  label: string,
  ctx: Buffer = EMPTY,
  length = 32,
  salt: Buffer = EMPTY,
): Buffer {
  return hkdf(ikm, salt, Buffer.concat([text(`ek1/${label}`), n8(0), ctx]), length);
}

// --- identifiers and the key tree --------------------------------------------------------------------------
export function account(root: Buffer) {
  const signSeed = K(root, 'id/sign');
  const boxSecret = K(root, 'id/box');
  const signPk = ed25519Public(signSeed);
  const boxPk = x25519Public(boxSecret);
  return { signSeed, signPk, boxSecret, boxPk, acct: H('ek1/acct', signPk, boxPk).subarray(0, 16) };
}

export function device(seed: Buffer) {
  const signPk = ed25519Public(seed);
  return { seed, signPk, dev: H('ek1/dev', signPk).subarray(0, 16) };
}

export const streamId = (root: Buffer, cat: number, month: number): Buffer =>
  K(root, 'sid', Buffer.concat([n8(cat), n16(month)]), 16);

export const streamKey = (root: Buffer, cat: number, month: number, epoch: number): Buffer =>
  K(root, 'stream', Buffer.concat([n8(cat), n16(month), n16(epoch)]));

export const dayKey = (stream: Buffer, day: number): Buffer => K(stream, 'day', n8(day));
export const keyId = (day: Buffer, acct: Buffer): Buffer => K(day, 'kid', acct, 16);

// --- envelope ----------------------------------------------------------------------------------------------
export function padded(plaintext: Buffer): Buffer {
  const body = Buffer.concat([n32(plaintext.length), plaintext]);
  const bucket = [256, 512, 1024, 2048, 4096].find((size) => size >= body.length);
  return Buffer.concat([body, Buffer.alloc((bucket ?? padme(body.length)) - body.length)]);
}

/** "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", algorithm 1. */
function padme(length: number): number {
  const e = 31 - Math.clz32(length);
  const s = 32 - Math.clz32(e);
  const last = e - s;
  const mask = (1 << last) - 1;
  return (length + mask) & ~mask;
}

export type EnvelopeFields = {
  readonly type: number;
  readonly epoch: number;
  readonly cat: number;
  readonly month: number;
  readonly day: number;
  readonly rec: Buffer;
  readonly rev: number;
  readonly replaces: Buffer;
  readonly nonce: Buffer;
  readonly plaintext: Buffer;
};

export function envelope(root: Buffer, deviceSeed: Buffer, fields: EnvelopeFields): Buffer {
  const { acct } = account(root);
  const key = dayKey(streamKey(root, fields.cat, fields.month, fields.epoch), fields.day);
  const header = Buffer.concat([
    n8(1),
    n8(fields.type),
    n16(fields.epoch),
    streamId(root, fields.cat, fields.month),
    keyId(key, acct),
    fields.rec,
    n32(fields.rev),
    device(deviceSeed).dev,
    fields.replaces,
    fields.nonce,
  ]);
  const envKey = K(key, 'env', Buffer.concat([acct, header]), 32, fields.nonce);
  const unsigned = Buffer.concat([header, secretbox(envKey, fields.nonce, padded(fields.plaintext))]);
  return Buffer.concat([
    unsigned,
    ed25519Sign(deviceSeed, Buffer.concat([text('ek1/env'), n8(0), acct, unsigned])),
  ]);
}

// --- leaves and chains -------------------------------------------------------------------------------------
export const stub = (env: Buffer): Buffer =>
  Buffer.concat([env.subarray(20, 36), env.subarray(72, 104), sha256(env)]);
export const leaf = (env: Buffer): Buffer => H('ek1/leaf', stub(env));
export const chain0 = (acct: Buffer, sid: Buffer, serverEpoch: Buffer): Buffer =>
  H('ek1/chain0', acct, sid, serverEpoch);
export const chainNext = (before: Buffer, next: Buffer): Buffer => H('ek1/chain', before, next);

// --- signed objects ----------------------------------------------------------------------------------------
/** `signer` null: the identity key. `payload` is the JSON as it is sent. */
export function object(
  root: Buffer,
  type: { readonly number: number; readonly name: string },
  signer: { readonly seed: Buffer } | null,
  payload: string,
): Buffer {
  const { acct, signSeed } = account(root);
  const signerId = signer === null ? Buffer.alloc(16) : device(signer.seed).dev;
  const json = text(payload);
  const unsigned = Buffer.concat([n8(1), n8(type.number), acct, signerId, n32(json.length), json]);
  const message = Buffer.concat([text(`ek1/obj/${type.name}`), n8(0), unsigned]);
  return Buffer.concat([unsigned, ed25519Sign(signer === null ? signSeed : signer.seed, message)]);
}

export function sessionMessage(origin: string, acct: Buffer, dev: Buffer, challenge: Buffer): Buffer {
  const at = text(origin);
  return Buffer.concat([text('ek1/session'), n8(0), n16(at.length), at, acct, dev, challenge]);
}

// --- seals -------------------------------------------------------------------------------------------------
function sealed(label: string, ephemeral: Buffer, pk: Buffer, context: Buffer, plaintext: Buffer): Buffer {
  const key = K(x25519(ephemeral, pk), label, context, 32, Buffer.concat([x25519Public(ephemeral), pk]));
  return secretbox(key, ZERO_NONCE, plaintext);
}

export function sealedLetter(ephemeral: Buffer, pk: Buffer, context: Buffer, plaintext: Buffer): Buffer {
  return Buffer.concat([
    n8(1),
    x25519Public(ephemeral),
    sealed('seal/letter', ephemeral, pk, context, padded(plaintext)),
  ]);
}

export function inboxNote(root: Buffer, deviceSeed: Buffer, ephemeral: Buffer, plaintext: Buffer): Buffer {
  const { acct, boxPk } = account(root);
  const context = Buffer.concat([acct, device(deviceSeed).dev]);
  return Buffer.concat([
    n8(1),
    x25519Public(ephemeral),
    sealed('inbox', ephemeral, boxPk, context, padded(plaintext)),
  ]);
}

export type PackKey = {
  readonly cat: number;
  readonly month: number;
  readonly epoch: number;
  readonly day: number | null;
};

export function packContent(root: Buffer, keys: readonly PackKey[]): Buffer {
  const entries = keys.map(({ cat, month, epoch, day }) => {
    const stream = streamKey(root, cat, month, epoch);
    const head = [streamId(root, cat, month), n8(cat), n16(month), n16(epoch), n8(day ?? 255)];
    const order = Buffer.concat([streamId(root, cat, month), n16(epoch), n8(day ?? 255)]);
    return { order, bytes: Buffer.concat([...head, day === null ? stream : dayKey(stream, day)]) };
  });
  entries.sort((a, b) => Buffer.compare(a.order, b.order));
  return Buffer.concat([n16(entries.length), ...entries.map(({ bytes }) => bytes)]);
}

export function packPayload(
  root: Buffer,
  pack: {
    readonly grant: Buffer;
    readonly packId: Buffer;
    readonly to: Buffer;
    readonly toPk: Buffer;
    readonly ephemeral: Buffer;
  },
  keys: readonly PackKey[],
): string {
  const context = Buffer.concat([pack.grant, account(root).acct, pack.to, pack.packId]);
  return JSON.stringify({
    grant: b64(pack.grant),
    packId: b64(pack.packId),
    to: b64(pack.to),
    ephPk: b64(x25519Public(pack.ephemeral)),
    sealed: b64(sealed('seal', pack.ephemeral, pack.toPk, context, packContent(root, keys))),
  });
}

// --- local boxes -------------------------------------------------------------------------------------------
export function localBox(root: Buffer, label: string, nonce: Buffer, plaintext: Buffer): Buffer {
  const key = K(K(root, 'local'), 'box', Buffer.concat([account(root).acct, text(label)]));
  return Buffer.concat([n8(1), nonce, secretbox(key, nonce, padded(plaintext))]);
}

export function deviceKeyBox(root: Buffer, nonce: Buffer, deviceSeed: Buffer): Buffer {
  const key = K(K(root, 'local'), 'device-key', account(root).acct);
  return Buffer.concat([n8(1), nonce, secretbox(key, nonce, padded(deviceSeed))]);
}

// --- wraps and the kit -------------------------------------------------------------------------------------
export type WrapFields = {
  readonly type: { readonly number: number; readonly name: string };
  readonly profile: number;
  readonly params: Buffer;
  readonly secret: Buffer;
  readonly nonce: Buffer;
};

export function wrap(root: Buffer, { type, profile, params, secret, nonce }: WrapFields): Buffer {
  const head = Buffer.concat([n8(1), n8(type.number), n8(profile), n16(params.length), params]);
  const key = K(secret, `wrap/${type.name}`, Buffer.concat([account(root).acct, head]));
  return Buffer.concat([head, nonce, K(key, 'check', EMPTY, 16), secretbox(key, nonce, root)]);
}

export const passphraseSecret = (passphrase: string, salt: Buffer): Buffer =>
  argon2idProfile1(passphrase.normalize('NFKC').trim().replace(/\s+/gu, ' '), salt);

export function kitWords(secret: Buffer): string {
  const bits = [...secret, sha256(secret).readUInt8(0)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return Array.from(
    { length: 24 },
    (_, i) => BIP39[Number.parseInt(bits.slice(11 * i, 11 * i + 11), 2)],
  ).join(' ');
}

export const recoveryId = (secret: Buffer): Buffer => K(secret, 'recovery-id', Buffer.alloc(0), 16);

// --- linking -----------------------------------------------------------------------------------------------
export const linkCode = (ephemeral: Buffer, deviceSeed: Buffer, q: Buffer): Buffer =>
  Buffer.concat([n8(1), x25519Public(ephemeral), device(deviceSeed).signPk, q]);

export const linkMailbox = (q: Buffer): Buffer => K(q, 'link-id', EMPTY, 16);

export function linkLetter(
  code: Buffer,
  origin: string,
  senderEphemeral: Buffer,
  content: {
    readonly root: Buffer;
    readonly entryCount: number;
    readonly deviceLog: readonly Buffer[];
    readonly grantLog: readonly Buffer[];
    readonly heads: readonly Buffer[];
  },
): Buffer {
  const shared = x25519(senderEphemeral, code.subarray(1, 33));
  const key = K(
    Buffer.concat([shared, code.subarray(65, 81)]),
    'link',
    Buffer.concat([text(origin), H('ek1/qr', code)]),
  );
  const list = (items: readonly Buffer[]): Buffer =>
    Buffer.concat([n16(items.length), ...items.flatMap((item) => [n32(item.length), item])]);
  const lists = [content.deviceLog, content.grantLog, content.heads].map(list);
  const plaintext = Buffer.concat([content.root, n32(content.entryCount), ...lists]);
  return Buffer.concat([n8(1), x25519Public(senderEphemeral), secretbox(key, ZERO_NONCE, padded(plaintext))]);
}

export const linkWordsHash = (code: Buffer, acct: Buffer, senderEphPk: Buffer): Buffer =>
  H('ek1/link-words', code, acct, senderEphPk);

/** The first ⌊n · log₂ 7776⌋ bits of a hash in base 7776. */
export function words(hash: Buffer, count: number): string {
  const bits = [...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let value = BigInt(`0b${bits.slice(0, Math.floor(count * Math.log2(7776)))}`);
  const out: string[] = [];
  while (out.length < count) {
    out.unshift(EFF[Number(value % 7776n)] ?? '');
    value /= 7776n;
  }
  return out.join(' ');
}

// --- invitations -------------------------------------------------------------------------------------------
export const inviteId = (s: Buffer): Buffer => K(s, 'invite-id', EMPTY, 16);
export const inviteOfferKey = (s: Buffer): Buffer => K(s, 'invite-offer', inviteId(s));
export const inviteReplyKey = (s: Buffer, ownerAcct: Buffer): Buffer =>
  K(s, 'invite-reply', Buffer.concat([inviteId(s), ownerAcct]));
export const pairWordsHash = (a: Buffer, b: Buffer, id: Buffer): Buffer => {
  const [first, second] = Buffer.compare(a, b) < 0 ? [a, b] : [b, a];
  return H('ek1/words', first, second, id);
};
