/**
 * Problems: what the server says when it will not do a thing (RFC 9457, application/problem+json). `code` is
 * stable and has a page each in docs/problems. Nothing of the request is echoed.
 */
import { z } from './z.ts';

/** Status and title by code. A title is what happened; the page says what to do. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'wrong-content-type': { status: 415, title: 'The request must be application/json' },
  'too-large': { status: 413, title: 'The request is larger than this server takes' },
  'wrong-origin': { status: 403, title: 'The request came from another site' },
  'session-needed': { status: 401, title: 'There is no open session' },
  'session-refused': { status: 401, title: 'The session could not be opened' },
  'challenge-expired': { status: 401, title: 'The challenge was used or is too old' },
  'device-revoked': { status: 403, title: 'This device was removed from the account' },
  'account-suspended': { status: 403, title: 'The host has suspended this account' },
  'invitation-refused': { status: 403, title: 'The invitation is used, too old or unknown' },
  'signups-closed': { status: 403, title: 'This server takes no new accounts' },
  'server-full': { status: 507, title: 'This server has no room for another account' },
  'account-exists': { status: 409, title: 'The account is already on this server' },
  'object-refused': { status: 422, title: 'A signed object did not verify' },
  'log-moved': { status: 409, title: 'The log has moved on: pull first, then sign again' },
  'grant-refused': { status: 422, title: 'The grant cannot be taken' },
  'quota-exceeded': { status: 507, title: 'The account has reached a limit of this server' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'mailbox-taken': { status: 409, title: 'This letter box was already used' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'too-many-streams': { status: 429, title: 'Too many live streams for this account' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'server-fault': { status: 500, title: 'The server failed' },
  'server-stopping': { status: 503, title: 'The server is stopping' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_CODES = [
  'malformed-request',
  'wrong-content-type',
  'too-large',
  'wrong-origin',
  'session-needed',
  'session-refused',
  'challenge-expired',
  'device-revoked',
  'account-suspended',
  'invitation-refused',
  'signups-closed',
  'server-full',
  'account-exists',
  'object-refused',
  'log-moved',
  'grant-refused',
  'quota-exceeded',
  'not-found',
  'mailbox-taken',
  'rate-limited',
  'too-many-streams',
  'method-not-allowed',
  'server-fault',
  'server-stopping',
] as const satisfies readonly ProblemCode[];

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.optional(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;

/** `type` is a path on the same server: the page of the code. */
export function problem(code: ProblemCode, detail?: string): Problem {
  const { status, title } = PROBLEMS[code];
  const base = { type: `/problems/${code}`, title, status, code };
  return detail === undefined ? base : { ...base, detail };
}
