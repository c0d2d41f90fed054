/**
 * Letter boxes for linking a device and for inviting a clinician: sealed letters under an id that only the two
 * ends can compute. One write, one read, then gone. An id nobody uses answers as one that was read.
 */
import {
  type Bytes,
  bytesToHash32,
  letterReplySchema,
  mailboxIdSchema,
  mailboxPutSchema,
  replyPutSchema,
  sha256,
  toBase64url,
} from '@evenkeel/protocol';
import { objectBytes } from '../accounts/new-log-objects.ts';
import { ProblemFound } from '../problem-handler.ts';
import { noBody, openRoute, pathId, sessionRoute } from '../route.ts';
import { verifyMailbox } from './verify-mailbox.ts';

export const putLetterRoute = sessionRoute({
  method: 'put',
  path: '/v1/mailbox/:id',
  summary: 'Leaves a sealed letter, or withdraws it',
  body: mailboxPutSchema,
  reply: null,
  problems: ['object-refused', 'mailbox-taken', 'quota-exceeded'],
  handle: async (services, { body, params, caller }) => {
    const { store, limits, clock } = services;
    const id = pathId(mailboxIdSchema, params);
    const { kind, hash } = await verifyMailbox(services, caller, id, objectBytes(body.object));
    const letter = body.letter === null ? null : objectBytes(body.letter);
    // check: mailbox-hash
    if (hash !== hashOf(letter)) throw new ProblemFound('object-refused', 'it signs another letter');
    // check: mailbox-kind
    if (kind === 'recovery') throw new ProblemFound('object-refused', 'it is not for a letter box');
    if (letter === null) {
      await store.withdrawLetter(caller.acct, id);
      return;
    }
    const now = clock();
    const expires = now + (kind === 'link' ? limits.linkLetterMs : limits.offerLetterMs);
    const outcome = await store.putLetter({ id, acct: caller.acct, kind, letter, expires }, limits, now);
    if (!outcome.ok) throw new ProblemFound(outcome.problem, outcome.detail);
  },
});

export const getLetterRoute = openRoute({
  method: 'get',
  path: '/v1/mailbox/:id',
  summary: 'Reads a letter once; reading erases it',
  body: noBody,
  reply: letterReplySchema,
  problems: ['not-found'],
  handle: async ({ store, clock }, { params }) =>
    letterOrNothing(await store.takeLetter(pathId(mailboxIdSchema, params), clock())),
});

export const putReplyRoute = openRoute({
  method: 'put',
  path: '/v1/mailbox/:id/reply',
  summary: 'Answers an offer, once, while it lives',
  body: replyPutSchema,
  reply: null,
  problems: ['not-found', 'mailbox-taken'],
  handle: async ({ store, clock }, { params, body }) => {
    const outcome = await store.putReply(pathId(mailboxIdSchema, params), objectBytes(body.letter), clock());
    if (outcome === 'unknown') throw new ProblemFound('not-found');
    if (outcome === 'taken') throw new ProblemFound('mailbox-taken');
  },
});

export const getReplyRoute = sessionRoute({
  method: 'get',
  path: '/v1/mailbox/:id/reply',
  summary: 'Reads the answer to an own offer once; reading erases it',
  body: noBody,
  reply: letterReplySchema,
  problems: ['not-found'],
  handle: async ({ store, clock }, { params, caller }) =>
    letterOrNothing(await store.takeReply(caller.acct, pathId(mailboxIdSchema, params), clock())),
});

function letterOrNothing(letter: Bytes | null): { readonly letter: string } {
  if (letter === null) throw new ProblemFound('not-found');
  return { letter: toBase64url(letter) };
}

function hashOf(letter: Bytes | null): string | null {
  return letter === null ? null : bytesToHash32(sha256(letter));
}
