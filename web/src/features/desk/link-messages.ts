import type { Message } from '../../i18n/define-messages.ts';
import { codeRefusalMessages } from '../../platform/camera/code-messages.ts';
import type { OpenLinkOutcome } from '../../session/desk-contract.ts';
import type { InvitationRead, JoinOutcome } from '../../session/me-contract.ts';
import { messages } from './messages.ts';

export type LinkProblem = Extract<OpenLinkOutcome, { ok: false }>['reason'];

export const linkMessages = {
  ...codeRefusalMessages,
  used: messages.linkUsed,
  tampered: messages.linkTampered,
  'own-link': messages.linkOwn,
  offline: messages.linkOffline,
  'other-server': messages.linkOtherServer,
  'signups-closed': messages.linkClosed,
  'newer-app-needed': messages.linkNewer,
} satisfies Record<LinkProblem, Message>;

export function isLinkProblem(reason: unknown): reason is LinkProblem {
  return typeof reason === 'string' && Object.hasOwn(linkMessages, reason);
}

export type InvitationProblem = Extract<InvitationRead, { ok: false }>['reason'];

export const invitationMessages = {
  ...codeRefusalMessages,
  offline: messages.joinOffline,
  'no-server-here': messages.joinNone,
  'other-server': messages.joinOther,
} satisfies Record<InvitationProblem, Message>;

export type JoinProblem = Extract<JoinOutcome, { ok: false }>['reason'];

export const joinMessages = {
  offline: messages.joinOffline,
  'invitation-refused': messages.joinRefused,
  'signups-closed': messages.serverClosed,
  'too-many-tries': messages.joinTries,
  refused: messages.joinNotTaken,
} satisfies Record<JoinProblem, Message>;
