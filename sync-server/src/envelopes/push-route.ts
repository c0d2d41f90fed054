/** POST /v1/push: verify, then look up, decide and write in one transaction, then answer. */
import { pushReplySchema, pushRequestSchema } from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import { sessionRoute } from '../route.ts';
import { planPush } from './plan-push.ts';
import { verifyPush } from './verify-push.ts';

export const pushRoute = sessionRoute({
  method: 'post',
  path: '/v1/push',
  summary: 'What a device has to say: log objects, key packs, envelopes, heads; one transaction',
  body: pushRequestSchema,
  reply: pushReplySchema,
  problems: ['object-refused', 'log-moved', 'grant-refused', 'quota-exceeded', 'device-revoked', 'too-large'],
  handle: async (services, { body, caller }) => {
    const { store, clock, rates, disk } = services;
    // check: push-rate
    await rates.push(caller.dev);
    const offered = await verifyPush(services, caller.account, body);
    // check: disk-room
    const limits = await disk.limitsNow();
    const now = clock();
    const context = { limits, now, serverEpoch: store.serverEpoch, arriving: false };
    const outcome = await store.push(caller.acct, offered, {
      plan: (state) => planPush(state, offered, context),
      now,
      headsKept: limits.headsKept,
    });
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
    return { serverEpoch: store.serverEpoch, envelopes: [...outcome.envelopes], seq: outcome.seq };
  },
});
