/**
 * Says what time the server goes by. With `believe`, the host's word that the clock of this machine is right now, and
 * that a later time in the database was a mistake (steady-clock.ts).
 */
import { parseArgs } from 'node:util';
import { CannotDo, onDatabase } from './on-database.ts';

const [verb, ...more] = parseArgs({ allowPositionals: true }).positionals;

await onDatabase(async (store) => {
  if ((verb !== undefined && verb !== 'believe') || more.length > 0)
    throw new CannotDo('npm run clock says the times; npm run clock -- believe goes by this machine’s');
  const now = Date.now();
  if (verb === 'believe') await store.believeTime(now);
  const known = await store.lastTime();
  console.log(`this machine    ${nameOf(now)}`);
  console.log(`the database    ${nameOf(known)}`);
  if (known > now)
    console.log(
      'The server goes by the later time. If that one is a mistake, and this machine is right now: stop the server, npm run clock -- believe, start it.',
    );
});

function nameOf(time: number): string {
  return time === 0 ? 'knows of none yet' : new Date(time).toISOString();
}
