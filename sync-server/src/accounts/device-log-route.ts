/**
 * POST /v1/device-log: how a restored or linked device comes in. No session: each object is signed by the
 * identity. An account that is not here answers as one whose signature does not fit.
 */
import { deviceLogReplySchema, deviceLogRequestSchema } from '@evenkeel/protocol';
import { planPush } from '../envelopes/plan-push.ts';
import { ProblemFound } from '../problem-handler.ts';
import { openRoute } from '../route.ts';
import { objectBytes } from './new-log-objects.ts';
import { verifyDeviceLog } from './verify-device-log.ts';

export const deviceLogRoute = openRoute({
  method: 'post',
  path: '/v1/device-log',
  summary: 'Adds identity-signed objects to the device log, without a session',
  body: deviceLogRequestSchema,
  reply: deviceLogReplySchema,
  problems: ['object-refused', 'log-moved', 'account-suspended', 'quota-exceeded'],
  handle: async ({ store, limits, clock }, { body }) => {
    const account = await store.findAccount(body.acct);
    if (account === null) throw new ProblemFound('object-refused', 'forged');
    const hashesAt = (seqs: readonly number[]) => store.logHashes(body.acct, 'device', seqs);
    const deviceLog = await verifyDeviceLog(account, hashesAt, body.objects.map(objectBytes));
    // check: device-log-account-active
    if (!account.active) throw new ProblemFound('account-suspended');
    const offered = { deviceLog, grantLog: null, packs: [], envelopes: [], heads: [] };
    const now = clock();
    const context = { limits, now, serverEpoch: store.serverEpoch, arriving: false };
    const outcome = await store.push(body.acct, offered, {
      plan: (state) => planPush(state, offered, context),
      now,
      headsKept: limits.headsKept,
    });
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
    return { deviceLogSeq: deviceLog.entries.at(-1)?.seq ?? account.deviceLog.seq };
  },
});
