/** Both sides of joining a second device, over the codes and letters of `linking`. */
import { type AccountId, deviceIdOf, isPinnableKey, ownBytes, replayDeviceLog } from '@evenkeel/protocol';
import { VaultFault } from './fault.ts';
import { type Device, deriveIdentity } from './identity.ts';
import {
  type LinkLetter,
  type WaitingDevice,
  linkMailbox,
  linkWords,
  openLetter,
  parseLinkCode,
  sealLetter,
  startWaiting,
} from './linking.ts';
import type { OpenAccount } from './open-account.ts';
import { signDeviceCert } from './sign-object.ts';
import type { Vault } from './vault.ts';

type Answer = Awaited<ReturnType<Vault['answerLink']>>;

/** The old device: certifies the new one and seals the letter that lets it in. */
export async function answerLink(
  open: OpenAccount,
  options: Parameters<Vault['answerLink']>[0],
): Promise<Answer> {
  const { qr, origin, deviceLog, grantLog, heads, entryCount, deviceName, now } = options;
  const { root, identity } = open;
  const code = parseLinkCode(qr);
  // check: link: a device key that may be pinned
  if (code === null || !(await isPinnableKey(code.devicePk))) return { ok: false, reason: 'malformed' };
  const log = await replayDeviceLog(deviceLog.map(ownBytes));
  // check: link: the own device log
  if (!log.ok || log.log.acct !== identity.acct) throw new VaultFault('wrong-log');
  const dev = deviceIdOf(code.devicePk);
  // check: link: a device that is not there yet
  if (log.log.devices.has(dev)) return { ok: false, reason: 'malformed' };
  const { seq, hash: prev } = log.log;
  const cert = await signDeviceCert(open, {
    seq: seq + 1,
    prev,
    time: now,
    dev,
    signPk: code.devicePk,
    name: deviceName,
  });
  const content = { root, entryCount, deviceLog: [...deviceLog, cert], grantLog, heads };
  const sealed = sealLetter(qr, code, origin, content);
  if (sealed === null) return { ok: false, reason: 'malformed' };
  const words = await linkWords(qr, identity.acct, sealed.senderEphPk);
  return { ok: true, letter: sealed.bytes, mailbox: linkMailbox(code.q), words, cert };
}

/** The new device, from its code to "same words". */
export type Joining = {
  readonly start: Vault['startLink'];
  readonly receive: Vault['receiveLink'];
  /** What was received; both belong to the caller from then on. */
  readonly accept: () => { readonly device: Device; readonly letter: LinkLetter };
  readonly stop: () => void;
};

export function createJoining(): Joining {
  let waiting: WaitingDevice | null = null;
  let letter: LinkLetter | null = null;

  const stop = (): void => {
    waiting?.device[Symbol.dispose]();
    waiting?.ephemeral[Symbol.dispose]();
    letter?.root[Symbol.dispose]();
    waiting = null;
    letter = null;
  };

  return {
    stop,
    start: async () => {
      const started = await startWaiting();
      stop();
      waiting = started;
      const code = parseLinkCode(started.qr);
      if (code === null) throw new VaultFault('broken');
      return { qr: ownBytes(started.qr), mailbox: linkMailbox(code.q) };
    },
    receive: async (bytes, origin) => {
      if (waiting === null) throw new VaultFault('no-link-open');
      const { qr, device } = waiting;
      const found = openLetter(waiting, origin, bytes);
      if (!found.ok) return found;
      const acct = await accountOfLetter(found.letter, device);
      if (acct === null) {
        found.letter.root[Symbol.dispose]();
        return { ok: false, reason: 'tampered' };
      }
      const words = await linkWords(qr, acct, found.senderEphPk);
      letter?.root[Symbol.dispose]();
      letter = found.letter;
      return { ok: true, acct, words, entryCount: found.letter.entryCount };
    },
    accept: () => {
      if (waiting === null || letter === null) throw new VaultFault('no-link-open');
      const accepted = { device: waiting.device, letter };
      waiting.ephemeral[Symbol.dispose]();
      waiting = null;
      letter = null;
      return accepted;
    },
  };
}

/** The account a letter is for, or null when its root, its log and the waiting device do not agree. */
async function accountOfLetter({ root, deviceLog }: LinkLetter, device: Device): Promise<AccountId | null> {
  using identity = await deriveIdentity(root);
  const log = await replayDeviceLog(deviceLog.map(ownBytes));
  // check: link: a letter whose root and log are of one account
  if (!log.ok || log.log.acct !== identity.acct) return null;
  const ours = log.log.devices.get(device.dev);
  // check: link: a letter that lets this device in
  if (ours === undefined || ours.revoked !== null) return null;
  return identity.acct;
}
