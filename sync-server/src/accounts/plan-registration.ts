/** Whether an account may join this server, and with what it starts. */
import type { AccountId, Hash32, MailboxId, PublicKey } from '@evenkeel/protocol';
import type { PlannedPush, PushContext, PushState, VerifiedPush } from '../envelopes/plan-draft.ts';
import { planPush } from '../envelopes/plan-push.ts';

/** What admits the account. The code itself is not kept, only its hash. */
export type Admission =
  | { readonly kind: 'host'; readonly codeHash: Hash32 }
  | { readonly kind: 'offer'; readonly mailbox: MailboxId }
  | { readonly kind: 'none' };

export type Registration = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  readonly admission: Admission;
  readonly offered: VerifiedPush;
  readonly now: number;
};

export type RegistrationState = {
  readonly exists: boolean;
  /** On this server, before it. */
  readonly accounts: number;
  /** How many the account has let in before, whose offer is named. */
  readonly offerAdmissions: number;
  /** Whether the invitation or the offer named is unused and not over. */
  readonly admitted: boolean;
  /** Of an account with nothing in it. */
  readonly push: PushState;
};

export function planRegistration(
  state: RegistrationState,
  registration: Registration,
  context: PushContext,
): PlannedPush {
  // check: account-new
  if (state.exists) return { ok: false, problem: 'account-exists', detail: '' };
  // check: host-accounts
  if (state.accounts >= context.limits.accounts) return { ok: false, problem: 'server-full', detail: '' };
  // check: offer-admissions
  if (state.offerAdmissions >= context.limits.offerAdmissions)
    return { ok: false, problem: 'invitation-refused', detail: 'whose offer it is has let in all it may' };
  // check: invitation
  if (registration.admission.kind !== 'none' && !state.admitted)
    return { ok: false, problem: 'invitation-refused', detail: '' };
  return planPush(state.push, registration.offered, { ...context, arriving: true });
}
