/** Prints an invitation, as a link and as a QR code. Works beside a running server. */
import { DEFAULT_LIMITS } from '@evenkeel/protocol';
import encodeQR from 'qr';
import { makeInvitation } from '../start-server.ts';
import { onDatabase } from './on-database.ts';

await onDatabase(async (store, { publicUrl }) => {
  // By the server's time: after a clock was set back, the machine's would make one that is over already.
  const now = Math.max(Date.now(), await store.lastTime());
  const link = `${publicUrl}/#join/${await makeInvitation(store, DEFAULT_LIMITS, now)}`;
  console.log(encodeQR(link, 'term'));
  console.log(`${link}\nGood for 24 hours and one account. It gives no power over the server.`);
});
