import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, toHex } from './bytes.ts';
import {
  type EnvelopeHeader,
  ENVELOPE_TYPE,
  HEADER_BYTES,
  SIGNATURE_BYTES,
  encodeEnvelopeHeader,
  envelopeSignedBytes,
  parseEnvelope,
} from './envelope.ts';
import {
  accountIdOf,
  bytesToDeviceId,
  bytesToHash32,
  bytesToKeyId,
  bytesToPublicKey,
  bytesToRecordId,
  bytesToStreamId,
} from './ids.ts';
import { paddedSize } from './padding.ts';

const runs = { numRuns: 1000 };
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const header: fc.Arbitrary<EnvelopeHeader> = fc.record({
  type: fc.constantFrom('record', 'tombstone', 'private', 'volume'),
  epoch: fc.nat({ max: 0xffff }),
  sid: exactly(16).map(bytesToStreamId),
  kid: exactly(16).map(bytesToKeyId),
  rec: exactly(16).map(bytesToRecordId),
  rev: fc.nat({ max: 0xffffffff }),
  dev: exactly(16).map(bytesToDeviceId),
  replaces: exactly(32).map(bytesToHash32),
});

/** An envelope whose box and signature mean nothing: only its shape is read here. */
function assemble(fields: EnvelopeHeader, nonce: Uint8Array, plaintextLength: number) {
  return concat(
    encodeEnvelopeHeader(fields, nonce),
    new Uint8Array(paddedSize(plaintextLength) + 16),
    new Uint8Array(SIGNATURE_BYTES),
  );
}

test('every field of a header is read as it was written', () => {
  fc.assert(
    fc.property(header, exactly(24), fc.nat({ max: 9000 }), (fields, nonce, length) => {
      const bytes = assemble(fields, nonce, length);
      const parsed = parseEnvelope(bytes);
      if (!parsed.ok) throw new Error(parsed.reason);
      const { envelope } = parsed;
      expect(envelope.header).toEqual(fields);
      expect(envelope.nonce).toEqual(nonce);
      expect(envelope.headerBytes).toHaveLength(HEADER_BYTES);
      expect(concat(envelope.headerBytes, envelope.box, envelope.signature)).toEqual(bytes);
    }),
    runs,
  );
});

test('an envelope costs 208 bytes beyond its padded plaintext', () => {
  const [sample] = fc.sample(header, 1);
  if (sample === undefined) throw new Error('no sample');
  expect(assemble(sample, new Uint8Array(24), 10)).toHaveLength(256 + 208);
});

test('a truncated or lengthened envelope has no size of ours', () => {
  const [sample] = fc.sample(header, 1);
  if (sample === undefined) throw new Error('no sample');
  const bytes = assemble(sample, new Uint8Array(24), 10);
  for (let length = 0; length < bytes.length; length += 1) {
    expect(parseEnvelope(bytes.subarray(0, length))).toEqual({ ok: false, reason: 'malformed' });
  }
  expect(parseEnvelope(concat(bytes, new Uint8Array(1)))).toEqual({ ok: false, reason: 'malformed' });
});

test('a suite above ours asks for a newer app; suite 0 and unknown types are malformed', () => {
  const [sample] = fc.sample(header, 1);
  if (sample === undefined) throw new Error('no sample');
  const bytes = assemble(sample, new Uint8Array(24), 10);
  const withByte = (at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte));
  expect(parseEnvelope(withByte(0, 2))).toEqual({ ok: false, reason: 'newer-app-needed' });
  expect(parseEnvelope(withByte(0, 0))).toEqual({ ok: false, reason: 'malformed' });
  for (const type of [0, 5, 255])
    expect(parseEnvelope(withByte(1, type))).toEqual({ ok: false, reason: 'malformed' });
  for (const type of Object.values(ENVELOPE_TYPE)) expect(parseEnvelope(withByte(1, type)).ok).toBe(true);
});

test('the signature covers the account, so an envelope cannot move to another one', () => {
  const key = (byte: number) => bytesToPublicKey(new Uint8Array(32).fill(byte));
  const bytes = new Uint8Array(300);
  const one = envelopeSignedBytes(accountIdOf(key(1), key(2)), bytes);
  expect(toHex(one)).not.toBe(toHex(envelopeSignedBytes(accountIdOf(key(1), key(3)), bytes)));
});
