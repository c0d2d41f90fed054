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
  /** Whether it may still be used; asking counts as use. */
  readonly use: (session: Session) => boolean;
  readonly close: (session: Session) => void;
};

const SWEEP_EVERY = 256;

export function openSessions(limits: Limits, clock: () => number): Sessions {
  const byHash = new Map<Hash32, Session>();
  /** Of each device, the oldest first. */
  const hashesByDevice = new Map<DeviceId, Set<Hash32>>();
  const hashOf = (token: Hash32): Hash32 => objectHash(idToBytes(token));

  const isOpen = (session: Session): boolean => {
    const now = clock();
    // check: live-session-closed
    if (session.isClosed) return false;
    // A clock that was set back far ends it, as one that went on does: who is there opens another.
    // check: session-idle
    if (Math.abs(now - session.lastUsedAt) >= limits.sessionIdleMs) return false;
    // check: session-most
    if (Math.abs(now - session.openedAt) >= limits.sessionMostMs) return false;
    return true;
  };
  const use = (session: Session): boolean => {
    if (!isOpen(session)) return false;
    session.lastUsedAt = clock();
    return true;
  };
  const forget = (hash: Hash32, { dev }: Session): void => {
    byHash.delete(hash);
    const hashes = hashesByDevice.get(dev);
    hashes?.delete(hash);
    if (hashes?.size === 0) hashesByDevice.delete(dev);
  };
  const close = (hash: Hash32, session: Session): void => {
    session.isClosed = true;
    forget(hash, session);
  };
  const sweep = (): void => {
    for (const [hash, session] of byHash) if (!isOpen(session)) forget(hash, session);
  };
  const closeOldest = (dev: DeviceId): void => {
    const [oldest] = hashesByDevice.get(dev) ?? [];
    const session = oldest === undefined ? undefined : byHash.get(oldest);
    if (oldest !== undefined && session !== undefined) close(oldest, session);
  };
  return {
    use,
    open: (acct, dev) => {
      if (byHash.size % SWEEP_EVERY === SWEEP_EVERY - 1) sweep();
      // check: session-count
      if ((hashesByDevice.get(dev)?.size ?? 0) >= limits.sessionsPerDevice) closeOldest(dev);
      const now = clock();
      const token = bytesToHash32(randomBytes(32));
      const hash = hashOf(token);
      hashesByDevice.set(dev, (hashesByDevice.get(dev) ?? new Set()).add(hash));
      byHash.set(hash, { acct, dev, openedAt: now, lastUsedAt: now, isClosed: false });
      return { token, expiresAt: now + limits.sessionMostMs };
    },
    find: (token) => {
      const session = byHash.get(hashOf(token));
      if (session === undefined) return null;
      if (use(session)) return session;
      forget(hashOf(token), session);
      return null;
    },
    close: (closing) => {
      for (const hash of hashesByDevice.get(closing.dev) ?? [])
        if (byHash.get(hash) === closing) close(hash, closing);
    },
  };
}
