/**
 * The envelope: one binary layout for disk, wire and backup (docs/protocol.md, "Envelope").
 *
 * | offset | bytes | field                                                        |
 * | ------ | ----- | ------------------------------------------------------------ |
 * | 0      | 1     | suite = 1                                                    |
 * | 1      | 1     | type: 1 record, 2 tombstone, 3 private object, 4 volume      |
 * | 2      | 2     | epoch                                                        |
 * | 4      | 16    | sid                                                          |
 * | 20     | 16    | kid                                                          |
 * | 36     | 16    | rec                                                          |
 * | 52     | 4     | rev                                                          |
 * | 56     | 16    | dev                                                          |
 * | 72     | 32    | replaces: leaf of the version replaced, or zero              |
 * | 104    | 24    | nonce                                                        |
 * | 128    | P+16  | secretbox of the padded plaintext                            |
 * | end−64 | 64    | Ed25519 of the device                                        |
 */
import { type Bytes, concat, ownBytes, readUint, u16, u32, u8, utf8 } from './bytes.ts';
import {
  type AccountId,
  type DeviceId,
  type Hash32,
  type KeyId,
  type RecordId,
  type StreamId,
  bytesToDeviceId,
  bytesToHash32,
  bytesToKeyId,
  bytesToRecordId,
  bytesToStreamId,
  idToBytes,
} from './ids.ts';
import { paddedSize } from './padding.ts';

export const SUITE = 1;
export const HEADER_BYTES = 128;
export const NONCE_AT = 104;
export const SIGNATURE_BYTES = 64;
const BOX_TAG_BYTES = 16;
const LEAST_BYTES = HEADER_BYTES + paddedSize(0) + BOX_TAG_BYTES + SIGNATURE_BYTES;

/** The number in the header's second byte. `volume` is reserved. */
export const ENVELOPE_TYPE = { record: 1, tombstone: 2, private: 3, volume: 4 } as const;
export type EnvelopeType = keyof typeof ENVELOPE_TYPE;

export type EnvelopeHeader = {
  readonly type: EnvelopeType;
  /** u16, of the account: rises by one at each revocation. */
  readonly epoch: number;
  readonly sid: StreamId;
  readonly kid: KeyId;
  readonly rec: RecordId;
  /** u32, Lamport, per record; the first version is 1. */
  readonly rev: number;
  readonly dev: DeviceId;
  /** Leaf of the version this one replaces on the server, or 32 zero bytes. */
  readonly replaces: Hash32;
};

export type Envelope = {
  readonly header: EnvelopeHeader;
  /** Bytes 0..127: the header as it is bound by the key and the signature, nonce included. */
  readonly headerBytes: Bytes;
  readonly nonce: Bytes;
  readonly box: Bytes;
  readonly signature: Bytes;
  /** All bytes. */
  readonly bytes: Bytes;
};

export type ParsedEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly reason: 'malformed' | 'newer-app-needed' };

/** Cuts an envelope into its fields. Says nothing yet about who wrote it or whether it can be opened. */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  if (bytes.length < 1) return { ok: false, reason: 'malformed' };
  // check: envelope: no later suite
  if (readUint(bytes, 0, 1) > SUITE) return { ok: false, reason: 'newer-app-needed' };
  // check: envelope: suite 1, in whole
  if (readUint(bytes, 0, 1) !== SUITE || bytes.length < LEAST_BYTES)
    return { ok: false, reason: 'malformed' };
  const type = typeOfNumber(readUint(bytes, 1, 1));
  // check: envelope: a known type
  if (type === null) return { ok: false, reason: 'malformed' };
  const padded = bytes.length - HEADER_BYTES - BOX_TAG_BYTES - SIGNATURE_BYTES;
  // check: envelope: a size that padding makes
  if (!isPaddedSize(padded)) return { ok: false, reason: 'malformed' };
  const own = ownBytes(bytes);
  const boxEnd = own.length - SIGNATURE_BYTES;
  return {
    ok: true,
    envelope: {
      header: {
        type,
        epoch: readUint(own, 2, 2),
        sid: bytesToStreamId(own.subarray(4, 20)),
        kid: bytesToKeyId(own.subarray(20, 36)),
        rec: bytesToRecordId(own.subarray(36, 52)),
        rev: readUint(own, 52, 4),
        dev: bytesToDeviceId(own.subarray(56, 72)),
        replaces: bytesToHash32(own.subarray(72, 104)),
      },
      headerBytes: own.subarray(0, HEADER_BYTES),
      nonce: own.subarray(NONCE_AT, HEADER_BYTES),
      box: own.subarray(HEADER_BYTES, boxEnd),
      signature: own.subarray(boxEnd),
      bytes: own,
    },
  };
}

/** The 128 header bytes. `nonce` is 24 random bytes. */
export function encodeEnvelopeHeader(header: EnvelopeHeader, nonce: Uint8Array): Bytes {
  return concat(
    u8(SUITE),
    u8(ENVELOPE_TYPE[header.type]),
    u16(header.epoch),
    idToBytes(header.sid),
    idToBytes(header.kid),
    idToBytes(header.rec),
    u32(header.rev),
    idToBytes(header.dev),
    idToBytes(header.replaces),
    nonce,
  );
}

/** What the writing device signs: `"ek1/env" ‖ 0x00 ‖ acct ‖ all bytes before the signature`. */
export function envelopeSignedBytes(acct: AccountId, beforeSignature: Uint8Array): Bytes {
  return concat(utf8('ek1/env'), u8(0), idToBytes(acct), beforeSignature);
}

function typeOfNumber(value: number): EnvelopeType | null {
  if (value === ENVELOPE_TYPE.record) return 'record';
  if (value === ENVELOPE_TYPE.tombstone) return 'tombstone';
  if (value === ENVELOPE_TYPE.private) return 'private';
  if (value === ENVELOPE_TYPE.volume) return 'volume';
  return null;
}

/** Whether some plaintext pads to exactly this size. */
function isPaddedSize(size: number): boolean {
  return size >= 256 && paddedSize(size - 4) === size;
}
