import { argon2Sync } from 'node:crypto';
import { toHex, utf8 } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { argon2 } from './argon2.ts';
import { KDF } from './kdf.ts';

/** Node's Argon2id (OpenSSL), which takes the secret and associated data that RFC 9106's vector has. */
function nodeArgon2(
  password: Uint8Array,
  salt: Uint8Array,
  memoryKiB: number,
  passes: number,
  lanes: number,
  length: number,
) {
  return argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory: memoryKiB,
    passes,
    parallelism: lanes,
    tagLength: length,
  });
}

test("Node's Argon2id makes the tag of RFC 9106, section 5.3", () => {
  const tag = argon2Sync('argon2id', {
    message: new Uint8Array(32).fill(1),
    nonce: new Uint8Array(16).fill(2),
    secret: new Uint8Array(8).fill(3),
    associatedData: new Uint8Array(12).fill(4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('ours makes the tags of the reference implementation (test.c, version 0x13)', async () => {
  const tags = [
    ['password', 2, 256, 1, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
    ['password', 2, 256, 2, '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037'],
    ['password', 2, 65_536, 1, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
  ] as const;
  for (const [password, passes, memoryKiB, lanes, tag] of tags) {
    expect(toHex(await argon2(utf8(password), utf8('somesalt'), { memoryKiB, passes, lanes }, 32))).toBe(tag);
  }
});

test("ours and Node's agree on whatever is asked of them", async () => {
  const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
  await fc.assert(
    fc.asyncProperty(
      bytes(1, 80),
      bytes(16, 16),
      fc.integer({ min: 8, max: 64 }),
      fc.integer({ min: 1, max: 3 }),
      async (password, salt, memoryKiB, passes) => {
        const ours = await argon2(password, salt, { memoryKiB, passes, lanes: 1 }, 32);
        expect(toHex(ours)).toBe(nodeArgon2(password, salt, memoryKiB, passes, 1, 32).toString('hex'));
      },
    ),
    { numRuns: 100 },
  );
});

test('profile 1 is 64 MiB, three passes, one lane, and nothing lower is taken', () => {
  expect([...KDF.profiles]).toEqual([[1, { memoryKiB: 65_536, passes: 3, lanes: 1 }]]);
  expect([KDF.current, KDF.least]).toEqual([1, 1]);
});
