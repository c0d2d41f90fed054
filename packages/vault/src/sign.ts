/** Ed25519 signing: WebCrypto first (twenty times faster), noble where it is missing. Both give the same bytes. */
import {
  type Bytes,
  type PublicKey,
  bytesToPublicKey,
  concat,
  ownBytes,
  publicKeySchema,
} from '@evenkeel/protocol';
import { VaultFault } from './fault.ts';
import type { Secret } from './secret.ts';

export type SigningKey = Disposable & {
  readonly publicKey: PublicKey;
  /** 64 bytes. */
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
};

/** What stands before the 32-byte seed in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

/** A signing key from its 32-byte seed (RFC 8032). The seed stays the caller's and must outlive the key. */
export async function openSigningKey(seed: Secret): Promise<SigningKey> {
  return (await openWithWebCrypto(seed)) ?? openWithNoble(seed);
}

/** The second signer, exported so that tests can hold it against the first. */
export async function openWithNoble(seed: Secret): Promise<SigningKey> {
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  return {
    publicKey: bytesToPublicKey(ed25519.getPublicKey(seed.reveal())),
    sign: async (message) => ownBytes(ed25519.sign(message, seed.reveal())),
    [Symbol.dispose]: () => {},
  };
}

async function openWithWebCrypto(seed: Secret): Promise<SigningKey | null> {
  const pkcs8 = concat(PKCS8_PREFIX, seed.reveal());
  try {
    // Only an extractable key can be asked for its public half; the one kept cannot be.
    const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
    const publicKey = publicKeySchema.parse((await crypto.subtle.exportKey('jwk', readable)).x);
    let key: CryptoKey | null = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
    return {
      publicKey,
      sign: async (message) => {
        if (key === null) throw new VaultFault('forgotten');
        return new Uint8Array(await crypto.subtle.sign('Ed25519', key, ownBytes(message)));
      },
      [Symbol.dispose]: () => {
        key = null;
      },
    };
  } catch {
    return null;
  } finally {
    pkcs8.fill(0);
  }
}
