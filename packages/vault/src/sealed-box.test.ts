import { bytesToPublicKey, utf8 } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VaultFault } from './fault.ts';
import { boxPublicKey } from './seal.ts';
import { openSealed, sealTo, sealUnder } from './sealed-box.ts';
import { Secret } from './secret.ts';

const clinician = Secret.random(32);
const clinicianPk = boxPublicKey(clinician);

test('what was sealed to a person is what that person opens, and only with the same context', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => new Uint8Array(array));
  fc.assert(
    fc.property(bytes(2000), bytes(60), bytes(60), (plaintext, context, other) => {
      const box = sealTo(clinicianPk, context, plaintext);
      expect(openSealed(clinician, clinicianPk, context, box)).toEqual(plaintext);
      if (Buffer.compare(context, other) !== 0)
        expect(openSealed(clinician, clinicianPk, other, box)).toBeNull();
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('nobody else opens it', () => {
  const stranger = Secret.random(32);
  const box = sealTo(clinicianPk, utf8('purpose'), utf8('why'));
  expect(openSealed(stranger, boxPublicKey(stranger), utf8('purpose'), box)).toBeNull();
  expect(openSealed(stranger, clinicianPk, utf8('purpose'), box)).toBeNull();
});

test('every flipped bit and every truncation is refused', () => {
  const box = sealTo(clinicianPk, utf8('purpose'), utf8('why'));
  for (let bit = 0; bit < 8 * box.length; bit += 1) {
    const flipped = box.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    // X25519 ignores the top bit of a key, so that flip gives the same shared secret; the salt still differs.
    expect(openSealed(clinician, clinicianPk, utf8('purpose'), flipped), String(bit)).toBeNull();
  }
  for (let length = 0; length < box.length; length += 1) {
    expect(openSealed(clinician, clinicianPk, utf8('purpose'), box.subarray(0, length))).toBeNull();
  }
}, 60_000);

test('a key of small order is sealed to by nobody, and opens nothing', () => {
  const zero = bytesToPublicKey(new Uint8Array(32));
  const one = bytesToPublicKey(new Uint8Array(32).map((_, i) => (i === 0 ? 1 : 0)));
  for (const weak of [zero, one]) expect(() => sealTo(weak, utf8('x'), utf8('y'))).toThrow(VaultFault);
  const box = sealTo(clinicianPk, utf8('x'), utf8('y'));
  expect(
    openSealed(
      clinician,
      clinicianPk,
      utf8('x'),
      box.map((byte, i) => (i >= 1 && i < 33 ? 0 : byte)),
    ),
  ).toBeNull();
});

test('a letter does not open as a key pack does, nor a pack as a letter', () => {
  const { ephPk, box } = sealUnder('seal', clinicianPk, utf8('x'), new Uint8Array(256));
  const asLetter = new Uint8Array([1, ...Buffer.from(ephPk, 'base64url'), ...box]);
  expect(openSealed(clinician, clinicianPk, utf8('x'), asLetter)).toBeNull();
});
