/** A device that writes for the account no more: said in the device log, with the cut up to which it counts. */
import type { DeviceId } from '@evenkeel/protocol';
import type { DeviceRemoval } from './me-contract.ts';
import type { Opened } from './opened.ts';

export async function revokeDevice(opened: Opened, dev: DeviceId): Promise<DeviceRemoval> {
  const { replica, vault, now } = opened;
  const cut = await replica.logs.signFullHead();
  const log = replica.logs.device();
  const payload = { seq: log.seq + 1, prev: log.hash, time: now(), dev, cut };
  const [object] = await vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]);
  const appended = object === undefined ? null : await replica.logs.appendDeviceLog([object]);
  // Another device acted in between: said again behind it.
  if (appended?.ok === false && appended.reason === 'log-moved') return revokeDevice(opened, dev);
  if (appended?.ok !== true) return 'refused';
  return appended.sent ? 'told' : 'later';
}
