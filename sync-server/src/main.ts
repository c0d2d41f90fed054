/** Starts the server: settings, data directory, socket; says where it is and, at first, how to get in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, WrongSetting, readConfig } from './config.ts';
import { databaseFile, prepareDataDir } from './data-dir.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { DatabaseTooNew } from './store/sqlite/migrations.ts';

const EXIT_WRONG_SETTING = 2;

try {
  const config = readConfig(process.env);
  prepareDataDir(config.dataDir);
  const server = await startServer(optionsOf(config));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
  await greet(server);
} catch (fault) {
  process.exitCode = explain(fault);
}

function optionsOf(config: Config) {
  const webDir = join(import.meta.dirname, '..', '..', 'web', 'dist');
  return {
    port: config.port,
    host: config.host,
    database: databaseFile(config.dataDir),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    signups: config.signups,
    log: pino({ level: config.logLevel, base: null }),
    ...(config.tls === null ? {} : { tls: config.tls }),
    ...(existsSync(join(webDir, 'index.html')) ? { webDir } : {}),
  };
}

async function greet(server: RunningServer): Promise<void> {
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`Evenkeel is at ${server.url} (up in ${seconds} s)`);
  if ((await server.store.countAccounts()) > 0) return;
  console.log(
    'Nobody has an account yet. This invitation is for the first one: 24 hours, one use, no power over the server.',
  );
  console.log(`  ${server.url}/#join/${await server.invite()}`);
}

/** What a person who runs a server should be told, and the exit code. */
function explain(fault: unknown): number {
  if (fault instanceof WrongSetting) {
    console.error(fault.message);
    return EXIT_WRONG_SETTING;
  }
  if (fault instanceof DatabaseTooNew) {
    console.error(fault.message);
    return 1;
  }
  if (fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE') {
    console.error(
      `PORT ${process.env['PORT'] ?? '8787'} is taken by another program; stop it, or set another PORT`,
    );
    return EXIT_WRONG_SETTING;
  }
  throw fault;
}
