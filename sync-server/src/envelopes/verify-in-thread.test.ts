import { readFileSync } from 'node:fs';
import { bytesToPublicKey, verifySignature, z } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { verifyInThread } from './verify-in-thread.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const vectors = new URL('../../../packages/protocol/vectors/ed25519_test.json', import.meta.url);
const wycheproof = z
  .object({
    testGroups: z.array(
      z.object({
        publicKey: z.object({ pk: z.string() }),
        tests: z.array(
          z.object({ tcId: z.int(), msg: z.string(), sig: z.string(), result: z.enum(['valid', 'invalid']) }),
        ),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(vectors, 'utf8')))
  .testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((vector) => ({ ...vector, pk: bytesToPublicKey(hex(publicKey.pk)) })),
  );

test('the verifier in the thread judges the 151 Wycheproof vectors rightly', () => {
  expect(wycheproof).toHaveLength(151);
  const wrong = wycheproof.filter(
    ({ pk, msg, sig, result }) => verifyInThread(pk, hex(msg), hex(sig)) !== (result === 'valid'),
  );
  expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
});

test('a key of small order, with which one constant signature fits every message, is refused here too', async () => {
  // The identity point, once as its own key and once as R; S is zero: 0·B = R + h·A whatever h is.
  const identity = `01${'00'.repeat(31)}`;
  const key = bytesToPublicKey(hex(identity));
  const signature = hex(identity + '00'.repeat(32));
  for (const message of ['', '00', 'ff'.repeat(40)]) {
    expect(verifyInThread(key, hex(message), signature)).toBe(false);
    expect(await verifySignature(key, hex(message), signature)).toBe(false);
  }
});
