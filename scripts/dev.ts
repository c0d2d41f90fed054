/**
 * `npm run dev`: the server, started again on every change, and Vite with reload in front of it. The app is
 * at Vite's address, which passes /v1 on; so that is the PUBLIC_URL that the server is told.
 */
import './read-env-file.ts';
import { keepRunning } from './keep-running.ts';

const app = process.env['PUBLIC_URL'] ?? 'http://localhost:5173';
const server = `http://localhost:${process.env['PORT'] ?? '8787'}`;

await keepRunning([
  {
    program: process.execPath,
    words: ['--watch', '--watch-preserve-output', 'sync-server/src/main.ts'],
    env: { PUBLIC_URL: app },
  },
  {
    program: 'vite',
    words: ['--port', new URL(app).port || '5173', '--strictPort'],
    folder: 'web',
    env: { API_URL: server },
  },
]);
