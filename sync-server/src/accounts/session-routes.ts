/** Opening and closing a session by a signed challenge (docs/protocol.md, "Request authentication"). */
import {
  challengeReplySchema,
  challengeRequestSchema,
  fromBase64url,
  publicKeySchema,
  sessionReplySchema,
  sessionRequestSchema,
  sessionSignedBytes,
  verifySignature,
} from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import { noBody, openRoute, sessionRoute } from '../route.ts';

/** The base point: a public key nobody signs with here. Asked for unknown accounts, so that they take as long. */
const NOBODY = publicKeySchema.parse('WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY');

export const challengeRoute = openRoute({
  method: 'post',
  path: '/v1/session/challenge',
  summary: 'A challenge for a device to sign; the same for an account that is not here',
  body: challengeRequestSchema,
  reply: challengeReplySchema,
  problems: [],
  handle: async ({ challenges }, { body }) => challenges.issue(body.acct, body.dev),
});

export const openSessionRoute = openRoute({
  method: 'post',
  path: '/v1/session',
  summary: 'Opens a session with a signed challenge',
  body: sessionRequestSchema,
  reply: sessionReplySchema,
  problems: ['challenge-expired', 'session-refused', 'device-revoked', 'account-suspended'],
  handle: async ({ challenges, store, sessions, origin }, { body }) => {
    const { acct, dev, challenge, signature } = body;
    // check: challenge
    if (!challenges.redeem(challenge, acct, dev)) throw new ProblemFound('challenge-expired');
    const account = await store.findAccount(acct);
    const device = account?.devices.get(dev);
    const signed = sessionSignedBytes(origin, acct, dev, challenge);
    const isSigned = await verifySignature(
      device?.signPk ?? NOBODY,
      signed,
      fromBase64url(signature) ?? new Uint8Array(),
    );
    // check: session-signature
    if (!isSigned || account === null || device === undefined) throw new ProblemFound('session-refused');
    // check: session-opens-for-device
    if (device.revoked !== null) throw new ProblemFound('device-revoked');
    // check: session-opens-for-account
    if (!account.active) throw new ProblemFound('account-suspended');
    return { ...sessions.open(acct, dev), serverEpoch: store.serverEpoch };
  },
});

export const closeSessionRoute = sessionRoute({
  method: 'delete',
  path: '/v1/session',
  summary: 'Closes the session',
  body: noBody,
  reply: null,
  problems: [],
  handle: async ({ sessions }, { caller }) => {
    sessions.close(caller.session);
  },
});
