/**
 * How a passphrase or PIN becomes a key: Argon2id by numbered profile. The numbers are compiled in; nothing a
 * server or a stored file says can lower them (docs/protocol.md, "Unlock").
 */
import { type Bytes, ownBytes } from '@evenkeel/protocol';
import { Secret } from '../secret.ts';

/** `memoryKiB` in kibibytes, `passes` t, `lanes` p. RFC 9106. */
export type KdfProfile = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

export type KdfTable = {
  readonly profiles: ReadonlyMap<number, KdfProfile>;
  /** New wraps use it; a wrap of a lower one is made anew at the next unlock. */
  readonly current: number;
  /** Below it a wrap is refused. */
  readonly least: number;
};

export const KDF: KdfTable = {
  profiles: new Map([[1, { memoryKiB: 65_536, passes: 3, lanes: 1 }]]),
  current: 1,
  least: 1,
};

export const SALT_BYTES = 16;
const KEY_BYTES = 32;

export type JudgedProfile =
  | { readonly ok: true; readonly profile: KdfProfile; readonly outdated: boolean }
  | { readonly ok: false; readonly reason: 'weak-profile' | 'newer-app-needed' };

export function judgeProfile(table: KdfTable, number: number): JudgedProfile {
  // check: wrap: no KDF below the floor
  if (number < table.least) return { ok: false, reason: 'weak-profile' };
  const profile = table.profiles.get(number);
  if (profile === undefined) return { ok: false, reason: 'newer-app-needed' };
  return { ok: true, profile, outdated: number < table.current };
}

/** 32 bytes of Argon2id v1.3. The WebAssembly is fetched when it is first needed. */
export async function stretch(text: Uint8Array, salt: Uint8Array, profile: KdfProfile): Promise<Secret> {
  const { argon2 } = await import('./argon2.ts');
  const key: Bytes = ownBytes(await argon2(text, salt, profile, KEY_BYTES));
  const secret = new Secret(key);
  key.fill(0);
  return secret;
}
