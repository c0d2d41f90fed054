/**
 * Sealing and opening one envelope with its day key. NaCl secretbox has no associated data, so the key of
 * each envelope is derived from the day key, the nonce and the whole clear header: change any bit of the
 * header and the box does not open (docs/protocol.md, "Envelope").
 */
import {
  type AccountId,
  type Bytes,
  type Envelope,
  type EnvelopeHeader,
  NONCE_AT,
  concat,
  encodeEnvelopeHeader,
  envelopeSignedBytes,
  idToBytes,
  pad,
  unpad,
} from '@evenkeel/protocol';
import { deriveKey } from './derive.ts';
import { randomNonce, secretboxOpen, secretboxSeal } from './seal.ts';
import type { Secret } from './secret.ts';
import type { SigningKey } from './sign.ts';

/** All bytes of an envelope. `header.kid` must be the id of `dayKey`, `header.dev` that of `signing`. */
export async function sealEnvelope(
  acct: AccountId,
  header: EnvelopeHeader,
  dayKey: Secret,
  signing: SigningKey,
  plaintext: Uint8Array,
): Promise<Bytes> {
  const nonce = randomNonce();
  const headerBytes = encodeEnvelopeHeader(header, nonce);
  const key = envelopeKey(acct, headerBytes, dayKey);
  const unsigned = concat(headerBytes, secretboxSeal(key, nonce, pad(plaintext)));
  key.fill(0);
  return concat(unsigned, await signing.sign(envelopeSignedBytes(acct, unsigned)));
}

/** The plaintext, or null when the header, the box or the padding is not what was sealed under this key. */
export function openEnvelope(acct: AccountId, envelope: Envelope, dayKey: Secret): Bytes | null {
  const key = envelopeKey(acct, envelope.headerBytes, dayKey);
  const padded = secretboxOpen(key, envelope.nonce, envelope.box);
  key.fill(0);
  return padded === null ? null : unpad(padded);
}

/** `env = K(day, "env", acct ‖ clear header, 32, salt = nonce)`. The clear header ends with the nonce. */
function envelopeKey(acct: AccountId, headerBytes: Uint8Array, dayKey: Secret): Bytes {
  return deriveKey(
    dayKey.reveal(),
    'env',
    concat(idToBytes(acct), headerBytes),
    32,
    headerBytes.subarray(NONCE_AT),
  );
}
