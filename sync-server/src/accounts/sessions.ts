/**
 * Open sessions, in memory: a restart closes them and devices open new ones by a challenge. Only the hash of a
 * token is kept, so a copy of the process's memory opens nothing elsewhere.
 */
import {
  type AccountId,
  type DeviceId,
  type Hash32,
  type Limits,
  bytesToHash32,
  idToBytes,
  objectHash,
  randomBytes,
} from '@evenkeel/protocol';

export type Session = {
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly openedAt: number;
  lastUsedAt: number;
  isClosed: boolean;
};

export type Sessions = {
  readonly open: (acct: AccountId, dev: DeviceId) => { readonly token: Hash32; readonly expiresAt: number };
  /** The session of a token; asking counts as use. */
  readonly find: (token: Hash32) => Session | null;
  /** Whether it may still be used. */
  readonly isOpen: (session: Session) => boolean;
  readonly close: (session: Session) => void;
};

const SWEEP_EVERY = 256;

export function openSessions(limits: Limits, clock: () => number): Sessions {
  const byHash = new Map<Hash32, Session>();
  const hashOf = (token: Hash32): Hash32 => objectHash(idToBytes(token));

  const isOpen = (session: Session): boolean => {
    const now = clock();
    // check: live-session-closed
    if (session.isClosed) return false;
    // check: session-idle
    if (now - session.lastUsedAt >= limits.sessionIdleMs) return false;
    // check: session-most
    if (Math.abs(now - session.openedAt) >= limits.sessionMostMs) return false;
    return true;
  };
  const sweep = (): void => {
    for (const [hash, session] of byHash) if (!isOpen(session)) byHash.delete(hash);
  };
  return {
    isOpen,
    open: (acct, dev) => {
      if (byHash.size % SWEEP_EVERY === SWEEP_EVERY - 1) sweep();
      const now = clock();
      const token = bytesToHash32(randomBytes(32));
      byHash.set(hashOf(token), { acct, dev, openedAt: now, lastUsedAt: now, isClosed: false });
      return { token, expiresAt: now + limits.sessionMostMs };
    },
    find: (token) => {
      const session = byHash.get(hashOf(token));
      if (session === undefined) return null;
      if (!isOpen(session)) {
        byHash.delete(hashOf(token));
        return null;
      }
      session.lastUsedAt = clock();
      return session;
    },
    close: (closing) => {
      closing.isClosed = true;
      for (const [hash, session] of byHash) if (session === closing) byHash.delete(hash);
    },
  };
}
