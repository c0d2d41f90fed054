/** The recovery wrap: kept under an id that only the 24 words lead to. */
import {
  bytesToHash32,
  mailboxIdSchema,
  recoveryPutSchema,
  recoveryReplySchema,
  sha256,
  toBase64url,
} from '@evenkeel/protocol';
import { verifyMailbox } from '../mailbox/verify-mailbox.ts';
import { ProblemFound } from '../problem-handler.ts';
import { noBody, openRoute, pathId, sessionRoute } from '../route.ts';
import { objectBytes } from './new-log-objects.ts';

export const putRecoveryRoute = sessionRoute({
  method: 'put',
  path: '/v1/recovery',
  summary: 'Keeps the recovery wrap; one that is held is replaced only with a device-signed object',
  body: recoveryPutSchema,
  reply: null,
  problems: ['object-refused'],
  handle: async (services, { body, caller }) => {
    const wrap = objectBytes(body.wrap);
    if (body.object !== undefined) {
      const said = await verifyMailbox(services, caller, body.id, objectBytes(body.object));
      // check: recovery-object
      if (said.kind !== 'recovery' || said.hash !== bytesToHash32(sha256(wrap)))
        throw new ProblemFound('object-refused', 'it signs another wrap');
    }
    const outcome = await services.store.putRecovery(caller.acct, body.id, wrap, body.object !== undefined);
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
  },
});

export const getRecoveryRoute = openRoute({
  method: 'get',
  path: '/v1/recovery/:id',
  summary: 'The recovery wrap and both logs of the account it belongs to',
  body: noBody,
  reply: recoveryReplySchema,
  problems: ['not-found'],
  begin: ({ rates }, address, res) => {
    // check: recovery-at-once
    rates.recoveryUnderWay(address, res);
  },
  handle: async ({ store, rates }, { params, address }) => {
    // check: recovery-rate
    await rates.recovery(address);
    const found = await store.findRecovery(pathId(mailboxIdSchema, params));
    if (found === null) throw new ProblemFound('not-found');
    return {
      acct: found.acct,
      wrap: toBase64url(found.wrap),
      serverEpoch: store.serverEpoch,
      deviceLog: found.deviceLog.map(toBase64url),
      grantLog: found.grantLog.map(toBase64url),
    };
  },
});
