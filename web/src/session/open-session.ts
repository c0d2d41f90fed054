import type { Session } from './contract.ts';

/** Stands behind the screens. Until it is joined to the vault and the replica, it never leaves `starting`. */
export function openSession(): Session {
  const unready = () => Promise.reject(new Error('The session is not joined to the vault yet.'));
  return {
    subscribe: () => () => undefined,
    read: () => starting,
    canUsePasskey: () => Promise.resolve(false),
    proposeWords: unready,
    begin: unready,
    unlock: unready,
    lock: unready,
  };
}

const starting = { status: 'starting' } as const;
