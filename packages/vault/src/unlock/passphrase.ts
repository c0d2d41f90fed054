/** The secret of a passphrase wrap. */
import { utf8 } from '@evenkeel/protocol';
import { VaultFault } from '../fault.ts';
import type { Secret } from '../secret.ts';
import { type KdfProfile, stretch } from './kdf.ts';

/** Five generated words are longer. In characters, after normalisation. */
export const LEAST_PASSPHRASE_LENGTH = 15;

/** NFKC, trimmed, each run of white space one space: what a keyboard adds by itself changes nothing. */
export function normalPassphrase(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ');
}

/** Throws `weak-secret` for a phrase no wrap may be made with. */
export function mustBeLongEnough(passphrase: string): void {
  if ([...normalPassphrase(passphrase)].length < LEAST_PASSPHRASE_LENGTH) throw new VaultFault('weak-secret');
}

export function stretchPassphrase(
  passphrase: string,
  salt: Uint8Array,
  profile: KdfProfile,
): Promise<Secret> {
  return stretch(utf8(normalPassphrase(passphrase)), salt, profile);
}
