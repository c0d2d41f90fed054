import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Bytes, concat, fromBase64url, z } from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { type BackupSource, blobSource, readEnvelopes, readLayout } from './backup-file.ts';
import { backedUpIn, readBackup } from './read-backup.ts';

const INPUTS = 200_000;

const frozen = z
  .object({
    file: z.string(),
    words: z.string(),
    acct: z.string(),
    dev: z.string(),
    devicePk: z.string(),
    madeAt: z.int(),
    envelopes: z.int(),
    text: z.string(),
    deletions: z.int(),
  })
  .parse(JSON.parse(readFileSync(new URL('../vectors/backup-1.json', import.meta.url), 'utf8')));
const file = fromBase64url(frozen.file) ?? new Uint8Array();

test('the frozen file opens with its words and says what it always said', async () => {
  const read = await readBackup(blobSource(new Blob([file])));
  if (!read.ok) throw new Error(read.reason);
  const { backup } = read;
  expect(backup).toMatchObject({
    acct: frozen.acct,
    madeBy: frozen.dev,
    madeAt: frozen.madeAt,
    server: null,
    envelopes: frozen.envelopes,
  });
  const vault = createVault();
  const unlocked = await vault.unlock({
    acct: backup.acct,
    wrap: backup.wraps.get('recovery') ?? new Uint8Array(),
    secret: { type: 'recovery', words: frozen.words },
    deviceKeyBox: null,
  });
  expect(unlocked.ok).toBe(true);
  const versions = [];
  for await (const part of backedUpIn(backup, vault)) versions.push(...part.map(({ version }) => version));
  expect(versions.filter(({ kind }) => kind === 'tombstone')).toHaveLength(frozen.deletions);
  expect(versions.filter(({ kind }) => kind === 'record')).toHaveLength(2);
  expect(JSON.stringify(versions)).toContain(frozen.text);
});

test('a reader that shares no code with ours finds the same sections, hashes and signature in it', () => {
  const bytes = Buffer.from(file);
  const hash = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  expect(bytes.toString('latin1', 0, 8)).toBe('EKBACKUP');
  expect(bytes[8]).toBe(1);
  expect(bytes.toString('base64url', 9, 25)).toBe(frozen.acct);
  const outline = [bytes.subarray(0, 25)];
  const kinds: number[] = [];
  let statement = Buffer.alloc(0);
  for (let at = 25; at < bytes.length;) {
    const kind = bytes.readUInt8(at);
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    const digest = bytes.subarray(end, end + 32);
    expect(hash(bytes.subarray(at, end))).toEqual(digest);
    kinds.push(kind);
    if (kind === 6) statement = bytes.subarray(at + 9, end);
    else outline.push(bytes.subarray(at, at + 5), digest);
    at = end + 32;
  }
  expect(kinds).toEqual([1, 2, 3, 4, 5, 6]);
  const payload: unknown = JSON.parse(statement.toString('utf8', 38, statement.length - 64));
  expect(payload).toEqual({
    time: frozen.madeAt,
    server: null,
    envelopes: frozen.envelopes,
    contents: hash(...outline).toString('base64url'),
  });
  expect(statement.subarray(0, 2)).toEqual(Buffer.from([1, 97]));
  expect(statement.toString('base64url', 18, 34)).toBe(frozen.dev);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: frozen.devicePk }, format: 'jwk' });
  const signed = Buffer.concat([Buffer.from('ek1/obj/backup\0'), statement.subarray(0, -64)]);
  expect(verify(null, signed, key, statement.subarray(-64))).toBe(true);
});

test('whatever bytes come, a file is cut into sections or refused by one of its four reasons', async () => {
  const counts = new Map<string, number>();
  for (const bytes of inputs()) {
    const source = memorySource(bytes);
    const read = await readLayout(source);
    const said = read.ok ? 'ok' : read.reason;
    counts.set(said, (counts.get(said) ?? 0) + 1);
    if (!read.ok) continue;
    for (const section of read.layout.envelopes) await readEnvelopes(source, section);
  }
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(INPUTS);
  expect([...counts.keys()].toSorted()).toEqual([
    'cut-short',
    'damaged',
    'newer-app-needed',
    'not-a-backup',
    'ok',
  ]);
}, 120_000);

function memorySource(bytes: Bytes): BackupSource {
  return { size: bytes.length, read: async (at, length) => bytes.slice(at, at + length) };
}

/** Noise, and the frozen file with a few places changed, cut or with something behind it. */
function* inputs(): Generator<Bytes> {
  let state = 0x9e3779b9;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  // Most changes near the beginning, where a change decides what everything behind it means.
  const place = (): number => (random(2) === 0 ? random(60) : random(file.length));
  for (let i = 0; i < INPUTS; i += 1) {
    if (random(3) === 0) {
      yield concat(
        file.subarray(0, random(3) * 5),
        new Uint8Array(random(200)).map(() => random(256)),
      );
      continue;
    }
    const bytes = new Uint8Array(file);
    for (let changes = random(3); changes > 0; changes -= 1) bytes[place()] = random(256);
    const kind = random(4);
    if (kind === 0) yield bytes.slice(0, random(bytes.length + 1));
    else if (kind === 1) yield concat(bytes, bytes.subarray(0, random(20)));
    else yield bytes;
  }
}
