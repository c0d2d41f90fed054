/** The parts behind the screens' contracts, one of each for as long as a diary is open. */
import type { Session } from './contract.ts';
import type { AppSession } from './open-session.ts';

const appSessions = new WeakMap<Session, AppSession>();

export function knowAppSession(session: AppSession): void {
  appSessions.set(session, session);
}

/** The session as the adapters know it. A session that was not made by `openSession` is a defect. */
export function appSessionOf(session: Session): AppSession {
  const known = appSessions.get(session);
  if (known === undefined) throw new TypeError('this session was not opened by the app');
  return known;
}

/** Makes a thing once for each open diary (or session). */
export function once<Key extends object, Thing>(make: (key: Key) => Thing): (key: Key) => Thing {
  const made = new WeakMap<Key, Thing>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const thing = make(key);
    made.set(key, thing);
    return thing;
  };
}
