/** /healthz: the process answers. /readyz: the database takes a write and has the schema this server made. */
import type { Express } from 'express';
import type { Services } from '../services.ts';
import { describeFault, sendProblem } from '../problem-handler.ts';

export function mountHealth(app: Express, { store, clock, log }: Services): void {
  app.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('ok\n');
  });
  app.get('/readyz', async (_req, res) => {
    try {
      await store.check(clock());
    } catch (fault) {
      log.error(describeFault(fault), 'not ready');
      sendProblem(res, 'server-fault');
      return;
    }
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('ready\n');
  });
}
