/** Boxes that never leave the device: caches, drafts, settings and the device key, under the root's local key. */
import {
  type AccountId,
  type Bytes,
  concat,
  idToBytes,
  pad,
  readUint,
  u8,
  unpad,
  utf8,
} from '@evenkeel/protocol';
import { deriveKey, deriveSecret } from './derive.ts';
import { NONCE_BYTES, TAG_BYTES, randomNonce, secretboxOpen, secretboxSeal } from './seal.ts';
import { Secret } from './secret.ts';

export type LocalBoxes = Disposable & {
  /** `1 ‖ nonce 24 ‖ secretbox(padded)`. Labels keep uses apart: what one sealed, another does not open. */
  readonly seal: (label: string, plaintext: Uint8Array) => Bytes;
  readonly open: (label: string, box: Uint8Array) => Bytes | null;
  /** The device key has a key of its own, so that no label reaches it. */
  readonly sealDeviceKey: (seed: Secret) => Bytes;
  readonly openDeviceKey: (box: Uint8Array) => Secret | null;
};

const FORMAT = 1;
const HEAD_BYTES = 1 + NONCE_BYTES;
const SEED_BYTES = 32;

export function openLocalBoxes(root: Secret, acct: AccountId): LocalBoxes {
  const local = deriveSecret(root, 'local');
  const deviceKey = deriveSecret(local, 'device-key', idToBytes(acct));
  const keyByLabel = new Map<string, Secret>();

  const keyOf = (label: string): Secret => {
    const known = keyByLabel.get(label);
    if (known !== undefined) return known;
    const bytes = deriveKey(local.reveal(), 'box', concat(idToBytes(acct), utf8(label)));
    const key = new Secret(bytes);
    bytes.fill(0);
    keyByLabel.set(label, key);
    return key;
  };

  return {
    seal: (label, plaintext) => sealBox(keyOf(label), plaintext),
    open: (label, box) => openBox(keyOf(label), box),
    sealDeviceKey: (seed) => sealBox(deviceKey, seed.reveal()),
    openDeviceKey: (box) => {
      const seed = openBox(deviceKey, box);
      // check: local: a device key of 32 bytes
      if (seed?.length !== SEED_BYTES) return null;
      const secret = new Secret(seed);
      seed.fill(0);
      return secret;
    },
    [Symbol.dispose]: () => {
      local[Symbol.dispose]();
      deviceKey[Symbol.dispose]();
      for (const key of keyByLabel.values()) key[Symbol.dispose]();
      keyByLabel.clear();
    },
  };
}

function sealBox(key: Secret, plaintext: Uint8Array): Bytes {
  const nonce = randomNonce();
  return concat(u8(FORMAT), nonce, secretboxSeal(key.reveal(), nonce, pad(plaintext)));
}

function openBox(key: Secret, bytes: Uint8Array): Bytes | null {
  const parsed = parseBox(bytes);
  if (parsed === null) return null;
  const padded = secretboxOpen(key.reveal(), parsed.nonce, parsed.box);
  return padded === null ? null : unpad(padded);
}

/** Cuts a box into its fields, or null. Says nothing yet about whether it opens. */
export function parseBox(bytes: Uint8Array): { readonly nonce: Uint8Array; readonly box: Uint8Array } | null {
  // check: local: a box of this format
  if (bytes.length < HEAD_BYTES + TAG_BYTES || readUint(bytes, 0, 1) !== FORMAT) return null;
  return { nonce: bytes.subarray(1, HEAD_BYTES), box: bytes.subarray(HEAD_BYTES) };
}
