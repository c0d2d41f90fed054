/** Where the database lies. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WrongSetting } from './config.ts';

export function databaseFile(dataDir: string): string {
  return join(resolve(dataDir), 'evenkeel.sqlite');
}

/** Makes the directory, for its owner only, and finds out now whether it can be written. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new WrongSetting(
      'DATA_DIR',
      dataDir,
      `a directory this process may write (try: chown ${process.getuid?.() ?? ''} ${dataDir})`,
    );
  }
}
