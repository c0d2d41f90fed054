/** From what a person holds (words, a PIN, a passkey) to the wrap of the root, and back. */
import { type AccountId, type Bytes, randomBytes } from '@evenkeel/protocol';
import { VaultFault } from '../fault.ts';
import { secretOfWords } from '../recovery-kit.ts';
import { Secret } from '../secret.ts';
import type { UnlockOutcome, UnlockSecret } from '../vault.ts';
import { type KdfProfile, type KdfTable, SALT_BYTES, judgeProfile } from './kdf.ts';
import { mustBeLongEnough, stretchPassphrase } from './passphrase.ts';
import { passkeySecret } from './passkey.ts';
import { mustBePin, stretchPin } from './pin.ts';
import { openWrap, parseWrap, sealWrap } from './wrap.ts';

/** The secret of a wrap is a key already, and no KDF stands before it. */
const NO_KDF = 0;
const NO_PARAMS = new Uint8Array(0);

export type UnwrappedRoot =
  | { readonly ok: true; readonly root: Secret; readonly outdated: boolean }
  | Extract<UnlockOutcome, { readonly ok: false }>;

/** Throws `weak-secret` when a passphrase or PIN is too short to protect anything. */
export async function wrapRoot(
  root: Secret,
  acct: AccountId,
  secret: UnlockSecret,
  table: KdfTable,
): Promise<Bytes> {
  // check: wrap: a passphrase long enough
  if (secret.type === 'passphrase') mustBeLongEnough(secret.passphrase);
  // check: wrap: a PIN that is one
  if (secret.type === 'pin') mustBePin(secret.pin);
  if (secret.type !== 'passphrase' && secret.type !== 'pin') {
    using key = await keyOf(secret);
    if (key === null) throw new VaultFault('weak-secret');
    return sealWrap(root, acct, { type: secret.type, profile: NO_KDF, params: NO_PARAMS }, key);
  }
  const judged = judgeProfile(table, table.current);
  if (!judged.ok) throw new VaultFault('broken');
  const salt = randomBytes(SALT_BYTES);
  using key = await stretched(secret, salt, judged.profile);
  return sealWrap(root, acct, { type: secret.type, profile: table.current, params: salt }, key);
}

/** The root of a wrap. A wrap of another kind than the secret does not open: `wrong-secret`. */
export async function unwrapRoot(
  bytes: Uint8Array,
  acct: AccountId,
  secret: UnlockSecret,
  table: KdfTable,
): Promise<UnwrappedRoot> {
  const parsed = parseWrap(bytes);
  if (!parsed.ok) return parsed;
  const { wrap } = parsed;
  // check: wrap: the kind of its secret
  if (wrap.head.type !== secret.type) return { ok: false, reason: 'wrong-secret' };
  if (secret.type !== 'passphrase' && secret.type !== 'pin') {
    // check: wrap: no KDF before a key
    if (wrap.head.profile !== NO_KDF || wrap.head.params.length > 0) return { ok: false, reason: 'tampered' };
    using key = await keyOf(secret);
    if (key === null) return { ok: false, reason: 'wrong-secret' };
    const opened = openWrap(wrap, acct, key);
    return opened.ok ? { ...opened, outdated: false } : opened;
  }
  const judged = judgeProfile(table, wrap.head.profile);
  if (!judged.ok) return judged;
  // check: wrap: a salt of 16 bytes
  if (wrap.head.params.length !== SALT_BYTES) return { ok: false, reason: 'tampered' };
  using key = await stretched(secret, wrap.head.params, judged.profile);
  const opened = openWrap(wrap, acct, key);
  return opened.ok ? { ...opened, outdated: judged.outdated } : opened;
}

type KeySecret = Exclude<UnlockSecret, { readonly type: 'passphrase' | 'pin' }>;
type TypedSecret = Extract<UnlockSecret, { readonly type: 'passphrase' | 'pin' }>;

async function keyOf(secret: KeySecret): Promise<Secret | null> {
  switch (secret.type) {
    case 'passkey':
      return passkeySecret(secret.prfOutput);
    case 'recovery':
      return secretOfWords(secret.words);
    case 'none':
      return secret.secret.length === 32 ? new Secret(secret.secret) : null;
  }
}

function stretched(secret: TypedSecret, salt: Uint8Array, profile: KdfProfile): Promise<Secret> {
  return secret.type === 'passphrase'
    ? stretchPassphrase(secret.passphrase, salt, profile)
    : stretchPin(secret.pin, salt, profile);
}
