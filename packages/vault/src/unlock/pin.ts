/**
 * The secret of a PIN wrap: a curtain, not a lock. A copied disk gives up a six-digit PIN in minutes; the
 * screen says so. Ten wrong tries remove the wrap; whoever stores it counts them.
 */
import { utf8 } from '@evenkeel/protocol';
import { VaultFault } from '../fault.ts';
import type { Secret } from '../secret.ts';
import { type KdfProfile, stretch } from './kdf.ts';

export const LEAST_PIN_LENGTH = 6;
export const MOST_PIN_TRIES = 10;

/** Throws `weak-secret` unless it is six digits or more. */
export function mustBePin(pin: string): void {
  if (!/^[0-9]+$/.test(pin) || pin.length < LEAST_PIN_LENGTH) throw new VaultFault('weak-secret');
}

export function stretchPin(pin: string, salt: Uint8Array, profile: KdfProfile): Promise<Secret> {
  return stretch(utf8(pin), salt, profile);
}
