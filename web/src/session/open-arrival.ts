/** How a diary comes to an empty browser: from another device, or from the 24 words. */
import {
  type Bytes,
  deviceLogReplySchema,
  fromBase64url,
  objectHash,
  replayDeviceLog,
  replayGrantLog,
  toBase64url,
} from '@evenkeel/protocol';
import { type Recovery, readRecovery, readServerInfo } from '@evenkeel/replica';
import { type Holder, type Vault, recoveryIdOf, unknownKitWords } from '@evenkeel/vault';
import { once } from './app-session.ts';
import type { AppSession } from './open-session.ts';
import { prepareLock } from './locks.ts';
import { takeLetter } from './mailboxes.ts';
import type { Arrival, ArriveOutcome, FindDiaryOutcome, LinkArrival } from './me-contract.ts';
import type { Beginning } from './contract.ts';
import { deviceName } from './device-name.ts';
import { kitCodeOf, reachesFloor, wordsIn } from './kit-code.ts';
import type { StoredKit } from './device-store.ts';

const LINK_MS = 5 * 60_000;
const ASK_EVERY_MS = 1500;
const KIT_WORDS = 24;
type FreshVault = Vault & { readonly terminate: () => void };
type Linking = {
  readonly vault: FreshVault;
  readonly mailbox: Parameters<typeof takeLetter>[1];
  readonly until: number;
  stopped: boolean;
};
type Found =
  /** The words open what lies locked on this device: no server is needed. */
  | { readonly from: 'this-device'; readonly vault: FreshVault; readonly holder: Holder }
  | {
      readonly from: 'server';
      readonly vault: FreshVault;
      readonly recovery: Recovery;
      /** As the server keeps it, and where. */
      readonly kit: Pick<StoredKit, 'wrap' | 'id'>;
      readonly deviceLog: readonly Bytes[];
      readonly grantLog: readonly Bytes[];
    };

export function openArrival(session: AppSession, now: () => number = Date.now): Arrival {
  const origin = window.location.origin;
  const fromFile = once(async (of: AppSession) =>
    (await import('./restore-from-file.ts')).restoreFromFile(of, now),
  );
  let linking: Linking | null = null;
  let found: Found | null = null;

  const dropLink = (): void => {
    if (linking !== null) {
      linking.stopped = true;
      linking.vault.terminate();
    }
    linking = null;
  };

  return {
    async startLink() {
      dropLink();
      const server = await readServerInfo({ address: origin });
      if (!server.ok)
        return { ok: false, reason: server.reason === 'unreachable' ? 'offline' : 'no-server-here' };
      const vault = session.newVault();
      const { qr, mailbox } = await vault.startLink();
      const until = now() + LINK_MS;
      linking = { vault, mailbox, until, stopped: false };
      const code = toBase64url(qr);
      return { ok: true, link: `${server.value.origin}/#link/${code}`, code, expires: until };
    },
    async awaitLink(): Promise<LinkArrival> {
      const waiting = linking;
      if (waiting === null) return { ok: false, reason: 'stopped' };
      while (!waiting.stopped && now() < waiting.until) {
        const letter = await takeLetter(origin, waiting.mailbox);
        if (letter !== 'gone' && letter !== 'offline') {
          const received = await waiting.vault.receiveLink(letter, origin);
          if (!received.ok) return { ok: false, reason: 'tampered' };
          return { ok: true, words: received.words, entries: received.entryCount };
        }
        await new Promise((go) => setTimeout(go, ASK_EVERY_MS));
      }
      return { ok: false, reason: waiting.stopped ? 'stopped' : 'expired' };
    },
    async acceptLink(beginning) {
      const waiting = linking;
      if (waiting === null) return { ok: false, reason: 'cancelled' };
      const prepared = await prepareLock(beginning.lock);
      if (!prepared.ok) return prepared;
      const accepted = await waiting.vault.acceptLink();
      linking = null;
      return session.settleIn(
        { vault: waiting.vault, ...accepted, server: origin },
        prepared.lock,
        beginning,
      );
    },
    dropLink,

    async readKitWords(text) {
      const words = wordsIn(text);
      if (words.length !== KIT_WORDS) return { ok: false, reason: 'count', found: words.length };
      const unknown = (await unknownKitWords(words.join(' '))).flatMap((at) => words[at] ?? []);
      if (unknown.length > 0) return { ok: false, reason: 'unknown', unknown };
      return (await recoveryIdOf(words.join(' '))) === null
        ? { ok: false, reason: 'checksum' }
        : { ok: true };
    },
    async findDiary({ words: text, server }): Promise<FindDiaryOutcome> {
      const code = kitCodeOf(text);
      const words = wordsIn(text).join(' ');
      const local = await session.openWithKit(words);
      if (local.ok) {
        found?.vault.terminate();
        found = { from: 'this-device', vault: local.vault, holder: local.holder };
        return { ok: true };
      }
      const wanted = server ?? code?.server ?? origin;
      if (originOf(wanted) !== origin) return { ok: false, reason: 'other-server' };
      const id = await recoveryIdOf(words);
      if (id === null) return { ok: false, reason: 'not-found' };
      const answer = await readRecovery({ origin }, id);
      if (!answer.ok) {
        switch (answer.reason) {
          case 'unreachable':
            return { ok: false, reason: 'offline' };
          case 'not-found':
            return { ok: false, reason: 'not-found' };
          case 'rate-limited':
            return { ok: false, reason: 'too-many-tries' };
          default:
            return { ok: false, reason: 'no-server-here' };
        }
      }
      const recovery = answer.value;
      const here = await session.accountHere();
      if (here !== null && here !== recovery.acct) return { ok: false, reason: 'not-found' };
      const [deviceLog, grantLog, wrap] = [
        allBytes(recovery.deviceLog),
        allBytes(recovery.grantLog),
        fromBase64url(recovery.wrap),
      ];
      if (deviceLog === null || grantLog === null || wrap === null) return { ok: false, reason: 'tampered' };
      const replayed = await replayDeviceLog(deviceLog);
      if (!replayed.ok || replayed.log.acct !== recovery.acct)
        return {
          ok: false,
          reason: replayed.ok || replayed.reason !== 'newer-app-needed' ? 'tampered' : 'newer-app-needed',
        };
      const grants = await replayGrantLog(replayed.log.acct, replayed.log.signPk, grantLog);
      if (!grants.ok) return { ok: false, reason: 'tampered' };
      if (code !== null && !reachesFloor(deviceLog, code.floor)) return { ok: false, reason: 'behind-kit' };
      const vault = session.newVault();
      const unlocked = await vault.unlock({
        acct: recovery.acct,
        wrap,
        secret: { type: 'recovery', words },
        deviceKeyBox: null,
      });
      if (!unlocked.ok) {
        vault.terminate();
        return {
          ok: false,
          reason: unlocked.reason === 'newer-app-needed' ? 'newer-app-needed' : 'tampered',
        };
      }
      found?.vault.terminate();
      found = { from: 'server', vault, recovery, kit: { wrap, id }, deviceLog, grantLog };
      return { ok: true };
    },
    async restore(beginning: Beginning): Promise<ArriveOutcome> {
      if (found === null) return { ok: false, reason: 'cancelled' };
      const prepared = await prepareLock(beginning.lock);
      if (!prepared.ok) return prepared;
      if (found.from === 'this-device') {
        await session.relock(found.vault, found.holder, prepared.lock);
        found = null;
        return { ok: true };
      }
      const { vault, recovery, kit, deviceLog, grantLog } = found;
      const last = deviceLog.at(-1);
      if (last === undefined) return { ok: false, reason: 'cancelled' };
      const added = await vault.addDevice({
        deviceName: deviceName(),
        now: now(),
        seq: deviceLog.length,
        prev: objectHash(last),
      });
      const told = await postDeviceLog(origin, recovery.acct, added.cert);
      if (told !== 'taken') return { ok: false, reason: told };
      found = null;
      return session.settleIn(
        {
          vault,
          holder: added.holder,
          deviceKeyBox: added.deviceKeyBox,
          deviceLog: [...deviceLog, added.cert],
          grantLog,
          heads: [],
          server: origin,
          kit: { ...kit, madeAt: now(), checkedAt: now() },
        },
        prepared.lock,
        beginning,
      );
    },

    readBackupFile: async (file) => (await fromFile(session)).read(file),
    openBackup: async (secret, onProgress) => (await fromFile(session)).open(secret, onProgress),
    settleBackup: async (beginning) => (await fromFile(session)).settle(beginning),
    dropBackup: async () => (await fromFile(session)).drop(),
  };
}

/** A new device joins the log before it has a session: the object is signed by the identity itself. */
export async function postDeviceLog(
  origin: string,
  acct: string,
  cert: Bytes,
): Promise<'taken' | 'offline' | 'too-many-devices'> {
  try {
    const reply = await fetch(`${origin}/v1/device-log`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ acct, objects: [toBase64url(cert)] }),
    });
    if (!reply.ok) return reply.status === 507 ? 'too-many-devices' : 'offline';
    return deviceLogReplySchema.safeParse(await reply.json()).success ? 'taken' : 'offline';
  } catch {
    return 'offline';
  }
}

function originOf(text: string): string | null {
  return URL.parse(text.includes('://') ? text : `https://${text}`)?.origin ?? null;
}

export function allBytes(texts: readonly string[]): readonly Bytes[] | null {
  const all = texts.map(fromBase64url);
  return all.every((bytes): bytes is Bytes => bytes !== null) ? all : null;
}
