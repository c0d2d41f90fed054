/** A diary out of a backup file, into an empty browser, with no server. Nothing is a diary here before the lock is chosen. */
import { type Bytes, objectHash, replayDeviceLog, replayGrantLog, sameBytes } from '@evenkeel/protocol';
import {
  type Backup,
  blobSource,
  clearLeftovers,
  readBackup,
  readRecovery,
  restoreBackup,
} from '@evenkeel/replica';
import { type Holder, type UnlockSecret, type Vault, recoveryIdOf } from '@evenkeel/vault';
import type { Beginning } from './contract.ts';
import { deviceName } from './device-name.ts';
import type { StoredKit } from './device-store.ts';
import { prepareLock } from './locks.ts';
import type {
  ArriveOutcome,
  BackupSecret,
  OnProgress,
  OpenBackupOutcome,
  ReadBackupFile,
} from './me-contract.ts';
import { wordsIn } from './kit-code.ts';
import { allBytes, postDeviceLog } from './open-arrival.ts';
import type { AppSession } from './open-session.ts';

/** Longer than this a server is not waited for: the file is enough. */
const SERVER_MS = 4000;

type Logs = { readonly deviceLog: readonly Bytes[]; readonly grantLog: readonly Bytes[] };
type FreshVault = Vault & { readonly terminate: () => void };
type Opened =
  | { readonly in: 'this-device'; readonly vault: FreshVault; readonly holder: Holder }
  | {
      readonly in: 'store';
      readonly vault: FreshVault;
      readonly backup: Backup;
      readonly kit: StoredKit | null;
    };

export function restoreFromFile(session: AppSession, now: () => number) {
  const origin = window.location.origin;
  let chosen: Backup | null = null;
  let opened: Opened | null = null;

  const become = (next: Opened | null): void => {
    opened?.vault.terminate();
    opened = next;
  };

  return {
    async read(file: Blob): Promise<ReadBackupFile> {
      become(null);
      chosen = null;
      try {
        const read = await readBackup(blobSource(file));
        if (!read.ok) return read;
        const here = await session.accountHere();
        if (here !== null && here !== read.backup.acct) return { ok: false, reason: 'other-diary' };
        chosen = read.backup;
        return { ok: true, madeAt: chosen.madeAt, opensWith: [...chosen.wraps.keys()] };
      } catch (fault) {
        if (fault instanceof DOMException) return { ok: false, reason: 'no-file' };
        throw fault;
      }
    },

    async open(given: BackupSecret, onProgress: OnProgress): Promise<OpenBackupOutcome> {
      const outcome = await openWith(given, onProgress);
      const asDrawn = smallLetters(given);
      // Drawn words have no capitals; a phone's keyboard likes to give them one.
      return outcome.ok || outcome.reason !== 'wrong-secret' || asDrawn === null
        ? outcome
        : openWith(asDrawn, onProgress);
    },

    async settle(beginning: Beginning): Promise<ArriveOutcome> {
      const found = opened;
      if (found === null) return { ok: false, reason: 'cancelled' };
      const prepared = await prepareLock(beginning.lock);
      if (!prepared.ok) return prepared;
      if (found.in === 'this-device') {
        opened = null;
        await session.relock(found.vault, found.holder, prepared.lock);
        return { ok: true };
      }
      const { vault, backup, kit } = found;
      const isHome = backup.server === origin;
      const { deviceLog, grantLog } = (isHome && (await newerLogs(backup, kit))) || logsOf(backup);
      const last = deviceLog.at(-1);
      if (last === undefined) return { ok: false, reason: 'cancelled' };
      const added = await vault.addDevice({
        deviceName: deviceName(),
        now: now(),
        seq: deviceLog.length,
        prev: objectHash(last),
      });
      // With no answer it is sent when the server is met again.
      if (isHome) {
        const told = await inTime(postDeviceLog(origin, backup.acct, added.cert), 'offline');
        if (told === 'too-many-devices') return { ok: false, reason: told };
      }
      opened = null;
      return session.settleIn(
        {
          vault,
          holder: added.holder,
          deviceKeyBox: added.deviceKeyBox,
          deviceLog: [...deviceLog, added.cert],
          grantLog,
          heads: isHome ? backup.heads : [],
          server: isHome ? origin : null,
          restored: { kit },
        },
        prepared.lock,
        beginning,
      );
    },

    /** The person went another way: what waits in the store goes. */
    async drop(): Promise<void> {
      become(null);
      chosen = null;
      const store = await session.emptyStore();
      if (store !== null) await clearLeftovers(store);
    },
  };

  async function openWith(given: BackupSecret, onProgress: OnProgress): Promise<OpenBackupOutcome> {
    const backup = chosen;
    const wrap = backup?.wraps.get(given.way);
    if (backup === null || wrap === undefined) return { ok: false, reason: 'wrong-secret' };
    const secret = secretOf(given);
    if ((await session.accountHere()) !== null) {
      const here = await session.openWithWrap(wrap, secret);
      if (!here.ok) return { ok: false, reason: 'wrong-secret' };
      become({ in: 'this-device', vault: here.vault, holder: here.holder });
      return { ok: true, alreadyHere: true };
    }
    const vault = session.newVault();
    const unlocked = await vault.unlock({ acct: backup.acct, wrap, secret, deviceKeyBox: null });
    if (!unlocked.ok) {
      vault.terminate();
      return { ok: false, reason: reasonOf(unlocked.reason) };
    }
    const store = await session.emptyStore();
    if (store === null) {
      vault.terminate();
      return { ok: false, reason: 'no-storage' };
    }
    const filled = await restoreBackup({ store, vault }, backup, (done) =>
      onProgress({ done, of: backup.envelopes }),
    );
    if (!filled.ok) {
      vault.terminate();
      return { ok: false, reason: filled.reason === 'storage-full' ? 'no-room' : 'no-storage' };
    }
    become({ in: 'store', vault, backup, kit: await kitOf(backup, secret) });
    return { ok: true, entries: filled.entries, unreadable: filled.unreadable };
  }

  async function kitOf(backup: Backup, secret: UnlockSecret): Promise<StoredKit | null> {
    const wrap = backup.wraps.get('recovery');
    if (wrap === undefined) return null;
    const id = secret.type === 'recovery' ? await recoveryIdOf(secret.words) : null;
    return { wrap, id, madeAt: backup.madeAt, checkedAt: now() };
  }

  /** What the diary's own server has seen since the file was made, where it can be asked by the kit and continues the file. */
  async function newerLogs(backup: Backup, kit: StoredKit | null): Promise<Logs | null> {
    if (kit === null || kit.id === null) return null;
    const answer = await inTime(readRecovery({ origin }, kit.id), null);
    if (answer === null || !answer.ok || answer.value.acct !== backup.acct) return null;
    const [deviceLog, grantLog] = [allBytes(answer.value.deviceLog), allBytes(answer.value.grantLog)];
    if (deviceLog === null || grantLog === null) return null;
    if (!continues(deviceLog, backup.deviceObjects) || !continues(grantLog, backup.grantObjects)) return null;
    const replayed = await replayDeviceLog(deviceLog);
    if (!replayed.ok) return null;
    const grants = await replayGrantLog(backup.acct, replayed.log.signPk, grantLog);
    return grants.ok ? { deviceLog, grantLog } : null;
  }
}

function logsOf({ deviceObjects, grantObjects }: Backup): Logs {
  return { deviceLog: deviceObjects, grantLog: grantObjects };
}

function continues(longer: readonly Bytes[], start: readonly Bytes[]): boolean {
  return start.every((bytes, i) => {
    const other = longer[i];
    return other !== undefined && sameBytes(bytes, other);
  });
}

function secretOf(given: BackupSecret): UnlockSecret {
  return given.way === 'recovery'
    ? { type: 'recovery', words: wordsIn(given.words).join(' ') }
    : { type: 'passphrase', passphrase: given.passphrase };
}

/** The same passphrase without capitals, where it has any. */
function smallLetters(given: BackupSecret): BackupSecret | null {
  if (given.way === 'recovery') return null;
  const passphrase = given.passphrase.toLowerCase();
  return passphrase === given.passphrase ? null : { ...given, passphrase };
}

function reasonOf(
  reason: 'wrong-secret' | 'tampered' | 'weak-profile' | 'newer-app-needed',
): 'wrong-secret' | 'damaged' | 'newer-app-needed' {
  return reason === 'tampered' || reason === 'weak-profile' ? 'damaged' : reason;
}

async function inTime<Value, Else>(answer: Promise<Value>, otherwise: Else): Promise<Value | Else> {
  return Promise.race([
    answer.catch(() => otherwise),
    new Promise<Else>((go) => setTimeout(() => go(otherwise), SERVER_MS)),
  ]);
}
