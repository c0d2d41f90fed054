/**
 * What a person writes while the diary is locked: sealed to their own account on this device, so that it can be
 * written without a key and read only with one. It stays on the device. docs/protocol.md, "Unlock".
 */
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type PublicKey,
  concat,
  idToBytes,
} from '@evenkeel/protocol';
import { openPadded, sealPadded } from './sealed-box.ts';
import type { Secret } from './secret.ts';

/** Apart from letters and key packs, so that nothing that came over a network ever opens as a note. */
const LABEL = 'inbox';

/** Whose inbox, on which device: a note that is carried to another account or device opens nowhere. */
export type InboxOwner = { readonly acct: AccountId; readonly dev: DeviceId };

/** `1 ‖ ephPk 32 ‖ secretbox(padded)`, bound to account and device. Throws `weak-key`. */
export function sealToInbox(owner: InboxOwner, boxPk: PublicKey, plaintext: Uint8Array): Bytes {
  return sealPadded(LABEL, boxPk, contextOf(owner), plaintext);
}

/** The plaintext, or null: sealed to another key, account or device, for another purpose, or changed. */
export function openFromInbox(
  owner: InboxOwner,
  boxSecret: Secret,
  boxPk: PublicKey,
  sealed: Uint8Array,
): Bytes | null {
  return openPadded(LABEL, boxSecret, boxPk, contextOf(owner), sealed);
}

function contextOf({ acct, dev }: InboxOwner): Bytes {
  return concat(idToBytes(acct), idToBytes(dev));
}
