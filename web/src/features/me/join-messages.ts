import type { Message } from '../../i18n/define-messages.ts';
import { codeRefusalMessages } from '../../platform/camera/code-messages.ts';
import type { InvitationRead, JoinOutcome } from '../../session/me-contract.ts';
import { messages } from './messages.ts';

export const joinMessages = {
  offline: messages.joinOffline,
  'invitation-refused': messages.joinRefused,
  'signups-closed': messages.joinClosed,
  'too-many-tries': messages.joinTries,
  refused: messages.joinNotTaken,
} satisfies Record<Extract<JoinOutcome, { ok: false }>['reason'], Message>;

export const invitationMessages = {
  ...codeRefusalMessages,
  offline: messages.joinOffline,
  'no-server-here': messages.noServerHere,
  'other-server': messages.joinOther,
} satisfies Record<Extract<InvitationRead, { ok: false }>['reason'], Message>;
