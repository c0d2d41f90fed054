/** What a vault throws: a defect in its caller, or a request the open state cannot meet. Never content. */
export const VAULT_FAULT_CODES = [
  /** Nothing is unlocked. */
  'locked',
  /** A passphrase or PIN below the least length, or a recovery phrase that is none. */
  'weak-secret',
  /** A category, month or day that no stream has, or a reserved envelope type. */
  'no-such-place',
  /** A key of small order, or one that is not 32 bytes. */
  'weak-key',
  /** A secret was asked for after it had been zeroed. */
  'forgotten',
  /** `acceptLink` without a letter, or `receiveLink` without a code. */
  'no-link-open',
  /** The own device log does not replay, so nothing can be added to it. */
  'wrong-log',
  /** The logs do not fit into one letter, or the keys into one pack. */
  'letter-too-large',
  /** A question or an answer that is none of ours crossed the Worker's door. */
  'malformed-message',
  /** The Worker stopped, or was stopped, before it answered. */
  'stopped',
  /** Anything else that broke inside. */
  'broken',
] as const;
export type VaultFaultCode = (typeof VAULT_FAULT_CODES)[number];

export class VaultFault extends Error {
  override readonly name = 'VaultFault';
  readonly code: VaultFaultCode;

  constructor(code: VaultFaultCode, options?: { readonly cause?: unknown }) {
    super(`the vault says: ${code}`, options);
    this.code = code;
  }
}
