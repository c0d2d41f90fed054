import { readFileSync } from 'node:fs';
import {
  type Bytes,
  type Hash32,
  type SignedObject,
  OBJECT_TYPE,
  bytesToAccountId,
  bytesToDeviceId,
  bytesToGrantId,
  bytesToHash32,
  bytesToPublicKey,
  bytesToRecordId,
  bytesToServerEpoch,
  bytesToStreamId,
  chainNext,
  chainStart,
  concat,
  encodeEnvelopeHeader,
  encodeStub,
  encodeUnsignedObject,
  fromBase64url,
  idToBytes,
  labelledHash,
  leafOf,
  objectHash,
  objectSignedBytes,
  pad,
  parseEnvelope,
  parseObject,
  sessionSignedBytes,
  sha256,
  stubOf,
  toBase64url,
  toHex,
  unpad,
  verifySignature,
  z,
} from '@evenkeel/protocol';
import { expect, test, vi } from 'vitest';
import { vectorsFile } from '../second/vectors.ts';
import { deriveKey } from './derive.ts';
import { openEnvelope, sealEnvelope } from './envelope-seal.ts';
import { deriveIdentity, openDevice } from './identity.ts';
import { openFromInbox, sealToInbox } from './inbox.ts';
import { type PackEntry, encodeEntries, openKeys, sealKeys } from './key-pack.ts';
import { openKeyTree } from './key-tree.ts';
import { linkMailbox, linkWords, openLetter, parseLinkCode, sealLetter, startWaiting } from './linking.ts';
import { openLocalBoxes } from './local.ts';
import { recoveryId, recoveryIdOf, secretOfWords, wordsOfSecret } from './recovery-kit.ts';
import { openSealed, sealTo } from './sealed-box.ts';
import { Secret } from './secret.ts';
import { signObject } from './sign-object.ts';
import { KDF } from './unlock/kdf.ts';
import { unwrapRoot, wrapRoot } from './unlock/unlock-secret.ts';
import type { UnlockSecret } from './vault.ts';
import { fingerprintWords } from './words/fingerprint-words.ts';

const FILE = readFileSync(new URL('../../protocol/vectors/ek1-vectors.json', import.meta.url), 'utf8');

const hex = z.pipe(
  z.string(),
  z.transform((text) =>
    new Uint8Array(text.length / 2).map((_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)),
  ),
);
const secret = z.pipe(
  hex,
  z.transform((bytes) => new Secret(bytes)),
);
const packKey = z.strictObject({ cat: z.int(), month: z.int(), epoch: z.int(), day: z.nullable(z.int()) });
const shape = <I extends z.core.$ZodShape, O extends z.core.$ZodShape>(input: I, out: O) => ({
  in: z.strictObject(input),
  out: z.strictObject(out),
});
const entry = <K extends string, I extends z.core.$ZodShape, O extends z.core.$ZodShape>(
  kind: K,
  input: I,
  out: O,
) => z.strictObject({ id: z.string(), kind: z.literal(kind), ...shape(input, out) });

const vectorSchema = z.discriminatedUnion('kind', [
  entry('base64url', { bytes: hex }, { text: z.string() }),
  entry('labelled-hash', { label: z.string(), x: hex }, { hash: z.string() }),
  entry('derive', { ikm: hex, label: z.string(), ctx: hex, length: z.int(), salt: hex }, { key: z.string() }),
  entry('account', { root: secret }, { acct: z.string(), signPk: z.string(), boxPk: z.string() }),
  entry('device', { seed: secret }, { dev: z.string(), signPk: z.string() }),
  entry(
    'key-tree',
    { root: secret, cat: z.int(), month: z.int(), epoch: z.int(), day: z.int() },
    { sid: z.string(), stream: z.string(), day: z.string(), kid: z.string() },
  ),
  entry('padding', { length: z.int(), byte: hex }, { paddedLength: z.int(), sha256: z.string() }),
  entry(
    'envelope',
    {
      root: secret,
      deviceSeed: secret,
      type: z.int(),
      epoch: z.int(),
      cat: z.int(),
      month: z.int(),
      day: z.int(),
      rec: hex,
      rev: z.int(),
      replaces: hex,
      nonce: hex,
      plaintext: hex,
    },
    { envelope: hex, stub: z.string(), leaf: z.string() },
  ),
  entry('chain', { acct: hex, sid: hex, serverEpoch: hex, leaves: z.array(hex) }, { chain: z.string() }),
  entry(
    'object',
    { root: secret, type: z.string(), deviceSeed: z.nullable(secret), payload: z.string() },
    { object: z.string(), hash: z.string() },
  ),
  entry('session', { origin: z.string(), acct: hex, dev: hex, challenge: hex }, { message: z.string() }),
  entry('sealed-box', { toRoot: secret, ephemeral: hex, context: hex, plaintext: hex }, { box: z.string() }),
  entry(
    'inbox-note',
    { root: secret, deviceSeed: secret, ephemeral: hex, plaintext: hex },
    { note: z.string() },
  ),
  entry(
    'key-pack',
    {
      root: secret,
      deviceSeed: secret,
      toRoot: secret,
      grant: hex,
      packId: hex,
      ephemeral: hex,
      keys: z.array(packKey),
    },
    { content: z.string(), object: z.string() },
  ),
  entry('local-box', { root: secret, label: z.string(), nonce: hex, plaintext: hex }, { box: z.string() }),
  entry('device-key-box', { root: secret, nonce: hex, deviceSeed: secret }, { box: z.string() }),
  entry(
    'wrap',
    {
      root: secret,
      type: z.enum(['passphrase', 'pin', 'passkey', 'recovery', 'none']),
      params: hex,
      given: z.string(),
      nonce: hex,
    },
    { wrap: z.string() },
  ),
  entry('recovery-kit', { secret }, { words: z.string(), id: z.string() }),
  entry(
    'link',
    {
      root: secret,
      deviceSeed: hex,
      ephemeral: hex,
      q: hex,
      origin: z.string(),
      senderEphemeral: hex,
      entryCount: z.int(),
      deviceLog: z.array(hex),
      grantLog: z.array(hex),
      heads: z.array(hex),
    },
    { code: z.string(), mailbox: z.string(), letter: z.string(), words: z.string() },
  ),
  entry(
    'invitation',
    { s: hex, owner: hex, clinician: hex },
    { id: z.string(), offerKey: z.string(), replyKey: z.string(), words: z.string() },
  ),
]);
type Vector = z.infer<typeof vectorSchema>;

const fileSchema = z.strictObject({
  protocol: z.literal('ek1'),
  suite: z.literal(1),
  bytes: z.literal('hex'),
  vectors: z.array(vectorSchema),
});
const { vectors } = fileSchema.parse(JSON.parse(FILE));

test('the frozen vectors are 86 and each has its own name', () => {
  expect(vectors).toHaveLength(86);
  expect(new Set(vectors.map(({ id }) => id)).size).toBe(86);
});

test('the second implementation writes the frozen file, byte for byte', () => {
  expect(vectorsFile()).toBe(FILE);
});

test.each(vectors.map((vector) => [vector.id, vector] as const))(
  '%s comes out as frozen',
  async (_, vector) => {
    await check(vector);
  },
);

async function check(vector: Vector): Promise<void> {
  switch (vector.kind) {
    case 'base64url': {
      expect(toBase64url(vector.in.bytes)).toBe(vector.out.text);
      expect(fromBase64url(vector.out.text)).toEqual(vector.in.bytes);
      return;
    }
    case 'labelled-hash':
      expect(toHex(labelledHash(vector.in.label, vector.in.x))).toBe(vector.out.hash);
      return;
    case 'derive': {
      const { ikm, label, ctx, length, salt } = vector.in;
      expect(toHex(deriveKey(ikm, label, ctx, length, salt))).toBe(vector.out.key);
      return;
    }
    case 'account': {
      const { acct, signing, boxPk } = await deriveIdentity(vector.in.root);
      expect({ acct: hexOf(acct), signPk: hexOf(signing.publicKey), boxPk: hexOf(boxPk) }).toEqual(
        vector.out,
      );
      return;
    }
    case 'device': {
      const { dev, signing } = await openDevice(vector.in.seed);
      expect({ dev: hexOf(dev), signPk: hexOf(signing.publicKey) }).toEqual(vector.out);
      return;
    }
    case 'key-tree': {
      const { root, cat, month, epoch, day } = vector.in;
      const tree = openKeyTree(root, (await deriveIdentity(root)).acct);
      const stream = tree.stream(cat, month, epoch);
      const { kid, key } = tree.dayKey({ cat, month, day }, epoch);
      const sid = tree.sidOf(cat, month);
      const found = {
        sid: hexOf(sid),
        stream: toHex(stream.key.reveal()),
        day: toHex(key.reveal()),
        kid: hexOf(kid),
      };
      expect(found).toEqual(vector.out);
      expect(tree.placeOf(sid, kid, epoch)).toEqual({ cat, month, day });
      return;
    }
    case 'padding': {
      const plaintext = new Uint8Array(vector.in.length).fill(vector.in.byte[0] ?? 0);
      const padded = pad(plaintext);
      expect({ paddedLength: padded.length, sha256: toHex(sha256(padded)) }).toEqual(vector.out);
      expect(unpad(padded)).toEqual(plaintext);
      return;
    }
    case 'envelope':
      return checkEnvelope(vector);
    case 'chain': {
      const { acct, sid, serverEpoch, leaves } = vector.in;
      const start = chainStart(bytesToAccountId(acct), bytesToStreamId(sid), bytesToServerEpoch(serverEpoch));
      const end = leaves.map(bytesToHash32).reduce<Hash32>(chainNext, start);
      expect(hexOf(end)).toBe(vector.out.chain);
      return;
    }
    case 'object':
      return checkObject(vector);
    case 'session': {
      const { origin, acct, dev, challenge } = vector.in;
      const message = sessionSignedBytes(
        origin,
        bytesToAccountId(acct),
        bytesToDeviceId(dev),
        toBase64url(challenge),
      );
      expect(toHex(message)).toBe(vector.out.message);
      return;
    }
    case 'sealed-box': {
      const { toRoot, ephemeral, context, plaintext } = vector.in;
      const { boxPk, boxSecret } = await deriveIdentity(toRoot);
      const box = await withRandom([ephemeral], () => sealTo(boxPk, context, plaintext));
      expect(toHex(box)).toBe(vector.out.box);
      expect(openSealed(boxSecret, boxPk, context, box)).toEqual(plaintext);
      return;
    }
    case 'inbox-note': {
      const { root, deviceSeed, ephemeral, plaintext } = vector.in;
      const { acct, boxPk, boxSecret } = await deriveIdentity(root);
      const { dev } = await openDevice(deviceSeed);
      const note = await withRandom([ephemeral], () => sealToInbox({ acct, dev }, boxPk, plaintext));
      expect(toHex(note)).toBe(vector.out.note);
      expect(openFromInbox({ acct, dev }, boxSecret, boxPk, note)).toEqual(plaintext);
      return;
    }
    case 'key-pack':
      return checkKeyPack(vector);
    case 'local-box': {
      const { root, label, nonce, plaintext } = vector.in;
      const local = openLocalBoxes(root, (await deriveIdentity(root)).acct);
      const box = await withRandom([nonce], () => local.seal(label, plaintext));
      expect(toHex(box)).toBe(vector.out.box);
      expect(local.open(label, box)).toEqual(plaintext);
      return;
    }
    case 'device-key-box': {
      const { root, nonce, deviceSeed } = vector.in;
      const local = openLocalBoxes(root, (await deriveIdentity(root)).acct);
      const box = await withRandom([nonce], () => local.sealDeviceKey(deviceSeed));
      expect(toHex(box)).toBe(vector.out.box);
      expect(local.openDeviceKey(box)?.reveal()).toEqual(deviceSeed.reveal());
      return;
    }
    case 'wrap': {
      const { root, type, params, given, nonce } = vector.in;
      const { acct } = await deriveIdentity(root);
      const held = unlockSecret(type, given);
      const wrap = await withRandom([params, nonce], () => wrapRoot(root, acct, held, KDF));
      expect(toHex(wrap)).toBe(vector.out.wrap);
      const opened = await unwrapRoot(wrap, acct, held, KDF);
      expect(opened.ok && opened.root.reveal()).toEqual(root.reveal());
      return;
    }
    case 'recovery-kit': {
      const words = (await wordsOfSecret(vector.in.secret)).join(' ');
      expect({ words, id: hexOf(recoveryId(vector.in.secret)) }).toEqual(vector.out);
      expect(hexOf((await recoveryIdOf(words)) ?? '')).toBe(vector.out.id);
      expect((await secretOfWords(words))?.reveal()).toEqual(vector.in.secret.reveal());
      return;
    }
    case 'link':
      return checkLink(vector);
    case 'invitation': {
      const { s, owner, clinician } = vector.in;
      const id = deriveKey(s, 'invite-id', undefined, 16);
      const offerKey = deriveKey(s, 'invite-offer', id);
      const replyKey = deriveKey(s, 'invite-reply', concat(id, owner));
      const [first, second] = toHex(owner) < toHex(clinician) ? [owner, clinician] : [clinician, owner];
      const words = (await fingerprintWords(labelledHash('ek1/words', concat(first, second, id)), 6)).join(
        ' ',
      );
      expect({ id: toHex(id), offerKey: toHex(offerKey), replyKey: toHex(replyKey), words }).toEqual(
        vector.out,
      );
    }
  }
}

async function checkEnvelope(vector: Extract<Vector, { kind: 'envelope' }>): Promise<void> {
  const { root, deviceSeed, cat, month, day, epoch, nonce, plaintext, rev } = vector.in;
  const { acct } = await deriveIdentity(root);
  const device = await openDevice(deviceSeed);
  const tree = openKeyTree(root, acct);
  const { kid, key } = tree.dayKey({ cat, month, day }, epoch);
  const parsed = parseEnvelope(vector.out.envelope);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { envelope } = parsed;
  const { type } = envelope.header;
  const header = {
    type,
    epoch,
    sid: tree.sidOf(cat, month),
    kid,
    rev,
    dev: device.dev,
    rec: bytesToRecordId(vector.in.rec),
    replaces: bytesToHash32(vector.in.replaces),
  };
  expect(envelope.header).toEqual(header);
  expect(encodeEnvelopeHeader(header, nonce)).toEqual(envelope.headerBytes);
  const sealed = await withRandom([nonce], () => sealEnvelope(acct, header, key, device.signing, plaintext));
  expect(toHex(sealed)).toBe(toHex(vector.out.envelope));
  expect(openEnvelope(acct, envelope, key)).toEqual(plaintext);
  expect(toHex(encodeStub(stubOf(envelope)))).toBe(vector.out.stub);
  expect(hexOf(leafOf(envelope))).toBe(vector.out.leaf);
}

async function checkObject(vector: Extract<Vector, { kind: 'object' }>): Promise<void> {
  const { root, type: name, deviceSeed, payload } = vector.in;
  const identity = await deriveIdentity(root);
  const device = await openDevice(deviceSeed ?? new Secret(new Uint8Array(32).fill(9)));
  const signer = deviceSeed === null ? 'identity' : 'device';
  const parsed = parseObject(bytesOf(vector.out.object));
  if (!parsed.ok) throw new Error(parsed.reason);
  const { type } = parsed.object;
  expect(type).toBe(name);
  const signed = await signObject({ identity, device }, { type, signer, payload: JSON.parse(payload) });
  expect(toHex(signed)).toBe(vector.out.object);
  expect(hexOf(objectHash(signed))).toBe(vector.out.hash);
  await expectSigned(
    parsed.object,
    signer === 'identity' ? identity.signing.publicKey : device.signing.publicKey,
  );
}

async function checkKeyPack(vector: Extract<Vector, { kind: 'key-pack' }>): Promise<void> {
  const { root, deviceSeed, toRoot, packId, ephemeral, keys } = vector.in;
  const identity = await deriveIdentity(root);
  const device = await openDevice(deviceSeed);
  const reader = await deriveIdentity(toRoot);
  const tree = openKeyTree(root, identity.acct);
  const entries = keys.map(({ cat, month, epoch, day }): PackEntry => {
    const key =
      day === null ? tree.stream(cat, month, epoch).key : tree.dayKey({ cat, month, day }, epoch).key;
    return { sid: tree.sidOf(cat, month), cat, month, epoch, day, key };
  });
  expect(toHex(encodeEntries(entries))).toBe(vector.out.content);
  const to = { grant: bytesToGrantId(vector.in.grant), to: reader.acct, toBoxPk: reader.boxPk };
  const payload = await withRandom([packId, ephemeral], () => sealKeys(identity.acct, to, entries));
  const pack = await signObject({ identity, device }, { type: 'key-pack', signer: 'device', payload });
  expect(toHex(pack)).toBe(vector.out.object);
  const admitted = entries.map(({ sid }) => ({ sid, kids: null }));
  const opened = openKeys(pack, identity.acct, reader, admitted);
  expect(opened.ok && opened.entries.length).toBe(keys.length);
}

async function checkLink(vector: Extract<Vector, { kind: 'link' }>): Promise<void> {
  const { root, deviceSeed, ephemeral, q, origin, senderEphemeral, entryCount, deviceLog, grantLog, heads } =
    vector.in;
  const { acct } = await deriveIdentity(root);
  const waiting = await withRandom([deviceSeed, ephemeral, q], () => startWaiting());
  expect(toHex(waiting.qr)).toBe(vector.out.code);
  const code = parseLinkCode(waiting.qr);
  if (code === null) throw new Error('the code does not parse');
  expect(hexOf(linkMailbox(code.q))).toBe(vector.out.mailbox);
  const content = { root, entryCount, deviceLog, grantLog, heads };
  const letter = await withRandom([senderEphemeral], () => sealLetter(waiting.qr, code, origin, content));
  if (letter === null) throw new Error('the code was refused');
  expect(toHex(letter.bytes)).toBe(vector.out.letter);
  expect((await linkWords(waiting.qr, acct, letter.senderEphPk)).join(' ')).toBe(vector.out.words);
  const opened = openLetter(waiting, origin, letter.bytes);
  expect(opened.ok && { ...opened.letter, root: opened.letter.root.reveal() }).toEqual({
    ...content,
    root: root.reveal(),
  });
}

async function expectSigned(object: SignedObject, publicKey: string): Promise<void> {
  const before = object.bytes.subarray(0, -64);
  const rebuilt = encodeUnsignedObject(
    object.type,
    object.acct,
    object.signer,
    JSON.parse(new TextDecoder().decode(object.payload)),
  );
  expect(rebuilt).toEqual(before);
  expect(OBJECT_TYPE[object.type]).toBe(before[1]);
  const key = bytesToPublicKey(idToBytes(publicKey));
  expect(await verifySignature(key, objectSignedBytes(object.type, before), object.signature)).toBe(true);
}

function unlockSecret(type: UnlockSecret['type'], given: string): UnlockSecret {
  switch (type) {
    case 'passphrase':
      return { type, passphrase: given };
    case 'pin':
      return { type, pin: given };
    case 'recovery':
      return { type, words: given };
    case 'passkey':
      return { type, prfOutput: bytesOf(given) };
    case 'none':
      return { type, secret: bytesOf(given) };
  }
}

/** Runs `act` while the random generator gives exactly these bytes, all of them. */
async function withRandom<T>(parts: readonly Uint8Array[], act: () => T | Promise<T>): Promise<T> {
  let rest: Bytes = concat(...parts);
  const spy = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    if (!(array instanceof Uint8Array) || rest.length < array.length)
      throw new Error('more randomness than the vector has');
    array.set(rest.subarray(0, array.length));
    rest = rest.subarray(array.length);
    return array;
  });
  try {
    const result = await act();
    expect(rest.length, 'random bytes left over').toBe(0);
    return result;
  } finally {
    spy.mockRestore();
  }
}

function hexOf(id: string): string {
  return toHex(idToBytes(id));
}

function bytesOf(text: string): Bytes {
  return hex.parse(text);
}
