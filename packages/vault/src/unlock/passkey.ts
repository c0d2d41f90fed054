/** The secret of a passkey wrap: what the authenticator's PRF gives for one constant input (WebAuthn Level 3). */
import { type Bytes, sha256, utf8 } from '@evenkeel/protocol';
import { Secret } from '../secret.ts';

/** `SHA-256("ek1/prf")`, for `prf.eval.first` when a passkey is made and each time it is used. */
export function prfInput(): Bytes {
  return sha256(utf8('ek1/prf'));
}

/** Null unless the output has 32 bytes, as every PRF's has. */
export function passkeySecret(prfOutput: Uint8Array): Secret | null {
  return prfOutput.length === 32 ? new Secret(prfOutput) : null;
}
