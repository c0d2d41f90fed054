import { type Bytes, bytesToAccountId, randomBytes, toHex } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VaultFault } from '../fault.ts';
import { newKitSecret, wordsOfSecret } from '../recovery-kit.ts';
import { Secret } from '../secret.ts';
import type { UnlockSecret } from '../vault.ts';
import { KDF, type KdfTable } from './kdf.ts';
import { normalPassphrase } from './passphrase.ts';
import { stretchPin } from './pin.ts';
import { unwrapRoot, wrapRoot } from './unlock-secret.ts';
import { sealWrap } from './wrap.ts';

/** Argon2id at a cost a test can pay a thousand times. */
const CHEAP: KdfTable = {
  profiles: new Map([[1, { memoryKiB: 8, passes: 1, lanes: 1 }]]),
  current: 1,
  least: 1,
};
const ACCT = bytesToAccountId(new Uint8Array(16).fill(1));
const root = Secret.random(32);

const kitWords = (await wordsOfSecret(newKitSecret())).join(' ');
const otherWords = (await wordsOfSecret(newKitSecret())).join(' ');
const prfOutput = randomBytes(32);
const SECRETS: readonly UnlockSecret[] = [
  { type: 'passphrase', passphrase: 'abacus doorknob unlit zesty otter' },
  { type: 'pin', pin: '271828' },
  { type: 'passkey', prfOutput },
  { type: 'recovery', words: kitWords },
  { type: 'none', secret: randomBytes(32) },
];
const WRONG: readonly UnlockSecret[] = [
  { type: 'passphrase', passphrase: 'abacus doorknob unlit zesty otters' },
  { type: 'pin', pin: '271829' },
  { type: 'passkey', prfOutput: randomBytes(32) },
  { type: 'recovery', words: otherWords },
  { type: 'none', secret: randomBytes(32) },
];

async function said(wrap: Uint8Array, secret: UnlockSecret, table = CHEAP, acct = ACCT): Promise<string> {
  const opened = await unwrapRoot(wrap, acct, secret, table);
  if (!opened.ok) return opened.reason;
  expect(toHex(opened.root.reveal())).toBe(toHex(root.reveal()));
  return opened.outdated ? 'outdated' : 'ok';
}

test('each wrap opens with its own secret, and none with another’s', async () => {
  const wraps = await Promise.all(SECRETS.map((secret) => wrapRoot(root, ACCT, secret, CHEAP)));
  for (const [i, wrap] of wraps.entries()) {
    for (const [j, secret] of SECRETS.entries())
      expect(await said(wrap, secret)).toBe(i === j ? 'ok' : 'wrong-secret');
    for (const secret of WRONG) expect(await said(wrap, secret)).toBe('wrong-secret');
  }
});

test('whatever the secret, it opens what it closed', async () => {
  const secret: fc.Arbitrary<UnlockSecret> = fc.oneof(
    fc.record({
      type: fc.constant('passphrase' as const),
      passphrase: fc
        .string({ minLength: 30, maxLength: 60 })
        .filter((text) => normalPassphrase(text).length >= 15),
    }),
    fc.record({ type: fc.constant('pin' as const), pin: fc.stringMatching(/^[0-9]{6,12}$/) }),
    fc.record({
      type: fc.constant('none' as const),
      secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    }),
    fc.record({
      type: fc.constant('passkey' as const),
      prfOutput: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(secret, async (held) => {
      const wrap = await wrapRoot(root, ACCT, held, CHEAP);
      expect(await said(wrap, held)).toBe('ok');
      expect(await wrapRoot(root, ACCT, held, CHEAP)).not.toEqual(wrap);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('every flipped bit and every truncation of a wrap is refused', async () => {
  for (const secret of SECRETS) {
    const wrap = await wrapRoot(root, ACCT, secret, CHEAP);
    for (let bit = 0; bit < 8 * wrap.length; bit += 1) {
      const flipped = wrap.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(['wrong-secret', 'tampered', 'weak-profile', 'newer-app-needed']).toContain(
        await said(flipped, secret),
      );
    }
    for (let length = 0; length < wrap.length; length += 1)
      expect(await said(wrap.subarray(0, length), secret)).toBe('tampered');
  }
}, 60_000);

test('a wrap belongs to its account', async () => {
  const wrap = await wrapRoot(root, ACCT, { type: 'passkey', prfOutput }, CHEAP);
  expect(await said(wrap, { type: 'passkey', prfOutput }, CHEAP, bytesToAccountId(new Uint8Array(16)))).toBe(
    'wrong-secret',
  );
});

test('nobody lowers the KDF: profile 0 is weak, an unknown one needs a newer app, the table is compiled in', async () => {
  const secret: UnlockSecret = { type: 'pin', pin: '271828' };
  const wrap = await wrapRoot(root, ACCT, secret, CHEAP);
  const withProfile = (profile: number): Bytes =>
    new Uint8Array(wrap.map((byte, i) => (i === 2 ? profile : byte)));
  expect(wrap[2]).toBe(1);
  expect(await said(withProfile(0), secret)).toBe('weak-profile');
  for (const profile of [2, 7, 255])
    expect(await said(withProfile(profile), secret)).toBe('newer-app-needed');
});

test('a wrap below the current profile opens and asks to be made anew; below the floor it is refused', async () => {
  const secret: UnlockSecret = { type: 'passphrase', passphrase: 'abacus doorknob unlit zesty otter' };
  const old = await wrapRoot(root, ACCT, secret, CHEAP);
  const profiles = new Map([...CHEAP.profiles, [2, { memoryKiB: 16, passes: 1, lanes: 1 }] as const]);
  expect(await said(old, secret, { profiles, current: 2, least: 1 })).toBe('outdated');
  expect(await said(old, secret, { profiles, current: 2, least: 2 })).toBe('weak-profile');
  const renewed = await wrapRoot(root, ACCT, secret, { profiles, current: 2, least: 1 });
  expect(await said(renewed, secret, { profiles, current: 2, least: 2 })).toBe('ok');
});

test('a passphrase below fifteen characters, a PIN below six digits and a key that is none make no wrap', async () => {
  const weak: readonly UnlockSecret[] = [
    { type: 'passphrase', passphrase: 'fourteen chars' },
    { type: 'passphrase', passphrase: `  ${'a'.repeat(14)}   ` },
    { type: 'pin', pin: '12345' },
    { type: 'pin', pin: '12345a' },
    { type: 'pin', pin: '' },
    { type: 'pin', pin: '１２３４５６' },
    { type: 'none', secret: new Uint8Array(31) },
    { type: 'passkey', prfOutput: new Uint8Array(0) },
    { type: 'recovery', words: 'abandon abandon' },
  ];
  for (const secret of weak) {
    await expect(wrapRoot(root, ACCT, secret, CHEAP), JSON.stringify(secret)).rejects.toMatchObject({
      code: 'weak-secret',
    });
    await expect(wrapRoot(root, ACCT, secret, CHEAP)).rejects.toBeInstanceOf(VaultFault);
  }
});

test('spaces and spellings a keyboard adds by itself change no passphrase; letters do', async () => {
  const wrap = await wrapRoot(
    root,
    ACCT,
    { type: 'passphrase', passphrase: 'caf\u00e9 abacus unlit zesty' },
    CHEAP,
  );
  for (const typed of [
    'cafe\u0301 abacus unlit zesty',
    ' café  abacus unlit\tzesty\n',
    'ｃａｆé abacus unlit zesty',
  ]) {
    expect(await said(wrap, { type: 'passphrase', passphrase: typed }), typed).toBe('ok');
  }
  for (const typed of ['cafe abacus unlit zesty', 'Café abacus unlit zesty', 'caféabacus unlit zesty']) {
    expect(await said(wrap, { type: 'passphrase', passphrase: typed }), typed).toBe('wrong-secret');
  }
});

test('kit words open in any case and spacing, and not with one word changed', async () => {
  const wrap = await wrapRoot(root, ACCT, { type: 'recovery', words: kitWords }, CHEAP);
  const words = kitWords.split(' ');
  for (const typed of [kitWords.toUpperCase(), ` ${words.join('\n')} `, words.join(', ')]) {
    expect(await said(wrap, { type: 'recovery', words: typed })).toBe('ok');
  }
  expect(await said(wrap, { type: 'recovery', words: words.toReversed().join(' ') })).toBe('wrong-secret');
  expect(await said(wrap, { type: 'recovery', words: words.slice(1).join(' ') })).toBe('wrong-secret');
});

test('a salt that is not 16 bytes is refused, even where its wrap would open', async () => {
  const pin: UnlockSecret = { type: 'pin', pin: '271828' };
  for (const length of [8, 15, 17, 300]) {
    const params = randomBytes(length);
    const key = await stretchPin(pin.pin, params, { memoryKiB: 8, passes: 1, lanes: 1 });
    expect(await said(sealWrap(root, ACCT, { type: 'pin', profile: 1, params }, key), pin)).toBe('tampered');
  }
  const none: UnlockSecret = { type: 'none', secret: prfOutput };
  const withParams = sealWrap(
    root,
    ACCT,
    { type: 'none', profile: 0, params: new Uint8Array(1) },
    new Secret(prfOutput),
  );
  const withProfile = sealWrap(
    root,
    ACCT,
    { type: 'none', profile: 1, params: new Uint8Array(0) },
    new Secret(prfOutput),
  );
  for (const wrap of [withParams, withProfile]) expect(await said(wrap, none)).toBe('tampered');
});

test('a key of the wrong length unlocks nothing', async () => {
  const wrap = await wrapRoot(root, ACCT, { type: 'passkey', prfOutput }, CHEAP);
  expect(await said(wrap, { type: 'passkey', prfOutput: prfOutput.subarray(1) })).toBe('wrong-secret');
  const none = await wrapRoot(root, ACCT, { type: 'none', secret: prfOutput }, CHEAP);
  expect(await said(none, { type: 'none', secret: new Uint8Array(0) })).toBe('wrong-secret');
});

test('a wrong passphrase at the real cost is a wrong secret, the right one opens', async () => {
  const secret: UnlockSecret = { type: 'passphrase', passphrase: 'abacus doorknob unlit zesty otter' };
  const wrap = await wrapRoot(root, ACCT, secret, KDF);
  expect(await said(wrap, secret, KDF)).toBe('ok');
  expect(await said(wrap, { ...secret, passphrase: 'abacus doorknob unlit zesty other' }, KDF)).toBe(
    'wrong-secret',
  );
  expect(await said(wrap, secret, CHEAP)).toBe('wrong-secret');
});
