/** Scope, invitation, grant, key packs, revocation, receipts: who may read what, and how both sides know. */
export * from './clinician-card.ts';
export * from './consent.ts';
export * from './fingerprint.ts';
export * from './give.ts';
export * from './grant.ts';
export * from './invitation.ts';
export * from './key-pack.ts';
export * from './keys-for-scope.ts';
export * from './pin.ts';
export * from './preview.ts';
export * from './read-code.ts';
export * from './receipt.ts';
export * from './revocation.ts';
export * from './scope.ts';
