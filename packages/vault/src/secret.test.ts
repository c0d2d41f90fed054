import { inspect } from 'node:util';
import { toBase64url, toHex } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { VaultFault } from './fault.ts';
import { Secret } from './secret.ts';

test('a secret shows itself as <redacted>, however it is printed', () => {
  const secret = new Secret(new Uint8Array([0xde, 0xad, 0xbe, 0xef]));
  const shown = [
    String(secret),
    [secret].join(),
    String.raw({ raw: ['at ', ''] }, secret),
    JSON.stringify(secret),
    JSON.stringify({ key: secret }),
    inspect(secret),
    inspect({ deep: [secret] }, { depth: 9, showHidden: true }),
    Object.entries(secret).join(),
    JSON.stringify(structuredClone({ secret })),
  ];
  for (const text of shown) {
    expect(text).not.toMatch(/222|173|190|239|dead|beef|3q2/i);
    expect(text).not.toContain(toHex(secret.reveal()));
    expect(text).not.toContain(toBase64url(secret.reveal()));
  }
  expect(shown.slice(0, 6)).toEqual([
    '<redacted>',
    '<redacted>',
    'at <redacted>',
    '"<redacted>"',
    '{"key":"<redacted>"}',
    '<redacted>',
  ]);
});

test('at the end of its block a secret is zeroed, and gives nothing any more', () => {
  let kept: Uint8Array;
  let escaped: Secret;
  {
    using secret = Secret.random(32);
    kept = secret.reveal();
    escaped = secret;
    expect(kept.some((byte) => byte !== 0)).toBe(true);
  }
  expect(kept.every((byte) => byte === 0)).toBe(true);
  expect(() => escaped.reveal()).toThrow(VaultFault);
  expect(() => escaped[Symbol.dispose]()).not.toThrow();
});

test('a secret is a copy: zeroing what it was made from leaves it whole', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const secret = new Secret(bytes);
  bytes.fill(0);
  expect(secret.reveal()).toEqual(new Uint8Array([1, 2, 3]));
});

test('a fault names its code and nothing else', () => {
  const fault = new VaultFault('locked');
  expect([fault.name, fault.code, fault.message]).toEqual(['VaultFault', 'locked', 'the vault says: locked']);
});
