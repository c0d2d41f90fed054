/**
 * What a push changes, decided without touching a database: the rows it needs go in, the rows to write come
 * out. Every store uses it, so no check depends on which one is behind the server.
 */
import { planDeviceLog } from '../accounts/plan-device-log.ts';
import { planGrantLog } from '../grants/plan-grant-log.ts';
import { planSide } from '../grants/plan-side.ts';
import {
  type PlannedPush,
  type PushContext,
  type PushState,
  type VerifiedPush,
  draftOf,
} from './plan-draft.ts';
import { planEnvelopes } from './plan-envelopes.ts';

export function planPush(state: PushState, offered: VerifiedPush, context: PushContext): PlannedPush {
  const draft = draftOf(state);
  const fault =
    (offered.deviceLog === null ? null : planDeviceLog(draft, offered.deviceLog, context)) ??
    (offered.grantLog === null ? null : planGrantLog(draft, state, offered.grantLog, context)) ??
    planSide(draft, state, offered.packs, draft.effects.packs, context);
  if (fault !== null) return { ok: false, ...fault };
  const envelopes = planEnvelopes(draft, state, offered.envelopes, context);
  const headFault = planSide(draft, state, offered.heads, draft.effects.heads, context);
  if (headFault !== null) return { ok: false, ...headFault };
  return { ok: true, draft, envelopes };
}
