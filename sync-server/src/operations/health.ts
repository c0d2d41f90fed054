/** /healthz: the process answers. /readyz: the database takes a write and has the schema this server made. */
import type { Express } from 'express';
import type { Services } from '../services.ts';
import { describeFault, sendProblem } from '../problem-handler.ts';
import { goodFor } from './good-for.ts';

const GOOD_FOR_MS = 1000;

export function mountHealth(app: Express, { store, clock, log }: Services): void {
  app.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('ok\n');
  });
  // Anybody may ask, as often as they like, and each look is a write to the disk: one is good for a second.
  const isReady = goodFor(
    GOOD_FOR_MS,
    () => performance.now(),
    async () => {
      try {
        await store.check(clock());
        return true;
      } catch (fault) {
        log.error(describeFault(fault), 'not ready');
        return false;
      }
    },
  );
  app.get('/readyz', async (_req, res) => {
    if (!(await isReady())) {
      sendProblem(res, 'server-fault');
      return;
    }
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('ready\n');
  });
}
