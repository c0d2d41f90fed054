/**
 * Backups of an open diary: a file that is written again after changes, or a download with a reminder; and what a
 * file holds when it is opened again.
 */
import {
  type Bytes,
  type RecordId,
  concat,
  leafOf,
  sameBytes,
  sha256,
  toBase64url,
  z,
} from '@evenkeel/protocol';
import {
  type Backup,
  type BackupWay,
  type HeldMoment,
  type MadeBackup,
  type ReadBackup,
  backedUpIn,
  blobSource,
  readBackup,
  writeBackup,
} from '@evenkeel/replica';
import {
  type FileFault,
  askToWrite,
  canKeepFile,
  chooseFile,
  fileFaultOf,
  mayWrite,
  replaceFile,
} from '../platform/backup-file.ts';
import { fileWord } from '../platform/shown-face.ts';
import { saveFile } from '../platform/save-file.ts';
import { once } from './app-session.ts';
import type {
  BackupState,
  Backups,
  BackupTest,
  KeptFile,
  RemindAfterDays,
  SaveBackupOutcome,
} from './backup-contract.ts';
import { REMIND_AFTER_DAYS } from './backup-contract.ts';
import type { OnProgress } from './me-contract.ts';
import { isContent } from './moments.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { wasWrittenSince } from './since-backup.ts';

/** The file is written this long after the last change, and at the latest that long after the first. */
const QUIET_MS = 10_000;
const LATEST_MS = 120_000;
const DAY_MS = 86_400_000;
const LATER_DAYS = 7;
const REMIND_AT_FIRST = 30;
/** So much lies on this device alone before it is spoken of. */
const FIRST_ENTRIES = 10;
const FIRST_DAYS = 7;
/** Facts of this device. The handle is the browser's own object; it opens nothing without its leave. */
const FILE = 'backup-file';
const REMIND = 'backup-remind';
const LATER = 'backup-later';

/** What a refused writing says of the file; the other refusals say nothing of it. */
const STATUS_AFTER = {
  'not-allowed': 'asks',
  gone: 'gone',
  'no-room': 'full',
  'not-written': 'failed',
} as const satisfies Record<FileFault, KeptFile['status']>;

const remindSchema = z.nullable(z.literal(REMIND_AFTER_DAYS));

/** One for each open diary. */
export const backupsOf = once(openBackups);

function openBackups(opened: Opened): Backups {
  const { replica, store, vault, holder, backups: book, now } = opened;
  const { subscribe, announce } = createAnnouncer();
  let file: FileSystemFileHandle | null = null;
  let status: Exclude<KeptFile['status'], 'none'> = 'kept';
  let ways: readonly BackupWay[] = [];
  /** What is said where there is no backup; null: a kit that was checked, or another device with its server, is enough. */
  let unkept: 'only-here' | 'closed' | null = null;
  let remindAfterDays: RemindAfterDays = REMIND_AT_FIRST;
  let laterUntil = 0;
  let state: BackupState | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let changedAt: number | null = null;

  const inTurn = (task: () => Promise<SaveBackupOutcome>): Promise<SaveBackupOutcome> => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
  const changed = (): void => {
    state = null;
    announce();
  };
  book.subscribe(changed);
  replica.index.subscribe(() => {
    changed();
    soon();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keepUp().catch(() => undefined);
    // A backup grows old while nothing happens.
    else changed();
  });
  void begin().catch(() => undefined);

  return {
    subscribe,
    read: () => (state ??= readState()),
    look: keepUp,
    async saveFile(onProgress) {
      const chosen = await chooseFile(`${fileWord()}-backup.ekb`);
      if (chosen === null) return { ok: false, reason: 'cancelled' };
      const outcome = await writeTo(chosen, onProgress);
      if (!outcome.ok) return outcome;
      file = chosen;
      status = 'kept';
      await store.keepFact(FILE, chosen);
      changed();
      return outcome;
    },
    async download(onProgress) {
      const parts: Bytes[] = [];
      const made = await makeInto(async (bytes) => void parts.push(bytes), onProgress);
      if (made === null) return { ok: false, reason: 'no-way' };
      const day = new Date(made.madeAt).toISOString().slice(0, 10);
      saveFile(`${fileWord()}-backup-${day}.ekb`, new Blob(parts, { type: 'application/octet-stream' }));
      return { ok: true, entries: await note(made, true) };
    },
    async writeNow(onProgress) {
      if (file === null) return { ok: false, reason: 'gone' };
      if (!(await askToWrite(file))) return { ok: false, reason: 'not-allowed' };
      return writeKept(file, onProgress);
    },
    async letFileGo() {
      file = null;
      await store.keepFact(FILE, null);
      changed();
    },
    async test(chosen, onProgress) {
      const blob = chosen ?? (await keptBlob());
      if (typeof blob === 'string') return { ok: false, reason: blob };
      const read = await readOwn(blob);
      return read.ok ? compare(read.backup, onProgress) : read;
    },
    async bringBack(blob, onProgress) {
      const read = await readOwn(blob);
      if (!read.ok) return read;
      const { backup } = read;
      const before = replica.index.snapshot().moments().length;
      let done = 0;
      for await (const part of backedUpIn(backup, vault)) {
        const merged = await replica.mergeIn(part.map(({ version }) => version));
        if (!merged.ok) return { ok: false, reason: 'no-room' };
        done += part.length;
        onProgress({ done, of: backup.envelopes });
      }
      const added = replica.index.snapshot().moments().length - before;
      return { ok: true, added, unreadable: backup.envelopes - done };
    },
    async setReminder(days) {
      remindAfterDays = days;
      await store.keepFact(REMIND, days);
      changed();
    },
    async remindLater() {
      laterUntil = now() + LATER_DAYS * DAY_MS;
      await store.keepFact(LATER, laterUntil);
      changed();
    },
  };

  // --- keeping the file up to date -----------------------------------------------------------------------------

  async function begin(): Promise<void> {
    const [kept, remind, later] = [
      await store.readFact(FILE),
      remindSchema.safeParse(await store.readFact(REMIND)),
      await store.readFact(LATER),
    ];
    if (remind.success) remindAfterDays = remind.data;
    if (typeof later === 'number') laterUntil = later;
    if (typeof FileSystemFileHandle !== 'undefined' && kept instanceof FileSystemFileHandle) file = kept;
    await lookAtWays();
    changed();
    await replica.loaded;
    await keepUp();
  }

  function soon(): void {
    if (file === null) return;
    changedAt ??= now();
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(
      () => void keepUp().catch(() => undefined),
      Math.max(0, Math.min(QUIET_MS, changedAt + LATEST_MS - now())),
    );
  }

  /** Writes the kept file when the diary or its locks are not what they were, and the browser lets us. */
  async function keepUp(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    changedAt = null;
    const kept = file;
    await lookAtWays();
    changed();
    if (kept === null || !(await isBehind())) return;
    if (!(await mayWrite(kept))) {
      status = 'asks';
      changed();
      return;
    }
    await writeKept(kept);
  }

  /** Whether anything was written since the last backup, deletions too, or another lock or device was made. */
  async function isBehind(): Promise<boolean> {
    const last = book.last();
    if (last === null) return true;
    const { wraps, objects } = last.stood;
    if (wraps !== (await wrapsNow()) || objects !== (await objectsNow())) return true;
    return wasWrittenSince(replica, book);
  }

  async function writeKept(
    kept: FileSystemFileHandle,
    onProgress: OnProgress = () => undefined,
  ): Promise<SaveBackupOutcome> {
    const outcome = await writeTo(kept, onProgress);
    if (outcome.ok) status = 'kept';
    else if (outcome.reason !== 'cancelled' && outcome.reason !== 'no-way')
      status = STATUS_AFTER[outcome.reason];
    changed();
    return outcome;
  }

  /** One writing after the other. */
  function writeTo(target: FileSystemFileHandle, onProgress: OnProgress): Promise<SaveBackupOutcome> {
    return inTurn(async () => {
      try {
        if ((await waysNow()).length === 0) return { ok: false, reason: 'no-way' };
        const made = await replaceFile(target, (write) => makeInto(write, onProgress));
        if (made === null) return { ok: false, reason: 'no-way' };
        return { ok: true, entries: await note(made, false) };
      } catch (fault) {
        const reason = fileFaultOf(fault);
        if (reason === null) throw fault;
        return { ok: false, reason };
      }
    });
  }

  function makeInto(
    write: (bytes: Bytes) => Promise<void>,
    onProgress: OnProgress,
  ): Promise<MadeBackup | null> {
    return writeBackup({ replica, store, vault, holder, now }, write, (done) =>
      onProgress({ done, of: Math.max(done, replica.index.snapshot().size) }),
    );
  }

  /** Gives the number of entries in it. */
  async function note(made: MadeBackup, byHand: boolean): Promise<number> {
    const { madeAt, bytes, opensWith, mark, leaves } = made;
    const entries = entriesHeld().length;
    const records = replica.index.snapshot().size;
    const stood = { mark, wraps: await wrapsNow(), objects: await objectsNow(), records };
    await book.keep({ madeAt, bytes, entries, opensWith: [...opensWith], stood, byHand }, leaves);
    return entries;
  }

  // --- what there is -------------------------------------------------------------------------------------------

  function readState(): BackupState {
    const last = book.last();
    const held = entriesHeld();
    const newer = last === null ? 0 : held.filter((moment) => !isIn(moment)).length;
    const isOld =
      last !== null &&
      newer > 0 &&
      remindAfterDays !== null &&
      now() > last.madeAt + remindAfterDays * DAY_MS &&
      (file === null || status !== 'kept');
    const first = last === null && isMuch(held) ? unkept : null;
    return {
      last:
        last === null
          ? null
          : { at: last.madeAt, bytes: last.bytes, entries: last.entries, opensWith: last.opensWith, newer },
      entries: held.length,
      file: file === null ? { status: 'none' } : { status, name: file.name },
      canKeepFile: canKeepFile(),
      opensWith: ways,
      remindAfterDays,
      due: now() <= laterUntil ? null : isOld ? 'old' : first,
    };
  }

  function isMuch(held: readonly HeldMoment[]): boolean {
    const since = now() - FIRST_DAYS * DAY_MS;
    return (
      held.length >= FIRST_ENTRIES ||
      held.some(({ records }) => records.some(({ written }) => written <= since))
    );
  }

  function entriesHeld(): readonly HeldMoment[] {
    return replica.index
      .snapshot()
      .moments()
      .filter(({ records }) => records.some(isContent));
  }

  function isIn({ records }: HeldMoment): boolean {
    const snapshot = replica.index.snapshot();
    return records.every(({ rec }) => book.holds(snapshot.held(rec)?.leaf ?? ''));
  }

  async function lookAtWays(): Promise<void> {
    ways = await waysNow();
    const isJoined = (await store.server()) !== null;
    const isOpened = (await store.isKitConfirmed()) || (isJoined && (await hasAnotherDevice()));
    unkept = isOpened ? null : isJoined ? 'closed' : 'only-here';
  }

  async function hasAnotherDevice(): Promise<boolean> {
    // The logs open after the first screen.
    await replica.opened;
    return [...replica.logs.device().devices].some(
      ([dev, { revoked }]) => dev !== holder.dev && revoked === null,
    );
  }

  async function waysNow(): Promise<readonly BackupWay[]> {
    return (await store.wraps()).flatMap(({ type }) =>
      type === 'passphrase' || type === 'recovery' ? [type] : [],
    );
  }

  async function wrapsNow(): Promise<string> {
    const wraps = (await store.wraps()).filter(({ type }) => type === 'passphrase' || type === 'recovery');
    return toBase64url(sha256(concat(...wraps.map(({ wrap }) => wrap))));
  }

  async function objectsNow(): Promise<number> {
    return (await replica.logs.deviceObjects()).length + (await replica.logs.grantObjects()).length;
  }

  // --- reading it again ----------------------------------------------------------------------------------------

  async function keptBlob(): Promise<Blob | 'no-file' | 'not-allowed'> {
    if (file === null) return 'no-file';
    try {
      return (await askToWrite(file)) ? await file.getFile() : 'not-allowed';
    } catch (fault) {
      if (fileFaultOf(fault) === null) throw fault;
      return 'no-file';
    }
  }

  async function readOwn(
    blob: Blob,
  ): Promise<ReadBackup | { readonly ok: false; readonly reason: 'other-diary' }> {
    const read = await readBackup(blobSource(blob));
    return read.ok && read.backup.acct !== holder.acct ? { ok: false, reason: 'other-diary' } : read;
  }

  async function compare(backup: Backup, onProgress: OnProgress): Promise<BackupTest> {
    const newest = new Map<RecordId, { readonly rev: number; readonly leaf: string }>();
    let read = 0;
    for await (const part of backedUpIn(backup, vault)) {
      for (const { envelope } of part) {
        const { rec, rev } = envelope.header;
        if (rev >= (newest.get(rec)?.rev ?? 0)) newest.set(rec, { rev, leaf: leafOf(envelope) });
      }
      read += part.length;
      onProgress({ done: read, of: backup.envelopes });
    }
    const counts = { same: 0, changed: 0, missing: 0 };
    const snapshot = replica.index.snapshot();
    for (const { records } of entriesHeld()) {
      const found = records.map(({ rec }) => newest.get(rec)?.leaf);
      if (found.every((leaf) => leaf === undefined)) counts.missing += 1;
      else if (records.every(({ rec }, i) => found[i] === snapshot.held(rec)?.leaf)) counts.same += 1;
      else counts.changed += 1;
    }
    const held = new Map((await store.wraps()).map(({ type, wrap }) => [type, wrap]));
    const opensWith = [...backup.wraps.keys()];
    return {
      ok: true,
      madeAt: backup.madeAt,
      opensWith,
      outdated: opensWith.filter((way) => !sameWrap(held.get(way), backup.wraps.get(way))),
      ...counts,
      unreadable: backup.envelopes - read,
    };
  }
}

function sameWrap(a: Bytes | undefined, b: Bytes | undefined): boolean {
  return a !== undefined && b !== undefined && sameBytes(a, b);
}
