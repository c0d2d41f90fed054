/** Starts the server: settings, data directory, socket; says where it is and, at first, how to get in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Config, WrongSetting, readConfig } from './config.ts';
import { databaseFile, prepareDataDir } from './data-dir.ts';
import { readHelpNumbers } from './help-numbers/help-numbers-file.ts';
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
  const webDir = builtApp();
  return {
    port: config.port,
    host: config.host,
    database: databaseFile(config.dataDir),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    signups: config.signups,
    limits: { accounts: config.mostAccounts },
    mostBytes: config.mostBytes,
    helpNumbers: readHelpNumbers(config.dataDir),
    log: pino({ level: config.logLevel, base: null }),
    ...(config.tls === null ? {} : { tls: config.tls }),
    ...(existsSync(join(webDir, 'index.html')) ? { webDir } : {}),
  };
}

/** The app beside this server; `--web-dir` names another build, for tests that bring a new version. */
function builtApp(): string {
  const { values } = parseArgs({ options: { 'web-dir': { type: 'string' } } });
  return values['web-dir'] ?? join(import.meta.dirname, '..', '..', 'web', 'dist');
}

async function greet(server: RunningServer): Promise<void> {
  const seconds = (performance.now() / 1000).toFixed(1);
  const isFirst = (await server.store.countAccounts()) === 0;
  console.log(
    [
      `Evenkeel is at ${server.url} (up in ${seconds} s)`,
      ...(isFirst
        ? [
            'Nobody has an account yet. This invitation is for the first one: 24 hours, one use, no power over the server.',
            `  ${server.url}/#join/${await server.invite()}`,
          ]
        : []),
    ].join('\n'),
  );
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
      `PORT ${readConfig(process.env).port} is taken by another program; stop it, or set another PORT`,
    );
    return EXIT_WRONG_SETTING;
  }
  throw fault;
}
