import { randomFillSync } from 'node:crypto';
import {
  type Bytes,
  bytesToAccountId,
  bytesToDeviceId,
  concat,
  pad,
  randomBytes,
  randomGrantId,
  u16,
  u32,
  utf8,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createVault } from './create-vault.ts';
import { decodeEntries, openKeys, parsePack } from './key-pack.ts';
import { decodeLetter, openLetter, parseLinkCode, startWaiting } from './linking.ts';
import { openLocalBoxes, parseBox } from './local.ts';
import { openFromInbox } from './inbox.ts';
import { boxPublicKey } from './seal.ts';
import { openSealed, parseSealed } from './sealed-box.ts';
import { Secret } from './secret.ts';
import { parseWrap } from './unlock/wrap.ts';

/** Each decoder meets this many inputs: noise, and good bytes with places changed, cut or lengthened. */
const INPUTS = 200_000;
/** Where each input costs a curve or a cipher: what comes before that meets all of them in the tests above. */
const COSTLY_INPUTS = 4000;

function* inputs(samples: readonly Uint8Array[], mostNoise: number, count: number): Generator<Bytes> {
  // Asked for once for many inputs: to ask costs more than most decoders do.
  const drawn = new Uint32Array(16 * 1024);
  for (let i = 0; i < count; i += 1) {
    if (i % 1024 === 0) randomFillSync(drawn);
    const numbers = drawn.subarray(16 * (i % 1024));
    const pick = (at: number, below: number): number => (numbers[at] ?? 0) % below;
    const sample = samples[pick(0, samples.length + 1)];
    if (sample === undefined) {
      yield randomBytes(pick(1, mostNoise));
      continue;
    }
    const bytes = new Uint8Array(sample);
    for (let change = pick(2, 4); change > 0; change -= 1)
      bytes[pick(2 + change, bytes.length)] = pick(6 + change, 256);
    const kind = pick(10, 4);
    if (kind === 0) yield bytes.subarray(0, pick(11, bytes.length + 1));
    else if (kind === 1) yield concat(bytes, randomBytes(pick(11, 20)));
    else yield bytes;
  }
}

function saidOf(samples: readonly Uint8Array[], decode: (bytes: Bytes) => string, count = INPUTS): string[] {
  const said = new Set<string>();
  for (const bytes of inputs(samples, 200, count)) said.add(decode(bytes));
  return [...said].toSorted();
}

test('whatever lies in storage, a wrap parses or is refused by name', () => {
  const wrap = concat(new Uint8Array([1, 1, 1]), u16(16), randomBytes(16 + 24 + 16 + 48));
  const said = saidOf([wrap, wrap], (bytes) => {
    const parsed = parseWrap(bytes);
    return parsed.ok ? 'ok' : parsed.reason;
  });
  expect(said).toEqual(['newer-app-needed', 'ok', 'tampered']);
});

test('whatever a pack holds, its keys are read or it is none', () => {
  const entry = (sid: number) =>
    concat(
      new Uint8Array(16).fill(sid),
      new Uint8Array([1]),
      u16(322),
      u16(0),
      new Uint8Array([3]),
      new Uint8Array(32),
    );
  const samples = [u16(0), concat(u16(1), entry(1)), concat(u16(3), entry(1), entry(2), entry(3))];
  expect(saidOf(samples, (bytes) => (decodeEntries(bytes) === null ? 'none' : 'keys'))).toEqual([
    'keys',
    'none',
  ]);
});

test('whatever a letter holds, it is read or it is none', () => {
  const list = (...items: readonly Bytes[]) =>
    concat(u16(items.length), ...items.flatMap((item) => [u32(item.length), item]));
  const samples = [
    concat(new Uint8Array(36), list(), list(), list()),
    concat(
      new Uint8Array(36),
      list(randomBytes(40), randomBytes(9)),
      list(randomBytes(3)),
      list(randomBytes(30)),
    ),
  ];
  expect(saidOf(samples, (bytes) => (decodeLetter(bytes) === null ? 'none' : 'letter'))).toEqual([
    'letter',
    'none',
  ]);
});

test('a letter that goes on behind its last list is none', () => {
  const letter = concat(new Uint8Array(36), u16(0), u16(0), u16(0));
  expect(decodeLetter(new Uint8Array(letter))).not.toBeNull();
  expect(decodeLetter(concat(letter, new Uint8Array(1)))).toBeNull();
});

test('whatever was scanned, it is a link code or none', () => {
  const code = concat(new Uint8Array([1]), randomBytes(80));
  expect(saidOf([code, code], (bytes) => (parseLinkCode(bytes) === null ? 'none' : 'code'))).toEqual([
    'code',
    'none',
  ]);
});

test('whatever bytes come, a box of this device, a letter or a note is cut into its fields or is none', () => {
  const box = concat(new Uint8Array([1]), randomBytes(24 + 272));
  const letter = concat(new Uint8Array([1]), randomBytes(32 + 272));
  expect(saidOf([box, box], (bytes) => String(parseBox(bytes)?.nonce.length))).toEqual(['24', 'undefined']);
  expect(saidOf([letter, letter], (bytes) => String(parseSealed(bytes)?.ephPk.length))).toEqual([
    '43',
    'undefined',
  ]);
});

test('whatever bytes come, a pack says whom it is for or is none', async () => {
  const [person, clinician] = [createVault(), createVault()];
  const { holder } = await person.create({ deviceName: 'phone', now: 0 });
  const { holder: reader } = await clinician.create({ deviceName: 'desk', now: 0 });
  const keys = [{ cat: 1, month: 322, epoch: 0, day: null }];
  const pack = await person.sealKeyPack({
    grant: randomGrantId(),
    to: reader.acct,
    toBoxPk: reader.boxPk,
    keys,
  });
  expect(saidOf([pack, pack], (bytes) => String(parsePack(bytes, holder.acct)?.to.length))).toEqual([
    '22',
    'undefined',
  ]);
});

test('whatever is given to be opened on this device or by this person, noise opens to nothing', async () => {
  const acct = bytesToAccountId(randomBytes(16));
  const dev = bytesToDeviceId(randomBytes(16));
  const secret = Secret.random(32);
  const reader = { acct, boxSecret: secret, boxPk: boxPublicKey(secret) };
  const local = openLocalBoxes(secret, acct);
  const waiting = await startWaiting();
  const samples = [
    concat(new Uint8Array([1]), randomBytes(200)),
    concat(new Uint8Array([1]), pad(utf8('x'))),
  ];
  expect(saidOf(samples, (bytes) => String(local.open('drafts', bytes)), COSTLY_INPUTS)).toEqual(['null']);
  const said = saidOf(
    samples,
    (bytes) => {
      const letter = openLetter(waiting, 'https://diary.example', bytes);
      const pack = openKeys(bytes, acct, reader, []);
      return [
        openSealed(secret, reader.boxPk, utf8('x'), bytes),
        openFromInbox({ acct, dev }, secret, reader.boxPk, bytes),
        letter.ok || letter.reason,
        pack.ok || pack.reason,
      ].join(' ');
    },
    COSTLY_INPUTS,
  );
  expect(said).toEqual(['  malformed malformed', '  tampered malformed']);
}, 60_000);
