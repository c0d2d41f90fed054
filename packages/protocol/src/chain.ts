/**
 * A stream is a hash chain the server cannot rearrange: each version of a record is a leaf, the chain value
 * after n leaves commits to all of them in order (docs/protocol.md, "Logs, leaves, heads").
 */
import { type Bytes, concat } from './bytes.ts';
import type { Envelope } from './envelope.ts';
import { labelledHash, sha256 } from './hash.ts';
import {
  type AccountId,
  type Hash32,
  type KeyId,
  type ServerEpoch,
  type StreamId,
  bytesToHash32,
  bytesToKeyId,
  idToBytes,
} from './ids.ts';

/** What is served in place of a body: enough to compute its leaf, and nothing to open. */
export type Stub = { readonly kid: KeyId; readonly replaces: Hash32; readonly envelopeHash: Hash32 };

export const STUB_BYTES = 80;

export function stubOf(envelope: Envelope): Stub {
  return {
    kid: envelope.header.kid,
    replaces: envelope.header.replaces,
    envelopeHash: bytesToHash32(sha256(envelope.bytes)),
  };
}

export function encodeStub(stub: Stub): Bytes {
  return concat(idToBytes(stub.kid), idToBytes(stub.replaces), idToBytes(stub.envelopeHash));
}

/** A stub from its 80 bytes, or null. */
export function parseStub(bytes: Uint8Array): Stub | null {
  // check: stub: 80 bytes
  if (bytes.length !== STUB_BYTES) return null;
  return {
    kid: bytesToKeyId(bytes.subarray(0, 16)),
    replaces: bytesToHash32(bytes.subarray(16, 48)),
    envelopeHash: bytesToHash32(bytes.subarray(48, 80)),
  };
}

/** `leaf = H("ek1/leaf", kid ‖ replaces ‖ SHA-256(envelope))`: the same for a body and for its stub. */
export function leafOfStub(stub: Stub): Hash32 {
  return bytesToHash32(labelledHash('ek1/leaf', encodeStub(stub)));
}

export function leafOf(envelope: Envelope): Hash32 {
  return leafOfStub(stubOf(envelope));
}

/** `chain_0 = H("ek1/chain0", acct ‖ sid ‖ serverEpoch)`. */
export function chainStart(acct: AccountId, sid: StreamId, serverEpoch: ServerEpoch): Hash32 {
  return bytesToHash32(
    labelledHash('ek1/chain0', concat(idToBytes(acct), idToBytes(sid), idToBytes(serverEpoch))),
  );
}

/** `chain_n = H("ek1/chain", chain_{n−1} ‖ leaf_n)`. */
export function chainNext(previous: Hash32, leaf: Hash32): Hash32 {
  return bytesToHash32(labelledHash('ek1/chain', concat(idToBytes(previous), idToBytes(leaf))));
}
