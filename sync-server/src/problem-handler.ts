/** The one place where something that went wrong becomes an answer (RFC 9457). Registered last. */
import { type ProblemCode, problem, z } from '@evenkeel/protocol';
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';

/** A problem to be told to the caller. `detail` says what was found and expected, never contents. */
export class ProblemFound extends Error {
  override readonly name = 'ProblemFound';
  readonly code: ProblemCode;
  readonly detail: string;
  /** Seconds, for the Retry-After header. */
  readonly retryAfter: number | null;
  constructor(code: ProblemCode, detail = '', retryAfter: number | null = null) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

export function sendProblem(
  res: Response,
  code: ProblemCode,
  detail = '',
  retryAfter: number | null = null,
): void {
  const body = problem(code, detail === '' ? undefined : detail);
  if (body.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  if (retryAfter !== null) res.setHeader('Retry-After', String(retryAfter));
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

/** Express knows an error handler by its four parameters. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (fault, _req, res, next) => {
    if (res.headersSent) {
      next(fault);
      return;
    }
    if (fault instanceof ProblemFound) {
      sendProblem(res, fault.code, fault.detail, fault.retryAfter);
      return;
    }
    const code = codeOfHttpError(fault);
    if (code === 'server-fault') log.error(describeFault(fault), 'fault');
    sendProblem(res, code);
  };
}

const httpErrorSchema = z.object({ status: z.int(), type: z.optional(z.string()) });

/** What body-parser, the router and the static files throw: an error with a status, and often a type. */
function codeOfHttpError(fault: unknown): ProblemCode {
  const found = httpErrorSchema.safeParse(fault);
  if (!found.success) return 'server-fault';
  const { status } = found.data;
  if (status === 413) return 'too-large';
  if (status === 415) return 'wrong-content-type';
  if (status === 404) return 'not-found';
  return status < 500 ? 'malformed-request' : 'server-fault';
}

/** Where a fault arose and of what kind; its message stays out, because it may repeat what somebody sent. */
export function describeFault(fault: unknown): {
  readonly fault: string;
  readonly code: string;
  /** SQLite's name for what went wrong, "database or disk is full": one of a fixed list. */
  readonly reason?: string;
  readonly at: readonly string[];
} {
  if (!(fault instanceof Error)) return { fault: typeof fault, code: '', at: [] };
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  const at = (fault.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim());
  const reason = 'errstr' in fault && typeof fault.errstr === 'string' ? { reason: fault.errstr } : {};
  return { fault: fault.name, code, ...reason, at: at.slice(0, 12) };
}
