/** POST /v1/accounts: an account joins this server, with its logs. */
import {
  type Register,
  ZERO_HASH,
  emptyGrantLog,
  registerReplySchema,
  registerRequestSchema,
  registerSchema,
  startDeviceLog,
  utf8,
  bytesToHash32,
  sha256,
  verifyObject,
} from '@evenkeel/protocol';
import type { LogBatch } from '../envelopes/plan-draft.ts';
import { continueGrantLog } from '../grants/verify-grant-log.ts';
import { ProblemFound } from '../problem-handler.ts';
import { openRoute } from '../route.ts';
import type { Signups } from '../services.ts';
import { logFault, objectBytes } from './new-log-objects.ts';
import type { DeviceChange } from './plan-device-log.ts';
import { type Admission, planRegistration } from './plan-registration.ts';
import { continueDeviceLog } from './verify-device-log.ts';

export const registerRoute = openRoute({
  method: 'post',
  path: '/v1/accounts',
  summary: 'An account joins this server with its logs',
  body: registerRequestSchema,
  reply: registerReplySchema,
  problems: [
    'object-refused',
    'signups-closed',
    'invitation-refused',
    'account-exists',
    'server-full',
    'grant-refused',
    'quota-exceeded',
  ],
  handle: async (services, { body, address }) => {
    const { store, disk, clock, origin, signups } = services;
    const [first, ...rest] = body.deviceLog.map(objectBytes);
    const started = await startDeviceLog(first ?? new Uint8Array());
    // check: account-object
    if (!started.ok) throw logFault(started.reason);
    const { acct, signPk, boxPk } = started.log;
    const expected = { type: 'register', acct, signer: 'identity', publicKey: signPk } as const;
    const register = await verifyObject(objectBytes(body.register), expected, registerSchema);
    // check: register-signature
    if (!register.ok) throw new ProblemFound('object-refused', register.reason);
    // check: register-origin
    if (register.payload.origin !== origin)
      throw new ProblemFound('object-refused', 'it names another origin');
    const admission = admissionOf(register.payload, signups);
    // check: open-registration-rate
    if (admission.kind === 'none') await services.rates.openRegistration(address);
    // Many signatures follow, so strangers are turned away here; the transaction asks again.
    const isInvited = admission.kind === 'none' || (await store.admits(admission, clock()));
    if (!isInvited && (await store.findAccount(acct)) === null) throw new ProblemFound('invitation-refused');
    const continued = await continueDeviceLog(started.log, rest);
    const deviceLog: LogBatch<DeviceChange> = {
      after: { seq: -1, hash: ZERO_HASH },
      entries: [
        { seq: 0, hash: started.log.hash, bytes: first ?? new Uint8Array(), change: { kind: 'account' } },
        ...continued.entries,
      ],
    };
    const grantLog = await continueGrantLog(emptyGrantLog(acct, signPk), body.grantLog.map(objectBytes));
    const now = clock();
    const registration = {
      acct,
      signPk,
      boxPk,
      admission,
      now,
      offered: { deviceLog, grantLog, packs: [], envelopes: [], heads: [] },
    };
    // check: registration-room
    const limits = await disk.limitsNow();
    const context = { limits, now, serverEpoch: store.serverEpoch, arriving: true };
    const outcome = await store.register(registration, {
      plan: (state) => planRegistration(state, registration, context),
      now,
      headsKept: limits.headsKept,
    });
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
    return { acct, serverEpoch: store.serverEpoch };
  },
});

/** What the invitation says, and whether this host lets it in at all. */
function admissionOf({ invitation }: Register, signups: Signups): Admission {
  // check: signups-closed
  if (signups === 'closed') throw new ProblemFound('signups-closed');
  // check: signups-by-invitation
  if (invitation.kind === 'none' && signups !== 'open') throw new ProblemFound('invitation-refused');
  if (invitation.kind === 'host') return { kind: 'host', codeHash: invitationHash(invitation.code) };
  return invitation;
}

/** What is kept of an invitation code. */
export function invitationHash(code: string) {
  return bytesToHash32(sha256(utf8(code)));
}
