/** One line per request: method, route pattern, status, milliseconds. No address, id, query, header or body. */
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

const patterns = new WeakMap<Request, string>();

/** Notes which route took the request; until then it is only known not to be one. */
export function notePattern(req: Request, pattern: string): void {
  patterns.set(req, pattern);
}

export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.on('close', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      log.info(
        { method: req.method, route: patterns.get(req) ?? 'pages', status: res.statusCode, ms },
        'request',
      );
    });
    next();
  };
}
