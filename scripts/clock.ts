/** `npm run clock`: the time this server goes by, with the settings that `npm start` has. */
import './read-env-file.ts';

await import('../sync-server/src/cli/clock.ts');
