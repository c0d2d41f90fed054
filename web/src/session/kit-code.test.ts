import { type Bytes, objectHash, toBase64url, utf8 } from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { type KitCode, floorOf, kitCode, kitCodeOf, reachesFloor, wordsIn } from './kit-code.ts';

const INPUTS = 200_000;
const WORDS = 'zoo '.repeat(24).trim();
const kit: KitCode = {
  words: WORDS,
  account: 'AAAAAAAAAAAAAAAAAAAAAA',
  server: 'https://diary.example',
  floor: { seq: 1, hash: '0011223344556677' },
};

test('a kit is read from its code as it was printed, and typed words are no code', () => {
  for (const server of [kit.server, null])
    expect(kitCodeOf(kitCode({ ...kit, server }))).toEqual({ ...kit, server });
  expect(wordsIn(` ${kitCode(kit)}\n`).join(' ')).toBe(WORDS);
  expect(kitCodeOf(WORDS)).toBeNull();
  expect(wordsIn('Zoo, ZOO\n1. zoo')).toEqual(['zoo', 'zoo', 'zoo']);
});

/** xorshift32: quick, and the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('whatever a code holds, it is a kit or it is none', () => {
  const random = generator(0x9e3779b9);
  const samples = [utf8(JSON.stringify(kit)), utf8('{"words":"zoo"}'), utf8('[')];
  const counts = { kit: 0, none: 0 };
  for (let i = 0; i < INPUTS; i += 1) {
    const sample = samples[random(5)];
    const bytes = sample === undefined ? new Uint8Array(random(60)).map(() => random(256)) : sample.slice();
    for (let changes = random(3); changes > 0; changes -= 1) bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
    const code = `ek1-kit:${toBase64url(cut)}${random(20) === 0 ? '=' : ''}`;
    counts[kitCodeOf(code) === null ? 'none' : 'kit'] += 1;
  }
  expect(counts.kit + counts.none).toBe(INPUTS);
  expect(Math.min(counts.kit, counts.none)).toBeGreaterThan(1000);
});

test('a code that is no JSON, or another, is none, and its letters are words to be refused', () => {
  for (const json of ['', 'no json', '{"words":', '[]', 'null', '"zoo"', `${JSON.stringify(kit)} x`]) {
    const code = `ek1-kit:${toBase64url(utf8(json))}`;
    expect(kitCodeOf(code), json).toBeNull();
    expect(wordsIn(code).length, json).toBeGreaterThan(0);
  }
});

/** The device log of a person who made a kit after their first device, and then took a second one off it again. */
async function laterLog(): Promise<{ readonly log: readonly Bytes[]; readonly floor: KitCode['floor'] }> {
  const vault = createVault();
  const { deviceLog } = await vault.create({ deviceName: 'phone', now: 0 });
  const log = [...deviceLog];
  const last = (): Bytes => log.at(-1) ?? new Uint8Array();
  const tablet = await vault.addDevice({ deviceName: 'tablet', now: 1, seq: 2, prev: objectHash(last()) });
  log.push(tablet.cert);
  const payload = {
    seq: 3,
    prev: objectHash(last()),
    time: 2,
    dev: tablet.holder.dev,
    cut: objectHash(last()),
  };
  log.push(...(await vault.sign([{ type: 'device-revoke', signer: 'identity', payload }])));
  return { log, floor: floorOf({ seq: 2, hash: objectHash(tablet.cert) }) };
}

test('a served log that ends before the kit was made, or that is another one, does not reach its floor', async () => {
  const { log, floor } = await laterLog();
  const { log: another } = await laterLog();
  expect(reachesFloor(log, floor)).toBe(true);
  expect(reachesFloor(log.slice(0, 2), floor)).toBe(false);
  expect(reachesFloor([], floor)).toBe(false);
  expect(reachesFloor(another, floor)).toBe(false);
});

test('a limit: what came after the kit can be kept from a new device, here that the tablet was removed', async () => {
  const { log, floor } = await laterLog();
  expect(log).toHaveLength(4);
  expect(reachesFloor(log.slice(0, 3), floor)).toBe(true);
});
