/** Lock, devices, kit, server and data as screens know them. */
import { type EntryRecord, type Json, isBinned } from '@evenkeel/journal';
import { type DeviceId, fromBase64url, sha256, toBase64url, utf8ToText } from '@evenkeel/protocol';
import { devicesBefore, readServerInfo } from '@evenkeel/replica';
import { readCode } from '@evenkeel/sharing';
import { deviceNameContext, fingerprintWords } from '@evenkeel/vault';
import { readHostNumbers } from '../platform/host-numbers.ts';
import { fileWord } from '../platform/shown-face.ts';
import { createReading } from './create-reading.ts';
import { keepLock, prepareLock, unlockMethods, wrapFor } from './locks.ts';
import { mailboxesOf } from './mailboxes.ts';
import { AS_SHARED } from './device-settings.ts';
import type {
  ImportOutcome,
  ImportRead,
  KeptHere,
  KitState,
  KnownDevice,
  Me,
  MeState,
} from './me-contract.ts';
import { changeNote, keepNote, notesOf } from './notes.ts';
import { floorOf, kitCode } from './kit-code.ts';
import { readOpenPlan } from './open-plan.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { revokeDevice } from './revoke-device.ts';
import { isContent } from './moments.ts';
import { readServerState } from './server-state.ts';

const BUILD_WORDS = 4;
const FIRST_STATE: MeState = {
  known: false,
  lock: { methods: [], autoLockMinutes: 5, lockOnHide: false, shared: false },
  devices: [],
  kit: { status: 'none' },
  server: { status: 'none' },
  storage: 'unknown',
  imports: [],
};

export function openMe(opened: Opened): Me {
  const { replica, store, vault, holder, settings, now } = opened;
  const { subscribe, announce } = createAnnouncer();
  let state: MeState = FIRST_STATE;
  let chosenFile: Uint8Array | null = null;

  const refresh = createReading(async () => {
    state = await readState(opened);
    announce();
  });
  replica.subscribe(() => void refresh());
  replica.index.subscribe(() => void refresh());
  void refresh();

  return {
    subscribe,
    read: () => state,

    async changeLock(choice) {
      const stands = (await store.wraps()).some(({ type }) => type === 'passphrase');
      if (choice.kind === 'passkey' && !stands && !(await store.isKitConfirmed()))
        return { ok: false, reason: 'kit-needed' };
      const prepared = await prepareLock(choice);
      if (!prepared.ok) return prepared;
      await keepLock(store, await wrapFor(vault, prepared.lock), choice);
      await refresh();
      return { ok: true };
    },
    async setAutoLock(autoLockMinutes) {
      await settings.change({ autoLockMinutes });
      await refresh();
    },
    async setShared(on) {
      await settings.change(on ? AS_SHARED : { shared: false });
      await refresh();
    },
    async setLockOnHide(lockOnHide) {
      await settings.change({ lockOnHide });
      await refresh();
    },

    async answerLink(text, how, deviceName) {
      const server = await store.server();
      const boxes = await mailboxesOf(opened);
      if (server === null || boxes === null) return { ok: false, reason: 'no-server' };
      // The code alone can be typed, in groups as it is shown; the link around it only says where.
      const bare = fromBase64url(text.replaceAll(/\s/gu, ''));
      const code =
        bare?.length === 81
          ? { kind: 'link' as const, origin: server.origin, qr: bare }
          : readCode(text, how);
      if (code.kind === 'refused') return { ok: false, reason: code.reason };
      if (code.kind !== 'link') return { ok: false, reason: 'other-code' };
      if (code.origin !== server.origin) return { ok: false, reason: 'other-server' };
      const entries = entryCount(opened);
      const answered = await vault.answerLink({
        qr: code.qr,
        origin: server.origin,
        deviceLog: await replica.logs.deviceObjects(),
        grantLog: await replica.logs.grantObjects(),
        heads: await replica.logs.heads(),
        entryCount: entries,
        deviceName,
        now: now(),
      });
      if (!answered.ok) return { ok: false, reason: 'damaged-link' };
      const { letter, mailbox, words, cert } = answered;
      const appended = await replica.logs.appendDeviceLog([cert]);
      if (!appended.ok || !appended.sent)
        return { ok: false, reason: appended.ok ? 'offline' : 'too-many-devices' };
      const payload = {
        origin: server.origin,
        id: mailbox,
        kind: 'link',
        time: now(),
        hash: toBase64url(sha256(letter)),
      };
      const [object] = await vault.sign([{ type: 'mailbox', signer: 'device', payload }]);
      if (object === undefined) return { ok: false, reason: 'offline' };
      const put = await boxes.put(mailbox, { object: toBase64url(object), letter: toBase64url(letter) });
      if (put !== 'kept') return { ok: false, reason: put === 'offline' ? 'offline' : 'too-old' };
      await refresh();
      return { ok: true, words, entries };
    },
    async renameDevice(dev, name) {
      const held = notesOf(opened, 'device-name').find(({ body }) => body.dev === dev);
      if (held === undefined) await keepNote(opened, 'device-name', { dev, name });
      else await changeNote(opened, 'device-name', held, { dev, name });
      await refresh();
    },
    async removeDevice(dev) {
      const revoked = await revokeDevice(opened, dev);
      await refresh();
      return revoked;
    },

    async makeKit() {
      const { words, wrap, id } = await vault.makeKit();
      const madeAt = now();
      await store.keepWrap({ type: 'recovery', wrap });
      await store.keepFact('kit', { madeAt, id, checkedAt: null });
      await store.confirmKit(false);
      const server = await store.server();
      if (server !== null) await replica.putRecoveryWrap(id, wrap);
      await refresh();
      const floor = floorOf(replica.logs.device());
      const origin = server?.origin ?? null;
      const code = kitCode({ words: words.join(' '), account: holder.acct, server: origin, floor });
      return { words, account: holder.acct, server: origin, floor, madeAt, code };
    },
    async confirmKit() {
      const kit = await kitFact(opened);
      if (kit === null) return;
      await store.keepFact('kit', { ...kit, checkedAt: now() });
      await store.confirmKit(true);
      await refresh();
    },

    async findServer() {
      const info = await readServerInfo({ address: window.location.origin });
      if (info.ok)
        return {
          ok: true,
          origin: info.value.origin,
          signups: info.value.signups,
          servesApp: info.value.servesApp,
        };
      return { ok: false, reason: info.reason === 'unreachable' ? 'offline' : 'no-server-here' };
    },
    async readInvitation(text, how) {
      const here = window.location.origin;
      const code = /^[A-Za-z0-9_-]{8,100}$/.test(text.trim())
        ? { kind: 'join' as const, origin: here, code: text.trim() }
        : readCode(text, how);
      if (code.kind === 'refused') return { ok: false, reason: code.reason };
      if (code.kind !== 'join') return { ok: false, reason: 'other-code' };
      if (code.origin !== here) return { ok: false, reason: 'other-server', origin: code.origin };
      const info = await readServerInfo({ address: here });
      if (!info.ok)
        return { ok: false, reason: info.reason === 'unreachable' ? 'offline' : 'no-server-here' };
      return { ok: true, origin: info.value.origin, code: code.code, servesApp: info.value.servesApp };
    },
    async join(code) {
      const origin = window.location.origin;
      const joined = await replica.joinServer({
        origin,
        invitation: code === null ? { kind: 'none' } : { kind: 'host', code },
      });
      if (!joined.ok) {
        switch (joined.reason) {
          case 'unreachable':
            return { ok: false, reason: 'offline' };
          case 'invitation-refused':
            return { ok: false, reason: 'invitation-refused' };
          case 'signups-closed':
          case 'server-full':
            return { ok: false, reason: 'signups-closed' };
          case 'rate-limited':
            return { ok: false, reason: 'too-many-tries' };
          default:
            return { ok: false, reason: 'refused' };
        }
      }
      const kit = await kitFact(opened);
      const wrap = await store.wrap('recovery');
      if (kit !== null && wrap !== null) await replica.putRecoveryWrap(kit.id, wrap.wrap);
      void replica.connect({ origin }).then(refresh, () => undefined);
      await refresh();
      return { ok: true };
    },
    async pauseSync() {
      await settings.change({ paused: true });
      await replica.disconnect();
      await refresh();
    },
    async resumeSync() {
      await settings.change({ paused: false });
      const server = await store.server();
      if (server !== null) void replica.connect({ origin: server.origin }).then(refresh, () => undefined);
      await refresh();
    },
    async askToKeepStorage() {
      await navigator.storage.persist().catch(() => false);
      await refresh();
    },

    async exportEverything(onProgress) {
      await replica.loaded;
      const { exportJson } = await import('@evenkeel/interchange');
      const snapshot = replica.index.snapshot();
      const records = [...allRecords(opened), ...snapshot.undated(), ...snapshot.settings()];
      onProgress({ done: 0, of: records.length });
      const asText = (objects: readonly Uint8Array[]): Json => objects.map(toBase64url);
      const sections = {
        deviceLog: asText(await replica.logs.deviceObjects()),
        grantLog: asText(await replica.logs.grantObjects()),
        receipts: asText((await replica.receipts()).map(({ bytes }) => bytes)),
      };
      const text = exportJson({ exportedAt: now(), records, tombstones: [], sections });
      onProgress({ done: records.length, of: records.length });
      const day = new Date(now()).toISOString().slice(0, 10);
      return {
        name: `${fileWord()}-${day}.json`,
        content: new Blob([text], { type: 'application/json' }),
        entries: entryCount(opened),
      };
    },
    async readImport(file): Promise<ImportRead> {
      chosenFile = new Uint8Array(await file.arrayBuffer());
      const { readImportFile } = await import('./import-diary.ts');
      return readImportFile(opened, chosenFile);
    },
    async bringIn(choices, onProgress): Promise<ImportOutcome> {
      if (chosenFile === null) return { ok: false, reason: 'no-room', id: '', added: 0 };
      const { bringInFile } = await import('./import-diary.ts');
      const outcome = await bringInFile(opened, chosenFile, choices, onProgress);
      await refresh();
      return outcome;
    },
    async undoImport(id, onProgress) {
      const { undoImport } = await import('./import-diary.ts');
      const undone = await undoImport(opened, id, onProgress);
      await refresh();
      return undone;
    },
    keptHere: () => readKeptHere(opened),

    async about() {
      const build = await readBuild();
      const told: unknown = import.meta.env['VITE_VERSION'];
      const version = typeof told === 'string' ? told : '';
      if (build === null) return { version, build: null, buildWords: [] };
      const hash = fromHex(build);
      const buildWords = await fingerprintWords(hash, BUILD_WORDS);
      return { version, build, buildWords };
    },
  };
}

async function readState(opened: Opened): Promise<MeState> {
  const { store, settings, replica } = opened;
  await replica.opened;
  const { autoLockMinutes, lockOnHide, shared } = settings.read();
  return {
    known: true,
    lock: { methods: await unlockMethods(store), autoLockMinutes, lockOnHide, shared },
    devices: await readDevices(opened),
    kit: await readKit(opened),
    server: await readServerState(opened, true),
    storage: await readStorage(),
    imports: notesOf(opened, 'import')
      .filter(({ body }) => !body.undone)
      .map(({ body: { id, at, entries } }) => ({ id, at, entries }))
      .toReversed(),
  };
}

async function readDevices(opened: Opened): Promise<readonly KnownDevice[]> {
  const { replica, vault, holder } = opened;
  const named = new Map(notesOf(opened, 'device-name').map(({ body }) => [body.dev, body.name]));
  const heard = replica.sync().completeness.devices;
  const before = await devicesBefore(opened.store);
  const nameOf = async (dev: DeviceId, sealedName: string): Promise<string> => {
    const own = named.get(dev);
    if (own !== undefined) return own;
    const box = fromBase64url(sealedName);
    const plaintext = box === null ? null : await vault.openSealed(deviceNameContext(holder.acct, dev), box);
    return (plaintext && utf8ToText(plaintext)) ?? '';
  };
  const devices = await Promise.all(
    [...replica.logs.device().devices].map(async ([dev, device]): Promise<KnownDevice> => ({
      dev,
      name: await nameOf(dev, device.sealedName),
      isThis: dev === holder.dev,
      wasThis: before.includes(dev),
      addedAt: device.addedAt,
      lastHeardAt: heard.get(dev) ?? null,
      removedAt: device.revoked?.time ?? null,
    })),
  );
  const rank = (device: KnownDevice): number => (device.isThis ? 0 : device.removedAt === null ? 1 : 2);
  return devices.toSorted((a, b) => rank(a) - rank(b) || a.addedAt - b.addedAt);
}

type KitFact = {
  readonly madeAt: number;
  readonly id: Parameters<Opened['replica']['putRecoveryWrap']>[0];
  readonly checkedAt: number | null;
};

async function kitFact({ store }: Opened): Promise<KitFact | null> {
  const { kitFactSchema } = await import('./kit-fact.ts');
  const parsed = kitFactSchema.safeParse(await store.readFact('kit'));
  return parsed.success ? parsed.data : null;
}

async function readKit(opened: Opened): Promise<KitState> {
  const kit = await kitFact(opened);
  if (kit === null) return { status: 'none' };
  return kit.checkedAt === null
    ? { status: 'unchecked', madeAt: kit.madeAt }
    : { status: 'checked', madeAt: kit.madeAt, checkedAt: kit.checkedAt };
}

async function readStorage(): Promise<MeState['storage']> {
  const kept = await navigator.storage?.persisted?.().catch(() => undefined);
  if (kept === undefined) return 'unknown';
  return kept ? 'kept' : 'may-be-emptied';
}

async function readKeptHere({ store, replica }: Opened): Promise<readonly KeptHere[]> {
  const { tables } = store;
  const openPlan = await readOpenPlan(store);
  const counts = replica.safetyCounts();
  const hostNumbers = readHostNumbers()?.numbers.length ?? 0;
  const files = await caches
    .keys()
    .then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length)));
  return [
    { what: 'entries', sealed: true, count: counts.onThisPhone + counts.onYourServer + counts.waiting },
    { what: 'cache', sealed: true, count: (await tables.volumes.count()) + (await tables.caches.count()) },
    { what: 'logs', sealed: false, count: (await tables.logs.count()) + (await tables.heads.count()) },
    {
      what: 'receipts',
      sealed: false,
      count: (await tables.receipts.count()) + (await tables.packs.count()),
    },
    { what: 'locks', sealed: false, count: await tables.wraps.count() },
    { what: 'draft', sealed: true, count: await tables.drafts.count() },
    { what: 'locked-notes', sealed: true, count: await tables.inbox.count() },
    ...(openPlan.length === 0 ? [] : [{ what: 'open-plan', sealed: false, count: openPlan.length } as const]),
    { what: 'settings', sealed: true, count: await tables.settings.count() },
    { what: 'help-numbers', sealed: false, count: hostNumbers },
    { what: 'appearance', sealed: false, count: window.localStorage.length - (hostNumbers === 0 ? 0 : 1) },
    { what: 'app-files', sealed: false, count: files.reduce((sum, count) => sum + count, 0) },
  ];
}

function allRecords({ replica }: Opened): readonly EntryRecord[] {
  const snapshot = replica.index.snapshot();
  return [
    ...snapshot.moments().flatMap(({ records }) => records),
    ...snapshot.binned().map(({ record }) => record),
  ];
}

function entryCount(opened: Opened): number {
  return new Set(
    allRecords(opened)
      .filter((record) => isContent(record) && !isBinned(record))
      .map((record) => record.moment),
  ).size;
}

async function readBuild(): Promise<string | null> {
  try {
    const value: unknown = await (await fetch('/build.json')).json();
    const build = typeof value === 'object' && value !== null && 'build' in value ? value.build : null;
    return typeof build === 'string' && /^[0-9a-f]{64}$/.test(build) ? build : null;
  } catch {
    return null;
  }
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
