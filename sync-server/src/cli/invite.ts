/** Prints an invitation, as a link and as a QR code. Works beside a running server. */
import { existsSync } from 'node:fs';
import { DEFAULT_LIMITS } from '@evenkeel/protocol';
import encodeQR from 'qr';
import { WrongSetting, readConfig } from '../config.ts';
import { databaseFile } from '../data-dir.ts';
import { makeInvitation } from '../start-server.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';

try {
  const config = readConfig(process.env);
  const file = databaseFile(config.dataDir);
  if (!existsSync(file))
    throw new WrongSetting('DATA_DIR', config.dataDir, 'the directory of a server that was started once');
  const store = openSqliteStore(file);
  const code = await makeInvitation(store, DEFAULT_LIMITS, Date.now());
  await store.close();
  const link = `${config.publicUrl}/#join/${code}`;
  console.log(encodeQR(link, 'term'));
  console.log(`${link}\nGood for 24 hours and one account. It gives no power over the server.`);
} catch (fault) {
  if (!(fault instanceof WrongSetting)) throw fault;
  console.error(fault.message);
  process.exitCode = 2;
}
