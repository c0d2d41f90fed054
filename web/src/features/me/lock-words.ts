import type { Message } from '../../i18n/define-messages.ts';
import type { UnlockMethod } from '../../session/contract.ts';
import type { ChangeLockOutcome } from '../../session/me-contract.ts';
import { messages } from './messages.ts';

/** How a lock is named in a list: “five words”. */
export const wayMessages = {
  words: messages.wayWords,
  own: messages.wayOwn,
  passkey: messages.wayPasskey,
  pin: messages.wayPin,
} satisfies Record<UnlockMethod, Message>;

/** How the strongest of several ways is said on the first page. */
export const lockedMessages = {
  words: messages.lockedWords,
  own: messages.lockedOwn,
  passkey: messages.lockedPasskey,
  pin: messages.lockedPin,
} satisfies Record<UnlockMethod, Message>;

export const changeLockMessages = {
  cancelled: messages.changeCancelled,
  'no-passkey': messages.changeNoPasskey,
  'kit-needed': messages.changeKitNeeded,
} satisfies Record<Extract<ChangeLockOutcome, { ok: false }>['reason'], Message>;
