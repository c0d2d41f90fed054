/** Challenges for opening a session: one use, bound to (acct, dev), gone after a minute. */
import {
  type AccountId,
  type DeviceId,
  type Hash32,
  type Limits,
  bytesToHash32,
  randomBytes,
} from '@evenkeel/protocol';

export type Challenges = {
  readonly issue: (
    acct: AccountId,
    dev: DeviceId,
  ) => { readonly challenge: Hash32; readonly expiresAt: number };
  /** Whether it was issued to these two, is unused and not over. It is used by asking. */
  readonly redeem: (challenge: Hash32, acct: AccountId, dev: DeviceId) => boolean;
};

/** The same for an account nobody knows as for one that is here: nothing is looked up. */
const MOST_OPEN = 20_000;

export function openChallenges(limits: Limits, clock: () => number): Challenges {
  const open = new Map<
    Hash32,
    { readonly acct: AccountId; readonly dev: DeviceId; readonly expiresAt: number }
  >();
  const issue: Challenges['issue'] = (acct, dev) => {
    const now = clock();
    // Issued in order and all of one life, so the oldest stand first.
    for (const [challenge, { expiresAt }] of open) {
      if (expiresAt > now && open.size < MOST_OPEN) break;
      open.delete(challenge);
    }
    const challenge = bytesToHash32(randomBytes(32));
    const expiresAt = now + limits.challengeMs;
    open.set(challenge, { acct, dev, expiresAt });
    return { challenge, expiresAt };
  };
  const redeem: Challenges['redeem'] = (challenge, acct, dev) => {
    const found = open.get(challenge);
    // check: challenge-one-use
    open.delete(challenge);
    if (found === undefined) return false;
    const left = found.expiresAt - clock();
    // check: challenge-life
    if (left <= 0 || left > limits.challengeMs) return false;
    // check: challenge-bound
    if (found.acct !== acct || found.dev !== dev) return false;
    return true;
  };
  return { issue, redeem };
}
