/**
 * Reading one share: its logs, heads and packs are verified under the keys of the account that made it, its items
 * are booked and verified like one's own, and what it lacks is told (docs/protocol.md, "Grant, Extend, KeyPack").
 */
import {
  type Bytes,
  type DeviceId,
  type DeviceLog,
  type GrantHead,
  type GrantState,
  type Hash32,
  type Item,
  type KeyId,
  type ReadReply,
  type ServerEpoch,
  type StreamId,
  grantHeadSchema,
  isAdmitted,
  keyPackSchema,
  objectHash,
  parseObject,
  parsePayload,
  replayDeviceLog,
  replayGrant,
  verifyObject,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { bookItems } from './book-items.ts';
import { type Books, createBooks, grantScope } from './books.ts';
import type { CursorRow, DeviceStore, HeadRow, SharedGrantRow } from './device-store.ts';
import { type FaultBook, createFaultBook } from './fault-book.ts';
import { newestOf, objectsOf } from './heads.ts';
import { type PlacedHead, isNewest, takeHeads } from './place-heads.ts';
import { createQuarantine } from './quarantine.ts';
import type { ServerFault } from './reasons.ts';
import type { EnvelopeDocState, OpenedMemory } from './sealed-version.ts';
import type { SharedCompleteness } from './shared.ts';
import type { StreamBook } from './stream-book.ts';
import { canHeal } from './verify-pull.ts';
import { sickStreams, weighBooks, weighLogs } from './weigh.ts';

export type ReaderParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
  readonly opened: OpenedMemory;
  readonly now: () => number;
  readonly changed: () => void;
};

export type SharedReader = {
  readonly row: () => SharedGrantRow;
  readonly state: () => GrantState;
  readonly deviceLog: () => DeviceLog;
  readonly scope: string;
  readonly cursor: () => Promise<CursorRow>;
  /** Whether anything of this share was read under this server's epoch. */
  readonly hasRead: () => boolean;
  /** From which side row on to ask: from the first while a key is missing, since a pack may have been held back. */
  readonly sideToAsk: () => Promise<number>;
  /** Forgets the books of streams in which something was held back or changed; true when the next pull starts over. */
  readonly startOver: () => Promise<boolean>;
  readonly keepRow: (change: Partial<SharedGrantRow>) => Promise<void>;
  readonly keepCursor: (change: Partial<CursorRow>) => Promise<void>;
  /** Gives the vault the keys of packs kept from earlier. */
  readonly openPacks: () => Promise<void>;
  /** The grant's own objects, from a page or from a refusal. */
  readonly takeObjects: (from: number, texts: readonly string[]) => Promise<boolean>;
  readonly takePage: (
    page: GrantReply,
  ) => Promise<{ readonly docs: readonly EnvelopeDocState[]; readonly changed: boolean }>;
  /** The pull reached its end. */
  readonly finish: () => Promise<void>;
  /** Tells whether another database stands in the place of the one that was read before. */
  readonly weighRestart: () => Promise<void>;
  readonly completeness: () => Promise<SharedCompleteness>;
  readonly setApart: () => Promise<{ readonly waitingForKey: number; readonly setAside: number }>;
  /** Forgets everything of this share but its row. */
  readonly drop: () => Promise<void>;
};

export type GrantReply = Extract<ReadReply, { readonly kind: 'grant' }>;

/** A key that was never made is not asked for at every poke. */
const ASK_AGAIN_MS = 30_000;

/** Null when what is kept of the share does not replay: it is asked for anew. */
export async function openSharedReader(
  parts: ReaderParts,
  kept: SharedGrantRow,
): Promise<SharedReader | null> {
  const { vault, store, origin, serverEpoch } = parts;
  const { cursors, packs, heads, sharedGrants } = store.tables;
  let row = kept;
  const replayed = await replayDeviceLog(row.deviceLog);
  if (!replayed.ok || replayed.log.acct !== row.owner) return null;
  let deviceLog = replayed.log;
  const granted = await replayGrant(row.owner, deviceLog.signPk, row.objects);
  if (!granted.ok) return null;
  let state = granted.state;
  const { grant, owner } = row;
  const scope = grantScope(origin, serverEpoch, grant);
  const quarantine = createQuarantine(store, scope);
  const books: Books = createBooks(store, { acct: owner, serverEpoch, scope });
  const faults: FaultBook = createFaultBook(store, scope, parts.now, parts.changed);
  const ledger = { books, faults, quarantine, opened: parts.opened, now: parts.now };
  await books.load();
  await faults.load();
  let hasNewKeys = false;
  let askAgainNotBefore = 0;

  const keepRow = async (change: Partial<SharedGrantRow>): Promise<void> => {
    row = { ...row, ...change };
    await sharedGrants.put(row);
  };
  const readCursor = async (): Promise<CursorRow> =>
    (await cursors.get(scope)) ?? { scope, from: '', to: '', side: 0, asOf: null };
  const keepCursor = async (change: Partial<CursorRow>): Promise<void> => {
    await cursors.put({ ...(await readCursor()), ...change });
  };
  const missing = (book: StreamBook): readonly KeyId[] =>
    book.openStubs().filter((kid) => isAdmitted(state, book.sid, kid));

  return {
    row: () => row,
    state: () => state,
    deviceLog: () => deviceLog,
    scope,
    cursor: readCursor,
    async startOver() {
      const sick = sickStreams(faults);
      for (const [sid, book] of await books.open(sick)) {
        book.reset();
        await books.keep([book]);
        await faults.clear('leaf-changed', { sid });
        await faults.clear('replayed', { sid });
      }
      return sick.size > 0;
    },
    hasRead: () => [...books.all()].some(({ n }) => n > 0),
    async sideToAsk() {
      const { side, again = 0 } = await readCursor();
      const isWaiting = (await quarantine.rows()).some(({ reason }) => reason === 'no-key');
      if (!isWaiting || side === 0 || parts.now() < askAgainNotBefore) return side;
      askAgainNotBefore = parts.now() + ASK_AGAIN_MS;
      await keepCursor({ side: 0, again: Math.max(side, again) });
      return 0;
    },
    keepRow,
    keepCursor,
    async openPacks() {
      for (const { bytes } of await packs.where('grant').equals(grant).toArray()) await openPack(bytes);
    },
    takeObjects,
    async takePage(page) {
      await faults.clear('malformed-reply');
      const isDeviceLogSound = await takeDeviceLog(page.deviceLog);
      if ((await takeObjects(row.objects.length, page.grantLog)) && isDeviceLogSound) {
        await faults.clear('log-forked');
        await faults.clear('log-refused');
      }
      // Rows among which one was not sound are asked for again: a liar must not make us skip the true ones.
      if (await takeSideRows(page)) {
        await faults.clear('side-row-forged');
        await faults.clear('head-rollback');
        await keepCursor({ side: Math.max(page.side, (await readCursor()).side) });
      }
      const released = hasNewKeys ? await tryAgain() : [];
      const taken = await takeItems(page.items);
      return { docs: [...released, ...taken.docs], changed: taken.changed || released.length > 0 };
    },
    async finish() {
      await weighBooks({ books, faults }, (book) => missing(book).length);
      await weighLogs(faults, headKnowsLonger);
      await weighRestart();
      await keepRow({ lastPullAt: parts.now() });
      if (faults.list().length > 0) return;
      const rows = await heads.where('scope').equals(scope).toArray();
      // A device that was removed may still sign for a server that colludes.
      await keepCursor({
        asOf: newestOf(rows.filter(({ dev }) => deviceLog.devices.get(dev)?.revoked === null)),
      });
    },
    weighRestart,
    async completeness() {
      const { asOf } = await readCursor();
      let owed = 0;
      for (const book of books.all()) {
        owed += missing(book).length;
        for (const { n } of book.claims) owed += Math.max(0, n - book.n);
      }
      const restarted = faults.has('server-restarted');
      return { asOf: restarted ? null : asOf, missing: owed, restarted, faults: faults.list() };
    },
    async setApart() {
      const rows = await quarantine.rows();
      const waitingForKey = rows.filter(({ reason }) => reason === 'no-key').length;
      return { waitingForKey, setAside: rows.length - waitingForKey };
    },
    async drop() {
      await vault.dropKeys(grant);
      await packs.where('grant').equals(grant).delete();
      const scopes = (await cursors.where('scope').startsWith('grant|').toArray()).flatMap((one) =>
        one.scope.endsWith(`|${grant}`) ? [one.scope] : [],
      );
      for (const one of new Set([...scopes, scope])) {
        await createQuarantine(store, one).clear();
        await store.tables.books.where('scope').equals(one).delete();
        await heads.where('scope').equals(one).delete();
        await store.tables.faults.where('scope').equals(one).delete();
        await cursors.delete(one);
      }
      await quarantine.clear();
      books.forget();
      await faults.load();
    },
  };

  async function weighRestart(): Promise<void> {
    // check: share: an epoch its owner accepted
    if (await isRestarted()) await faults.note('server-restarted');
    else await faults.clear('server-restarted');
  }

  /** Read under another epoch of this server before, and the owner has not said that this one continues it. */
  async function isRestarted(): Promise<boolean> {
    if (deviceLog.epochAccepts.some((one) => one.origin === origin && one.serverEpoch === serverEpoch))
      return false;
    const rows = await cursors.where('scope').startsWith(`grant|${origin}|`).toArray();
    return rows.some((one) => one.scope !== scope && one.scope.endsWith(`|${grant}`));
  }

  /** Whether what came continues the log held here; nothing continues it too. */
  async function takeDeviceLog(texts: readonly string[]): Promise<boolean> {
    if (texts.length === 0) return true;
    const objects = objectsOf(texts);
    if (objects === null) return refuse('malformed-reply');
    const next = [...row.deviceLog, ...objects];
    const again = await replayDeviceLog(next);
    // check: share: the device log continues
    if (!again.ok || again.log.acct !== owner)
      return refuse(again.ok || again.reason === 'out-of-order' ? 'log-forked' : 'log-refused');
    deviceLog = again.log;
    hasNewKeys = true;
    await keepRow({ deviceLog: next });
    return true;
  }

  async function refuse(fault: ServerFault): Promise<false> {
    await faults.note(fault);
    return false;
  }

  async function takeObjects(from: number, texts: readonly string[]): Promise<boolean> {
    if (texts.length === 0) return true;
    const objects = objectsOf(texts);
    if (objects === null) return refuse('malformed-reply');
    const next = [...row.objects.slice(0, from), ...objects];
    const again = await replayGrant(owner, deviceLog.signPk, next);
    // check: share: the grant continues
    if (!again.ok)
      return refuse(
        again.reason === 'out-of-order' || again.reason === 'known-grant' ? 'log-forked' : 'log-refused',
      );
    state = again.state;
    hasNewKeys = true;
    await keepRow({ objects: next });
    return true;
  }

  /** Packs and heads; whether every one was by a device we know and none goes back in time. */
  async function takeSideRows(page: GrantReply): Promise<boolean> {
    const { side, again = 0 } = await readCursor();
    const [packObjects, headObjects] = [objectsOf(page.packs), objectsOf(page.heads)];
    if (packObjects === null || headObjects === null) return refuse('malformed-reply');
    let isSound = true;
    for (const bytes of packObjects) isSound = (await takePack(bytes)) && isSound;
    return (await takeHeads(headObjects, { isAgain: side < again, faults }, takeHead)) && isSound;
  }

  async function takePack(bytes: Bytes): Promise<boolean> {
    const isOpen = await openPack(bytes);
    if (isOpen) await packs.put({ hash: objectHash(bytes), owner, grant, bytes, sent: true });
    return isOpen;
  }

  async function openPack(bytes: Bytes): Promise<boolean> {
    const signer = signerOf(bytes);
    if (signer === null) {
      await faults.note('side-row-forged');
      return false;
    }
    const verified = await verifyObject(
      bytes,
      { type: 'key-pack', acct: owner, signer: signer.dev, publicKey: signer.publicKey },
      keyPackSchema,
    );
    // check: share: a pack signed for this grant and reader
    if (!verified.ok || verified.payload.grant !== grant || verified.payload.to !== parts.holder.acct) {
      await faults.note('side-row-forged', { dev: signer.dev });
      return false;
    }
    const admitted = [...state.streams].map(([sid, kids]) => ({
      sid,
      kids: kids === null ? null : [...kids],
    }));
    const opened = await vault.openKeyPack({ owner, pack: bytes, admitted });
    if (!opened.ok) {
      await faults.note('side-row-forged', { dev: signer.dev });
      return false;
    }
    hasNewKeys = true;
    return true;
  }

  function signerOf(bytes: Bytes) {
    const parsed = parseObject(bytes);
    if (!parsed.ok || parsed.object.signer === 'identity') return null;
    const device = deviceLog.devices.get(parsed.object.signer);
    return device === undefined
      ? null
      : { dev: parsed.object.signer, publicKey: device.signPk, isRevoked: device.revoked !== null };
  }

  /** What was set apart for want of a key or a device, once more. */
  async function tryAgain(): Promise<readonly EnvelopeDocState[]> {
    hasNewKeys = false;
    // One that no key of the stream opened may be opened by the key that came now.
    const rows = (await quarantine.rows()).filter(
      ({ reason, env }) => (canHeal(reason) || reason === 'tampered') && env !== '',
    );
    if (rows.length === 0) return [];
    const taken = await takeItems(rows.map(({ sid, n, env }) => ({ sid, n, env })));
    return taken.docs;
  }

  async function takeItems(
    items: readonly Item[],
  ): Promise<{ readonly docs: readonly EnvelopeDocState[]; readonly changed: boolean }> {
    const context = {
      owner,
      deviceLog,
      epoch: null,
      vault,
      // The head a revocation names is the owner's own; a reader goes by what the owner's other devices vouch for.
      cutAt: async (_cut: Hash32, sid: StreamId) => row.vouched.get(sid) ?? 0,
      streamOf: () => undefined,
    };
    const { current, changed } = await bookItems(ledger, items, context);
    return { docs: current.map(({ doc }) => doc), changed };
  }

  async function takeHead(bytes: Bytes): Promise<PlacedHead | 'forged' | null> {
    const signer = signerOf(bytes);
    if (signer === null) {
      await faults.note('side-row-forged');
      return 'forged';
    }
    const { dev, publicKey } = signer;
    const verified = await verifyObject(
      bytes,
      { type: 'grant-head', acct: owner, signer: dev, publicKey },
      grantHeadSchema,
    );
    // check: share: a head signed for this grant and server
    if (!verified.ok || verified.payload.grant !== grant || verified.payload.origin !== origin) {
      await faults.note('side-row-forged', { dev });
      return 'forged';
    }
    const { payload, hash } = verified;
    // check: share: a head of this database
    if (payload.serverEpoch !== serverEpoch) return null;
    const key = `of/${scope}/${dev}`;
    const known = await heads.get(key);
    const placed = { dev, seq: payload.seq, known: known?.seq ?? -1 };
    if (!(await isNewest({ dev, bytes, ...payload }, known, faults))) return placed;
    // A clock that runs ahead must not make what is here look fresher than the day it came.
    const time = Math.min(payload.time, parts.now());
    const head: HeadRow = { key, scope, dev, seq: payload.seq, hash, time, bytes, sent: true };
    await heads.put(head);
    if (knowsLonger(payload)) await faults.note('withheld', { dev });
    else await faults.clear('withheld', { dev });
    if (payload.deviceLog.seq === deviceLog.seq && payload.deviceLog.hash !== deviceLog.hash)
      await faults.note('log-forked', { dev });
    const vouched = new Map(row.vouched);
    const open = await books.open(payload.streams.map(({ sid }) => sid));
    for (const { sid, n, chain } of payload.streams) {
      open.get(sid)?.claim({ dev, n, chain, time: payload.time });
      if (!signer.isRevoked) vouched.set(sid, Math.max(n, vouched.get(sid) ?? 0));
    }
    await books.keep(open.values());
    await keepRow({ vouched });
    // What a removed device wrote may count by now.
    hasNewKeys ||= [...deviceLog.devices.values()].some(({ revoked }) => revoked !== null);
    return placed;
  }

  /** Whether a head was signed by somebody who had seen more of the device log or of this grant than is here. */
  function knowsLonger(head: Pick<GrantHead, 'deviceLog' | 'grantObject'>): boolean {
    return (
      head.deviceLog.seq > deviceLog.seq ||
      !row.objects.some((object) => objectHash(object) === head.grantObject)
    );
  }

  async function headKnowsLonger(dev: DeviceId): Promise<boolean> {
    const head = await heads.get(`of/${scope}/${dev}`);
    const parsed = head === undefined ? null : parseObject(head.bytes);
    const payload = parsed?.ok === true ? parsePayload(parsed.object.payload, grantHeadSchema) : null;
    return payload?.ok === true && knowsLonger(payload.value);
  }
}
