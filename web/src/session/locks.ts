/** From what a person chose as a lock to the wraps that are kept, and from what they type to the wrap it opens. */
import { randomBytes } from '@evenkeel/protocol';
import type { DeviceStore, StoredWrap } from '@evenkeel/replica';
import type { UnlockSecret, Vault } from '@evenkeel/vault';
import { type Passkey, makePasskey } from '../platform/passkey.ts';
import type { LockChoice, UnlockMethod } from './contract.ts';

/** A lock ready to be made: with a passkey, the prompt was answered. */
export type PreparedLock = { readonly choice: LockChoice; readonly passkey: Passkey | null };
export type PrepareOutcome =
  | { readonly ok: true; readonly lock: PreparedLock }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' };

/** Asks for the passkey first, so that nothing is made when the person closes the prompt. */
export async function prepareLock(choice: LockChoice): Promise<PrepareOutcome> {
  if (choice.kind !== 'passkey') return { ok: true, lock: { choice, passkey: null } };
  const made = await makePasskey();
  return made.ok ? { ok: true, lock: { choice, passkey: made.passkey } } : made;
}

/** The wrap of an open vault's root for this lock, to be kept. */
export async function wrapFor(vault: Vault, { choice, passkey }: PreparedLock): Promise<StoredWrap> {
  switch (choice.kind) {
    case 'words':
      return {
        type: 'passphrase',
        wrap: await vault.makeWrap({ type: 'passphrase', passphrase: choice.words.join(' ') }),
      };
    case 'own':
      return {
        type: 'passphrase',
        wrap: await vault.makeWrap({ type: 'passphrase', passphrase: choice.passphrase }),
      };
    case 'pin':
      return { type: 'pin', wrap: await vault.makeWrap({ type: 'pin', pin: choice.pin }) };
    case 'none': {
      const secret = randomBytes(32);
      return { type: 'none', secret, wrap: await vault.makeWrap({ type: 'none', secret }) };
    }
    case 'passkey': {
      if (passkey === null) throw new TypeError('a passkey lock is prepared before it is made');
      const secret: UnlockSecret = { type: 'passkey', prfOutput: passkey.prfOutput };
      return {
        type: 'passkey',
        wrap: await vault.makeWrap(secret),
        credential: new Uint8Array(passkey.credential),
      };
    }
  }
}

/**
 * Keeps a lock in place of the one before. A passkey stands beside a passphrase, since synced passkeys can be
 * deleted by whoever holds them; every other lock replaces all.
 */
export async function keepLock(store: DeviceStore, wrap: StoredWrap, choice: LockChoice): Promise<void> {
  // In one go: cut off in between, the old lock would go on opening what the new one closes.
  await store.db.transaction('rw', store.tables.wraps, async () => {
    await store.keepWrap(wrap);
    for (const held of await store.wraps()) {
      const stands = held.type === wrap.type || held.type === 'recovery';
      const beside = wrap.type === 'passkey' && held.type === 'passphrase';
      if (!stands && !beside) await store.removeWrap(held.type);
    }
  });
  await store.keepFact(
    'lock-words',
    choice.kind === 'words' || (choice.kind === 'passkey' && (await hasWords(store))),
  );
}

/** In the order to offer them. Empty: no lock. */
export async function unlockMethods(store: DeviceStore): Promise<readonly UnlockMethod[]> {
  const types = new Set((await store.wraps()).map((wrap) => wrap.type));
  if (types.has('none')) return [];
  const phrase: UnlockMethod = (await hasWords(store)) ? 'words' : 'own';
  return [
    ...(types.has('passkey') ? (['passkey'] as const) : []),
    ...(types.has('passphrase') ? [phrase] : []),
    ...(types.has('pin') ? (['pin'] as const) : []),
  ];
}

async function hasWords(store: DeviceStore): Promise<boolean> {
  return (await store.readFact('lock-words')) === true;
}
