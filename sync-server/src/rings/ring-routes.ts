/**
 * Rings: a device says when it wants to be woken, by a signed plan that holds moments and nothing else, and reads
 * what it left. A plan takes the whole place of the one before.
 */
import { ringPlanSchema, ringsPutSchema, ringsReplySchema, verifyObject } from '@evenkeel/protocol';
import { objectBytes } from '../accounts/new-log-objects.ts';
import { ProblemFound } from '../problem-handler.ts';
import { noBody, sessionRoute } from '../route.ts';
import { isPublicName } from './public-lookup.ts';

/** A plan is followed by later ones only; one from far ahead would shut them out until then. */
const MOST_AHEAD_MS = 86_400_000;

export const getRingsRoute = sessionRoute({
  method: 'get',
  path: '/v1/rings',
  summary: 'The key to subscribe to pushes with, and when this device is woken',
  body: noBody,
  reply: ringsReplySchema,
  problems: [],
  handle: async ({ store, pushKey }, { caller }) => {
    const at = await store.ringsOf(caller.acct, caller.dev);
    return { pushKey, at: at === null ? null : [...at] };
  },
});

export const putRingsRoute = sessionRoute({
  method: 'put',
  path: '/v1/rings',
  summary: 'Says when this device is woken, and where, or that it is not',
  body: ringsPutSchema,
  reply: null,
  problems: ['object-refused'],
  handle: async ({ store, origin, machineClock, pushesAnywhere }, { body, caller }) => {
    const { acct, dev, account } = caller;
    const publicKey = account.devices.get(dev)?.signPk;
    if (publicKey === undefined) throw new ProblemFound('object-refused', 'unknown-device');
    const verified = await verifyObject(
      objectBytes(body.object),
      { type: 'ring-plan', acct, signer: dev, publicKey },
      ringPlanSchema,
    );
    // check: ring-plan-signature
    if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
    const plan = verified.payload;
    // check: ring-plan-origin
    if (plan.origin !== origin) throw new ProblemFound('object-refused', 'it names another origin');
    // check: ring-plan-endpoint
    if (plan.push !== null && !pushesAnywhere && !isPublicName(new URL(plan.push.endpoint).hostname))
      throw new ProblemFound('object-refused', 'its push service has no public name');
    const now = machineClock();
    // check: ring-plan-future
    if (plan.time > now + MOST_AHEAD_MS)
      throw new ProblemFound('object-refused', 'its time is more than a day ahead');
    const outcome = await store.putRingPlan(acct, dev, plan, now);
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
  },
});
