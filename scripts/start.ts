/** `npm start`: builds the app when its sources have changed, then serves app and API on one port. */
import { buildWeb } from './build-web.ts';
import { keepRunning } from './keep-running.ts';

const built = await buildWeb({ force: false });
if (!built.ok) {
  console.error(built.output);
  console.error('The app could not be built, so there is nothing to serve.');
  process.exit(1);
}
await keepRunning([{ program: process.execPath, words: ['sync-server/src/main.ts'] }]);
