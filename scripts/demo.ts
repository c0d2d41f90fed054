/**
 * `npm run demo`: a server with a throw-away data directory, one made-up person with two years of entries, and
 * one made-up clinician who is shown part of them. Both are opened in the app by the ordinary restore.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '@evenkeel/sync-server';
import { buildWeb } from './build-web.ts';
import { makeDemoPeople } from './demo/demo-people.ts';

const PORT = 8788;

const built = await buildWeb({ force: false });
if (!built.ok) {
  console.error(built.output);
  process.exit(1);
}
const dataDir = await mkdtemp(join(tmpdir(), 'evenkeel-demo-'));
const origin = `http://localhost:${PORT}`;
const webDir = fileURLToPath(new URL('../web/dist', import.meta.url));
const server = await startServer({
  port: PORT,
  publicUrl: origin,
  database: join(dataDir, 'evenkeel.db'),
  webDir,
}).catch(async (fault: unknown) => {
  await rm(dataDir, { recursive: true, force: true });
  if (!(fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE')) throw fault;
  console.error(`Port ${PORT} is taken by another program, perhaps another demo. Stop it first.`);
  process.exit(1);
});

console.log('Writing two years of a made-up diary…');
const people = await makeDemoPeople(origin, server.invite, Date.now());
console.log(`
A made-up person, ${people.moments} moments: ${origin}/restore
  ${people.person.join(' ')}

A made-up clinician they share with: ${origin}/desk
  choose "I have used it before" at ${origin}/restore in another browser profile, then open ${origin}/desk
  ${people.clinician.join(' ')}

Everything is gone when this stops (Ctrl+C).`);

const stop = async (): Promise<void> => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
