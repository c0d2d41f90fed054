/**
 * The session: from a device that holds nothing, or something locked, to an open diary, and back. Keys live in
 * a Worker; locking ends it and loads the page anew, so that nothing decrypted stays behind.
 */
import type { AccountId, Bytes } from '@evenkeel/protocol';
import { type DeviceStore, type StoredAccount, type StoredWrap, isDeviceEmpty } from '@evenkeel/replica';
import {
  type Holder,
  type UnlockSecret,
  type Vault,
  connectVault,
  generatePassphrase,
} from '@evenkeel/vault';
import { askForHostNumbers } from '../platform/host-numbers.ts';
import { markDiary, wasDiaryHere } from '../platform/made-here.ts';
import { askPasskey, canUsePasskey } from '../platform/passkey.ts';
import { startVaultWorker } from '../platform/vault-worker.ts';
import type { Beginning, BeginOutcome, Session, SessionState, UnlockOutcome, UnlockTry } from './contract.ts';
import { knowAppSession } from './app-session.ts';
import { deviceName } from './device-name.ts';
import { AS_SHARED, openDeviceSettings } from './device-settings.ts';
import type { StoredKit } from './device-store.ts';
import { keepLock, prepareLock, unlockMethods, wrapFor, type PreparedLock } from './locks.ts';
import type { OpenDiary } from './open-diary.ts';
import { CAME_FROM, type Opened, createAnnouncer } from './opened.ts';
import { watchForIdling } from './watch-for-idling.ts';
import { within } from './within.ts';

const STORE_NAME = 'main';
/** While the first words are read: what opens a diary must not come before them. */
const READING_MS = 500;
/** The keys go at the latest this long after a lock. */
const CLOSING_MS = 2000;
/** In the session's storage of a page that was left to be emptied. */
const FINISHING = 'evenkeel-finishing';

/** An account that has just been made, restored or linked, with the keys still open. */
export type Arrived = {
  readonly vault: Vault;
  readonly holder: Holder;
  readonly deviceKeyBox: Bytes;
  readonly deviceLog: readonly Bytes[];
  readonly grantLog: readonly Bytes[];
  /** What the linking device had seen signed: this device accepts nothing older. */
  readonly heads: readonly Bytes[];
  /** The server it came from, to be connected to; null when it was made here. */
  readonly server: string | null;
  /** Its envelopes are in the store already, and the wrap that opened the file they came from. */
  readonly restored?: { readonly kit: StoredKit | null };
  /** The kit whose words were typed on the way here. */
  readonly kit?: StoredKit;
};

export type OpenedHere =
  | { readonly ok: true; readonly vault: Vault & { readonly terminate: () => void }; readonly holder: Holder }
  | { readonly ok: false; readonly reason: 'absent' | 'wrong' };

export type AppSession = Session & {
  /** The open parts; throws while it is locked. For the adapters in this folder, never for screens. */
  readonly opened: () => Opened;
  /** A Worker with a closed vault: for ways in that need keys before anything is kept. */
  readonly newVault: () => Vault & { readonly terminate: () => void };
  /** Opens what lies locked on this device with the 24 words, where their wrap lies here too; `absent`: it does not. */
  readonly openWithKit: (words: string) => Promise<OpenedHere>;
  /** The same with a wrap that came from elsewhere, of the diary that lies here. */
  readonly openWithWrap: (wrap: Bytes, secret: UnlockSecret) => Promise<OpenedHere>;
  /** The device's own store, where nothing is kept yet; null where this browser keeps nothing. */
  readonly emptyStore: () => Promise<DeviceStore | null>;
  /** The account that lies on this device, open or not. */
  readonly accountHere: () => Promise<AccountId | null>;
  /** Gives the diary of this device a new lock and opens it. */
  readonly relock: (vault: Vault, holder: Holder, lock: PreparedLock) => Promise<void>;
  /** Keeps what arrived under a lock and opens it. */
  readonly settleIn: (arrived: Arrived, lock: PreparedLock, beginning: Beginning) => Promise<BeginOutcome>;
};

export class SessionClosedError extends Error {
  override readonly name = 'SessionClosedError';
  readonly code = 'session-closed';
}

export function openSession(now: () => number = Date.now): AppSession {
  const { subscribe, announce } = createAnnouncer();
  let state: SessionState = { status: 'starting' };
  let store: Promise<DeviceStore> | null = null;
  let open: (Opened & { readonly diary: OpenDiary; readonly end: () => Promise<void> }) | null = null;

  const become = (next: SessionState): void => {
    state = next;
    announce();
  };

  const newVault = () => {
    const worker = startVaultWorker();
    return Object.assign(connectVault(worker), { terminate: () => worker.terminate() });
  };

  const openStore = async (): Promise<DeviceStore | null> => {
    const { openDeviceStore } = await loadStore();
    try {
      store ??= openDeviceStore(STORE_NAME);
      return await store;
    } catch {
      store = null;
      become({ status: 'unavailable', reason: 'no-storage' });
      return null;
    }
  };

  const showLocked = async (held: DeviceStore, pinWasRemoved = false): Promise<void> => {
    const [{ canLeaveNote }, { readOpenPlan }] = await Promise.all([
      import('./device-store.ts'),
      import('./open-plan.ts'),
    ]);
    const pin = await held.wrap('pin');
    become({
      status: 'locked',
      methods: await unlockMethods(held),
      pinTriesLeft: pin?.triesLeft ?? null,
      pinWasRemoved,
      quickEntry: await canLeaveNote(held),
      plan: await readOpenPlan(held),
    });
  };

  const enter = async (
    held: DeviceStore,
    vault: Vault & { readonly terminate?: () => void },
    holder: Holder,
  ): Promise<void> => {
    const { enterDiary, goOnline, keepBackup } = await loadDiary();
    const { opened, diary } = await enterDiary({ vault, store: held, holder, now });
    const methods = await unlockMethods(held);
    const stopWatching =
      methods.length === 0 ? () => undefined : watchForIdling(opened.settings.read, () => void lock());
    const inside = {
      ...opened,
      diary,
      end: async () => {
        stopWatching();
        // The screens are gone by now, and have handed over what was not saved: it is sealed before the keys go.
        await nextTask();
        await Promise.all([diary.draftKept(), opened.forms.kept()]);
        // All that was saved is durable by now; a long history that is still being opened must not hold the keys.
        await within(CLOSING_MS, opened.replica.close());
        vault.terminate?.();
      },
    };
    open = inside;
    become({ status: 'open', diary });
    // Another window may have made this a new device while this one was opening.
    void held.account().then(
      (account) => (open === inside && account?.dev !== holder.dev ? lock() : undefined),
      () => undefined,
    );
    void diary
      .takeIn()
      .then(diary.emptyBin)
      .catch(() => undefined);
    void goOnline(inside).catch(() => undefined);
    void keepBackup(inside).catch(() => undefined);
  };

  const lock = async (): Promise<void> => {
    const closing = open;
    open = null;
    become({ status: 'starting' });
    await closing?.end();
    window.location.reload();
  };

  // The same diary may be open in another window: who locks by hand means all of them, and who has finished here
  // leaves none. A window that was idle, or out of sight, locks for itself.
  const windows = new BroadcastChannel('evenkeel-windows');
  windows.addEventListener('message', ({ data }) => {
    if (data === 'leave') window.location.replace('about:blank');
    else if (open !== null) void lock();
  });

  const unlockWith = async (
    held: DeviceStore,
    wrap: StoredWrap,
    attempt: UnlockTry | 'no-lock',
  ): Promise<UnlockOutcome> => {
    const account = await held.account();
    if (account === null) return { ok: false, reason: 'tampered' };
    const secret = await secretFor(wrap, attempt);
    if (!secret.ok) return secret;
    const vault = newVault();
    const unlockAs = ({ acct, deviceKeyBox }: StoredAccount) =>
      vault.unlock({ acct, wrap: wrap.wrap, secret: secret.secret, deviceKeyBox });
    const unlocked = await unlockAs(account);
    if (!unlocked.ok) {
      vault.terminate();
      return {
        ok: false,
        reason:
          unlocked.reason === 'wrong-secret'
            ? 'wrong'
            : unlocked.reason === 'weak-profile'
              ? 'tampered'
              : unlocked.reason,
      };
    }
    if (unlocked.rewrapped !== null) await held.keepWrap({ ...wrap, wrap: unlocked.rewrapped });
    const { goOnAsNewDevice, isOlderCopy } = await loadDiary();
    if (!(await isOlderCopy(held))) {
      await enter(held, vault, unlocked.holder);
      return { ok: true };
    }
    const renewed = await goOnAsNewDevice({ store: held, vault, deviceName: deviceName(), now });
    // Another window must not go on under the key of before.
    if (renewed.ok) windows.postMessage('lock');
    const opened = renewed.ok ? renewed : await unlockAs((await held.account()) ?? account);
    if (!opened.ok) return { ok: false, reason: 'tampered' };
    await enter(held, vault, opened.holder);
    return { ok: true };
  };

  const settleIn = async (
    arrived: Arrived,
    prepared: PreparedLock,
    beginning: Beginning,
  ): Promise<BeginOutcome> => {
    const held = await openStore();
    if (held === null) return { ok: false, reason: 'no-storage' };
    const { clearLeftovers, keepKit } = await loadStore();
    const wrap = await wrapFor(arrived.vault, prepared);
    try {
      if (arrived.restored === undefined) await clearLeftovers(held);
      const kit = arrived.restored?.kit ?? arrived.kit ?? null;
      if (kit !== null) await keepKit(held, kit);
      await keepLock(held, wrap, prepared.choice);
      await held.keepAccount(
        {
          acct: arrived.holder.acct,
          dev: arrived.holder.dev,
          deviceKeyBox: arrived.deviceKeyBox,
          createdAt: now(),
        },
        { deviceLog: arrived.deviceLog, grantLog: arrived.grantLog, heads: arrived.heads },
      );
      await held.keepFact(CAME_FROM, arrived.server);
      const settings = await openDeviceSettings(arrived.vault, held);
      if (beginning.phone === 'shared') await settings.change(AS_SHARED);
    } catch {
      return { ok: false, reason: 'no-storage' };
    }
    markDiary();
    await enter(held, arrived.vault, arrived.holder);
    void navigator.storage?.persist?.().catch(() => false);
    return { ok: true };
  };

  const welcome = (): void => {
    become({ status: 'welcome' });
    setTimeout(() => {
      // A browser that keeps nothing says so before anything was typed.
      openStore().catch(() => undefined);
      fetchDiary();
    }, READING_MS);
  };

  const emptied = (): void => become({ status: 'unavailable', reason: 'evicted' });

  const start = async (): Promise<void> => {
    if (window.sessionStorage.getItem(FINISHING) !== null) {
      const { eraseHere } = await import('./finish-here.ts');
      await eraseHere();
      window.location.replace('about:blank');
      return;
    }
    setTimeout(() => void askForHostNumbers(), READING_MS);
    const nothingHere = wasDiaryHere() ? emptied : welcome;
    if (await isDeviceEmpty(STORE_NAME)) return nothingHere();
    const held = await openStore();
    if (held === null) return;
    if ((await held.account()) === null) {
      // A restore that was broken off left sealed envelopes and no diary.
      const { clearLeftovers } = await loadStore();
      await clearLeftovers(held);
      return nothingHere();
    }
    // Diaries that were made before there was a mark.
    markDiary();
    fetchDiary();
    const none = await held.wrap('none');
    if (none === null) {
      await showLocked(held);
      return;
    }
    become({ status: 'opening' });
    const opened = await unlockWith(held, none, 'no-lock');
    if (!opened.ok)
      become({
        status: 'unavailable',
        reason: opened.reason === 'newer-app-needed' ? 'newer-app-needed' : 'damaged',
      });
  };

  void start();

  const session: AppSession = {
    subscribe,
    read: () => state,
    canUsePasskey,
    proposeWords: async () => (await generatePassphrase()).split(' '),
    newVault,
    settleIn,
    accountHere: async () => (await (await openStore())?.account())?.acct ?? null,
    emptyStore: openStore,
    async openWithKit(words) {
      const wrap = await (await openStore())?.wrap('recovery');
      if (wrap === undefined || wrap === null) return { ok: false, reason: 'absent' };
      return session.openWithWrap(wrap.wrap, { type: 'recovery', words });
    },
    async openWithWrap(wrap, secret) {
      const account = await (await openStore())?.account();
      if (account === undefined || account === null) return { ok: false, reason: 'absent' };
      const { acct, deviceKeyBox } = account;
      const vault = newVault();
      const unlocked = await vault.unlock({ acct, wrap, secret, deviceKeyBox });
      if (unlocked.ok) return { ok: true, vault, holder: unlocked.holder };
      vault.terminate();
      return { ok: false, reason: 'wrong' };
    },
    async relock(vault, holder, prepared) {
      const held = await openStore();
      if (held === null) return;
      await keepLock(held, await wrapFor(vault, prepared), prepared.choice);
      await enter(held, vault, holder);
    },
    opened() {
      if (open === null) throw new SessionClosedError('the diary is closed');
      return open;
    },
    async begin(beginning) {
      const prepared = await prepareLock(beginning.lock);
      if (!prepared.ok) return prepared;
      const vault = newVault();
      const made = await vault.create({ deviceName: deviceName(), now: now() });
      const { holder, deviceKeyBox, deviceLog } = made;
      return settleIn(
        { vault, holder, deviceKeyBox, deviceLog, grantLog: [], heads: [], server: null },
        prepared.lock,
        beginning,
      );
    },
    async unlock(attempt) {
      const held = await openStore();
      if (held === null) return { ok: false, reason: 'tampered' };
      if (attempt.method === 'pin') return unlockWithPin(held, attempt);
      const wrap = await held.wrap(attempt.method === 'passkey' ? 'passkey' : 'passphrase');
      if (wrap === null) return { ok: false, reason: 'wrong' };
      return unlockWith(held, wrap, attempt);
    },
    async lock() {
      windows.postMessage('lock');
      await lock();
    },
    async finish() {
      if (open === null) throw new SessionClosedError('the diary is closed');
      const { signOff, whyNotYet } = await import('./finish-here.ts');
      const unfinished = await whyNotYet(open, open.diary);
      if (unfinished !== null) return unfinished;
      await signOff(open);
      // Erased by the next page, which holds nothing open.
      window.sessionStorage.setItem(FINISHING, 'yes');
      windows.postMessage('leave');
      await lock();
      return { ok: true };
    },
    async leaveNote({ mood, text }) {
      const held = await openStore();
      if (held === null) return { ok: false, reason: 'not-possible' };
      const { leaveNote, newLockedNote } = await import('./leave-note.ts');
      const vault = newVault();
      try {
        const left = await leaveNote(held, vault, newLockedNote({ mood, text, at: now() }));
        if (left.ok) return left;
        return { ok: false, reason: left.reason === 'no-key' ? 'not-possible' : left.reason };
      } finally {
        vault.terminate();
      }
    },
  };
  knowAppSession(session);
  return session;

  async function unlockWithPin(held: DeviceStore, attempt: UnlockTry): Promise<UnlockOutcome> {
    const stored = await held.wrap('pin');
    if (stored === null) return { ok: false, reason: 'pin-removed' };
    let outcome: UnlockOutcome = { ok: false, reason: 'wrong' };
    const tried = await held.tryPin(async () => {
      outcome = await unlockWith(held, stored, attempt);
      return outcome.ok || outcome.reason !== 'wrong';
    });
    if (tried.ok) return outcome;
    await showLocked(held, tried.reason === 'removed');
    return { ok: false, reason: tried.reason === 'removed' ? 'pin-removed' : 'wrong' };
  }
}

type SecretFor =
  | { readonly ok: true; readonly secret: Parameters<Vault['unlock']>[0]['secret'] }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' | 'tampered' };

async function secretFor(wrap: StoredWrap, attempt: UnlockTry | 'no-lock'): Promise<SecretFor> {
  if (attempt === 'no-lock') {
    return wrap.secret === undefined
      ? { ok: false, reason: 'tampered' }
      : { ok: true, secret: { type: 'none', secret: wrap.secret } };
  }
  switch (attempt.method) {
    case 'words':
      // Drawn words have no capitals; a phone's keyboard likes to give them one.
      return { ok: true, secret: { type: 'passphrase', passphrase: attempt.passphrase.toLowerCase() } };
    case 'own':
      return { ok: true, secret: { type: 'passphrase', passphrase: attempt.passphrase } };
    case 'pin':
      return { ok: true, secret: { type: 'pin', pin: attempt.pin } };
    case 'passkey': {
      if (wrap.credential === undefined) return { ok: false, reason: 'no-passkey' };
      const asked = await askPasskey(wrap.credential);
      if (!asked.ok) return asked;
      return { ok: true, secret: { type: 'passkey', prfOutput: asked.passkey.prfOutput } };
    }
  }
}

/** After what React does once the session is closed. */
function nextTask(): Promise<void> {
  return new Promise((go) => setTimeout(go, 0));
}

function loadStore() {
  return import('./device-store.ts');
}

/** What an open diary needs and the door to it does not. */
function loadDiary() {
  return import('./enter-diary.ts');
}

/** Ahead of its use; one that fails is asked for again when it is used. */
function fetchDiary(): void {
  loadDiary().catch(() => undefined);
}
