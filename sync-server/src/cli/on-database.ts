/** What the host does from a command line: on the database of the settings, also beside a running server. */
import { existsSync } from 'node:fs';
import { type Config, WrongSetting, readConfig } from '../config.ts';
import { databaseFile } from '../data-dir.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';

/** What was asked for cannot be done, in words for the host. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
  readonly code = 'cannot-do';
}

const EXIT_CANNOT = 2;

export async function onDatabase(act: (store: Store, config: Config) => Promise<void>): Promise<void> {
  try {
    const config = readConfig(process.env);
    const file = databaseFile(config.dataDir);
    if (!existsSync(file))
      throw new WrongSetting('DATA_DIR', config.dataDir, 'the directory of a server that was started once');
    const store = openSqliteStore(file);
    try {
      await act(store, config);
    } finally {
      await store.close();
    }
  } catch (fault) {
    if (!(fault instanceof WrongSetting) && !(fault instanceof CannotDo)) throw fault;
    console.error(fault.message);
    process.exitCode = EXIT_CANNOT;
  }
}
