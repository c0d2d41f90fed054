import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, toHex } from './bytes.ts';
import {
  STUB_BYTES,
  chainNext,
  chainStart,
  encodeStub,
  leafOf,
  leafOfStub,
  parseStub,
  stubOf,
} from './chain.ts';
import { SIGNATURE_BYTES, encodeEnvelopeHeader, parseEnvelope } from './envelope.ts';
import {
  ZERO_HASH,
  bytesToAccountId,
  bytesToDeviceId,
  bytesToHash32,
  bytesToKeyId,
  bytesToRecordId,
  bytesToServerEpoch,
  bytesToStreamId,
  idToBytes,
} from './ids.ts';

const runs = { numRuns: 1000 };
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const hash = exactly(32).map(bytesToHash32);

test('a stub is its 80 bytes, and no other length is one', () => {
  fc.assert(
    fc.property(exactly(STUB_BYTES), (bytes) => {
      const stub = parseStub(bytes);
      if (stub === null) throw new Error('refused');
      expect(encodeStub(stub)).toEqual(bytes);
      expect(parseStub(bytes.subarray(1))).toBeNull();
      expect(parseStub(concat(bytes, new Uint8Array(1)))).toBeNull();
    }),
    runs,
  );
});

test('a stub has the leaf of the body it stands for, and no field of it can be relabelled', () => {
  const bytes = concat(
    encodeEnvelopeHeader(
      {
        type: 'record',
        epoch: 1,
        sid: bytesToStreamId(new Uint8Array(16).fill(1)),
        kid: bytesToKeyId(new Uint8Array(16).fill(2)),
        rec: bytesToRecordId(new Uint8Array(16).fill(3)),
        rev: 1,
        dev: bytesToDeviceId(new Uint8Array(16).fill(4)),
        replaces: ZERO_HASH,
      },
      new Uint8Array(24),
    ),
    new Uint8Array(256 + 16 + SIGNATURE_BYTES),
  );
  const parsed = parseEnvelope(bytes);
  if (!parsed.ok) throw new Error(parsed.reason);
  const stub = stubOf(parsed.envelope);
  expect(leafOfStub(stub)).toBe(leafOf(parsed.envelope));
  const encoded = encodeStub(stub);
  for (let bit = 0; bit < 8 * STUB_BYTES; bit += 1) {
    const changed = parseStub(encoded.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    expect(changed === null ? null : leafOfStub(changed)).not.toBe(leafOfStub(stub));
  }
});

test('a chain commits to every leaf and their order, to the account, the stream and the server', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hash, { minLength: 2, maxLength: 6 }), exactly(16), (leaves, id) => {
      const start = chainStart(bytesToAccountId(id), bytesToStreamId(id), bytesToServerEpoch(id));
      const end = leaves.reduce(chainNext, start);
      expect(leaves.toReversed().reduce(chainNext, start)).not.toBe(end);
      expect(leaves.slice(1).reduce(chainNext, start)).not.toBe(end);
      expect([...leaves, ...leaves].reduce(chainNext, start)).not.toBe(end);
      const other = bytesToServerEpoch(id.map((byte) => byte ^ 1));
      expect(chainStart(bytesToAccountId(id), bytesToStreamId(id), other)).not.toBe(start);
      expect(toHex(idToBytes(end))).toHaveLength(64);
    }),
    runs,
  );
});
