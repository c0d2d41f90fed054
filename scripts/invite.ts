/** `npm run invite`: a fresh invitation, with the settings that `npm start` has. */
import './read-env-file.ts';

await import('../sync-server/src/cli/invite.ts');
