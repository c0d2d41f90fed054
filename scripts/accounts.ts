/** `npm run accounts`: the accounts of this server, with the settings that `npm start` has. */
import './read-env-file.ts';

await import('../sync-server/src/cli/accounts.ts');
