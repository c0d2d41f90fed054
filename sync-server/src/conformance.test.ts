import { type ServerUnderTest, runServerConformance } from '@evenkeel/test-kit/server-conformance';
import { afterAll, beforeAll } from 'vitest';
import { type RunningServer, startServer } from './start-server.ts';

let running: RunningServer | null = null;
beforeAll(async () => {
  running = await startServer();
});
afterAll(async () => {
  await running?.close();
});

runServerConformance((): ServerUnderTest => {
  if (running === null) throw new Error('the server has not started');
  return running;
});
