/** What a server did that an honest one cannot do, in the few words that a screen has for it. */
import type { SharedFault } from '@evenkeel/replica';

/**
 * `held-back`: something that was signed for is not shown. `rewritten`: another history than the one that was
 * signed or seen before. `old-state`: an older state given as the newest. `unsigned`: a statement that none of the
 * account's devices signed. `nonsense`: an answer that means nothing. `unproven-end`: it says that a share is over
 * and cannot show who said so. `not-taken`: it does not take what this device signed, heads or receipts.
 */
export type ServerWrong =
  | 'held-back'
  | 'rewritten'
  | 'old-state'
  | 'unsigned'
  | 'nonsense'
  | 'unproven-end'
  | 'not-taken';

/** Null for what has words of its own elsewhere, or is nobody's wrong. */
export function wrongOf(fault: SharedFault): ServerWrong | null {
  switch (fault) {
    case 'gap':
    case 'withheld':
    case 'body-withheld':
      return 'held-back';
    case 'forked':
    case 'leaf-changed':
    case 'log-forked':
    case 'head-broken':
    case 'head-equivocation':
      return 'rewritten';
    case 'head-rollback':
    case 'replayed':
      return 'old-state';
    case 'side-row-forged':
    case 'log-refused':
    case 'grant-forged':
      return 'unsigned';
    case 'malformed-reply':
    case 'wrong-acknowledgement':
      return 'nonsense';
    case 'end-unproven':
      return 'unproven-end';
    case 'receipt-invalid':
    case 'receipt-out-of-order':
    case 'head-refused':
      return 'not-taken';
    case 'server-restarted':
    case 'own-head-unknown':
    case 'not-pinned':
    case 'not-invited':
      return null;
  }
}
