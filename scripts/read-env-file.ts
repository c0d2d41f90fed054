/** Import for effect: settings from `.env` beside package.json, where there is one. The environment wins. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../.env');
if (existsSync(file)) process.loadEnvFile(file);
