/** Secrets: everything that needs a key, and nothing that needs a screen or a network. */
export { createVault } from './create-vault.ts';
export { deriveKey } from './derive.ts';
export * from './fault.ts';
export { deviceNameContext } from './open-account.ts';
export { recoveryIdOf, unknownKitWords } from './recovery-kit.ts';
export { randomNonce, secretboxOpen, secretboxSeal } from './seal.ts';
export { Secret } from './secret.ts';
export { LEAST_PASSPHRASE_LENGTH } from './unlock/passphrase.ts';
export { prfInput } from './unlock/passkey.ts';
export { LEAST_PIN_LENGTH, MOST_PIN_TRIES } from './unlock/pin.ts';
export * from './vault.ts';
export { effWords } from './words/eff-words.ts';
export { fingerprintWords } from './words/fingerprint-words.ts';
export { generatePassphrase } from './words/generate-passphrase.ts';
export { type VaultWorker, connectVault } from './worker/connect-vault.ts';
export type { VaultPort } from './worker/messages.ts';
export { serveVault } from './worker/serve-vault.ts';
export { type PhraseStrength, phraseStrength } from './words/phrase-strength.ts';
