/**
 * The two logs of the own account as this device holds them: local first, then sent. What another device appended
 * in the meantime comes first; an object of ours that had not been sent then no longer follows, and is signed again
 * behind it, in the same transaction, so that nothing a person did while away is lost: a share that was stopped stays
 * stopped (docs/protocol.md, "Logs, leaves, heads").
 */
import {
  type Bytes,
  type DeviceLog,
  type GrantLog,
  appendToDeviceLog,
  appendToGrantLog,
  emptyGrantLog,
  objectHash,
  parseObject,
  parsePayload,
  replayDeviceLog,
  replayGrantLog,
  sameBytes,
  z,
} from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import type { DeviceStore, LogRow } from './device-store.ts';
import { ReplicaFault } from './reasons.ts';
import { createSerial } from './serial.ts';

export type LogName = 'device' | 'grant';
export type ReceivedLog =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly reason: 'log-forked' | 'log-refused' };

export type LogBook = {
  /** Reads and replays both logs. */
  readonly load: () => Promise<void>;
  readonly isLoaded: () => boolean;
  readonly device: () => DeviceLog;
  readonly grant: () => GrantLog;
  readonly objects: (log: LogName) => readonly Bytes[];
  /** How many objects the server is known to hold. */
  readonly sentCount: (log: LogName) => number;
  readonly unsent: (log: LogName) => readonly Bytes[];
  readonly append: (
    log: LogName,
    objects: readonly Bytes[],
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'log-moved' | 'refused' }>;
  /** Objects the server holds after position `from`. What of ours lay there unsent is signed again behind them. */
  readonly receive: (log: LogName, from: number, objects: readonly Bytes[]) => Promise<ReceivedLog>;
  /** Takes back these objects, as far as they were not sent. What was appended after them is signed again. */
  readonly retract: (log: LogName, objects: readonly Bytes[]) => Promise<void>;
  /**
   * Puts what ends something the server knows of before what else was not sent, and gives it: a refusal of the rest must
   * not hold it up.
   */
  readonly endsFirst: (log: LogName) => Promise<readonly Bytes[]>;
  /** The server holds these. */
  readonly markSent: (log: LogName, objects: readonly Bytes[]) => Promise<void>;
  /** A server with another database: nothing is known to be there. */
  readonly markAllUnsent: () => Promise<void>;
};

const linkSchema = z.looseObject({ seq: z.int(), prev: z.string() });
const subjectSchema = z.looseObject({ grant: z.optional(z.string()), dev: z.optional(z.string()) });
type Entry = { readonly bytes: Bytes; readonly sent: boolean };
type SignRequest = Parameters<Vault['sign']>[0][number];
type LogEnd = { readonly seq: number; readonly hash: string; readonly epoch?: number };
type Append<Log> = (
  log: Log,
  bytes: Uint8Array,
) => Promise<{ readonly ok: true; readonly log: Log } | { readonly ok: false; readonly reason: string }>;

/** Another tab wrote into the log since it was read here. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
const MOST_ROUNDS = 8;

export function createLogBook(store: DeviceStore, vault: Pick<Vault, 'sign'>): LogBook {
  const table = store.tables.logs;
  const serial = createSerial();
  const entries: { device: readonly Entry[]; grant: readonly Entry[] } = { device: [], grant: [] };
  let device: DeviceLog | null = null;
  let grant: GrantLog | null = null;
  /** What lies on the disk of the grant log does not replay: the server is asked for it anew. */
  let isGrantLost = false;

  const deviceLog = (): DeviceLog => {
    if (device === null) throw new ReplicaFault('closed', 'the device log is not open yet');
    return device;
  };
  const grantLog = (): GrantLog => {
    if (grant === null) throw new ReplicaFault('closed', 'the grant log is not open yet');
    return grant;
  };
  /** Replaces a log's tail in memory and on disk, once every object of it has verified. */
  const become = async (log: LogName, next: readonly Entry[], from: number): Promise<boolean> => {
    const objects = next.map(({ bytes }) => bytes);
    if (log === 'device') {
      const isTail = device !== null && from === entries.device.length;
      const replayed = isTail
        ? await extend(appendToDeviceLog, deviceLog(), objects.slice(from))
        : await replayDeviceLog(objects);
      // check: log book: the device log continues
      if (!replayed.ok) return false;
      await keep(log, next, from);
      device = replayed.log;
    } else {
      const { acct, signPk } = deviceLog();
      const isTail = grant !== null && !isGrantLost && from === entries.grant.length;
      const replayed = isTail
        ? await extend(appendToGrantLog, grantLog(), objects.slice(from))
        : await replayGrantLog(acct, signPk, objects);
      // check: log book: the grant log continues
      if (!replayed.ok) return false;
      await keep(log, next, from, replayed.log.epoch);
      grant = replayed.log;
      isGrantLost = false;
    }
    entries[log] = next;
    return true;
  };
  /** `epoch`: of the grant log then, for what is sealed before it is open the next time. */
  const keep = async (log: LogName, next: readonly Entry[], from: number, epoch?: number): Promise<void> => {
    const rows: readonly LogRow[] = next
      .map(({ bytes, sent }, seq) => ({ log, seq, bytes, sent }))
      .slice(from);
    const all = table.where('[log+seq]').between([log, 0], [log, Number.MAX_SAFE_INTEGER]);
    await store.db.transaction('rw', [table, store.tables.facts], async () => {
      const last = await all.last();
      const mine = entries[log].at(-1);
      const isLost = log === 'grant' && isGrantLost;
      // check: log book: no other window wrote in between
      if (!isLost && last !== undefined && (mine === undefined || !sameBytes(last.bytes, mine.bytes)))
        throw new Overtaken();
      await table.where('[log+seq]').between([log, from], [log, Number.MAX_SAFE_INTEGER]).delete();
      await table.bulkPut(rows);
      if (epoch !== undefined) await store.keepFact('epoch', epoch);
    });
  };
  const read = async (): Promise<void> => {
    const rows = await table.toArray();
    const of = (log: LogName): readonly Entry[] =>
      rows
        .filter((row) => row.log === log)
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ bytes, sent }) => ({ bytes, sent }));
    const replayed = await replayDeviceLog(of('device').map(({ bytes }) => bytes));
    if (!replayed.ok)
      throw new ReplicaFault('storage', `the device log kept here does not replay: ${replayed.reason}`);
    const grants = await replayGrantLog(
      replayed.log.acct,
      replayed.log.signPk,
      of('grant').map(({ bytes }) => bytes),
    );
    entries.device = of('device');
    entries.grant = grants.ok ? of('grant') : [];
    isGrantLost = !grants.ok;
    device = replayed.log;
    grant = grants.ok ? grants.log : await emptyUnderEpochKept(replayed.log);
  };
  /** Not under epoch 0: the keys of shares that were stopped would open what is written now. */
  const emptyUnderEpochKept = async ({ acct, signPk }: DeviceLog): Promise<GrantLog> => {
    const epoch = await store.readFact('epoch');
    return { ...emptyGrantLog(acct, signPk), epoch: typeof epoch === 'number' ? epoch : 0 };
  };
  /** One change after another, each on what the disk holds: what another tab wrote is read first. */
  const change = <Value>(task: () => Promise<Value>): Promise<Value> =>
    serial(async () => {
      for (let round = 1; ; round += 1) {
        try {
          return await task();
        } catch (fault) {
          if (!(fault instanceof Overtaken) || round === MOST_ROUNDS) throw fault;
          await read();
        }
      }
    });

  /** What of these was not sent, signed to follow `before`; null when that does not verify. */
  const signedAgain = async (
    log: LogName,
    before: readonly Entry[],
    rest: readonly Entry[],
  ): Promise<readonly Entry[] | null> => {
    const unsent = rest.flatMap(({ bytes, sent }) => (sent ? [] : [bytes]));
    const objects = before.map(({ bytes }) => bytes);
    if (log === 'device') {
      const replayed = await replayDeviceLog(objects);
      return replayed.ok ? behindOf(replayed.log, unsent, appendToDeviceLog) : null;
    }
    const { acct, signPk } = deviceLog();
    const replayed = await replayGrantLog(acct, signPk, objects);
    return replayed.ok ? behindOf(replayed.log, unsent, appendToGrantLog) : null;
  };
  /** One that says nothing new any more (the same share was stopped on both devices) is left out. */
  const behindOf = async <Log extends LogEnd>(
    end: Log,
    objects: readonly Bytes[],
    append: Append<Log>,
  ): Promise<readonly Entry[]> => {
    const again: Entry[] = [];
    let log = end;
    for (const object of objects) {
      const request = requestBehind(object, log);
      const [bytes] = request === null ? [] : await vault.sign([request]);
      const next = bytes === undefined ? null : await append(log, bytes);
      if (bytes === undefined || next?.ok !== true) continue;
      log = next.log;
      again.push({ bytes, sent: false });
    }
    return again;
  };

  return {
    load: () => serial(read),
    isLoaded: () => grant !== null,
    device: deviceLog,
    grant: grantLog,
    objects: (log) => entries[log].map(({ bytes }) => bytes),
    sentCount: (log) => {
      const first = entries[log].findIndex(({ sent }) => !sent);
      return first === -1 ? entries[log].length : first;
    },
    unsent: (log) => entries[log].filter(({ sent }) => !sent).map(({ bytes }) => bytes),
    append: (log, objects) =>
      change(async () => {
        if (log === 'grant' && isGrantLost) return { ok: false, reason: 'refused' };
        const from = entries[log].length;
        const next = [...entries[log], ...objects.map((bytes) => ({ bytes, sent: false }))];
        if (await become(log, next, from)) return { ok: true };
        const [first] = objects;
        return {
          ok: false,
          reason:
            first !== undefined && followsAnother(first, log === 'device' ? deviceLog() : grantLog())
              ? 'log-moved'
              : 'refused',
        };
      }),
    receive: (log, from, objects) =>
      change(async () => {
        const mine = entries[log];
        const next: Entry[] = mine.slice(0, from).map(({ bytes }) => ({ bytes, sent: true }));
        let changedFrom: number | null = null;
        for (const [i, bytes] of objects.entries()) {
          const at = from + i;
          const held = mine[at];
          if (held !== undefined && sameBytes(held.bytes, bytes)) {
            next.push({ bytes: held.bytes, sent: true });
            continue;
          }
          // check: log book: what was sent is not replaced
          if (held?.sent === true) return { ok: false, reason: 'log-forked' };
          changedFrom ??= at;
          next.push({ bytes, sent: true });
        }
        const known = from + objects.length;
        const rest = mine.slice(known);
        if (changedFrom === null) {
          const whole = [...next, ...rest];
          if (objects.length > 0 || mine.slice(0, from).some(({ sent }) => !sent)) await keep(log, whole, 0);
          entries[log] = whole;
          return { ok: true, changed: false };
        }
        const behind = await signedAgain(log, next, mine.slice(changedFrom));
        if (behind === null || !(await become(log, [...next, ...behind], changedFrom)))
          return { ok: false, reason: 'log-refused' };
        return { ok: true, changed: true };
      }),
    retract: (log, objects) =>
      change(async () => {
        const mine = entries[log];
        const meant = new Set(objects.map(statementOf));
        const isMeant = ({ bytes, sent }: Entry): boolean => !sent && meant.has(statementOf(bytes));
        const from = mine.findIndex(isMeant);
        if (from === -1) return;
        const kept = mine.slice(0, from);
        const behind = await signedAgain(
          log,
          kept,
          mine.slice(from).filter((entry) => !isMeant(entry)),
        );
        await become(log, [...kept, ...(behind ?? [])], from);
      }),
    endsFirst: (log) =>
      change(async () => {
        const mine = entries[log];
        const from = mine.findIndex(({ sent }) => !sent);
        if (from === -1) return [];
        const waiting = mine.slice(from);
        // What was begun here and ended here stays in that order: the other way about it would stay open.
        const begun = new Set(waiting.flatMap(({ bytes }) => (isEnding(bytes) ? [] : [subjectOf(bytes)])));
        const isFirst = ({ bytes }: Entry): boolean => isEnding(bytes) && !begun.has(subjectOf(bytes));
        const ends = waiting.filter(isFirst);
        if (ends.length === 0 || ends.length === waiting.length) return ends.map(({ bytes }) => bytes);
        const kept = mine.slice(0, from);
        const others = waiting.filter((entry) => !isFirst(entry));
        const behind = await signedAgain(log, kept, [...ends, ...others]);
        if (behind === null || !(await become(log, [...kept, ...behind], from))) return [];
        return behind.slice(0, ends.length).map(({ bytes }) => bytes);
      }),
    markSent: (log, objects) =>
      change(async () => {
        const sent = new Set(objects.map(objectHash));
        const next = entries[log].map((entry) =>
          sent.has(objectHash(entry.bytes)) ? { ...entry, sent: true } : entry,
        );
        if (next.every((entry, i) => entry.sent === entries[log][i]?.sent)) return;
        await keep(log, next, 0);
        entries[log] = next;
      }),
    markAllUnsent: () =>
      change(async () => {
        for (const log of ['device', 'grant'] as const) {
          const next = entries[log].map(({ bytes }) => ({ bytes, sent: false }));
          await keep(log, next, 0);
          entries[log] = next;
        }
      }),
  };
}

async function extend<Log>(
  append: Append<Log>,
  log: Log,
  objects: readonly Bytes[],
): Promise<{ readonly ok: true; readonly log: Log } | { readonly ok: false; readonly reason: string }> {
  let at = log;
  for (const bytes of objects) {
    const next = await append(at, bytes);
    if (!next.ok) return next;
    at = next.log;
  }
  return { ok: true, log: at };
}

/** The same said behind another end of the log: a Revoke then takes the next epoch. */
function requestBehind(bytes: Bytes, { seq, hash, epoch = 0 }: LogEnd): SignRequest | null {
  const parsed = parseObject(bytes);
  const linked = parsed.ok ? parsePayload(parsed.object.payload, linkSchema) : null;
  if (!parsed.ok || linked?.ok !== true) return null;
  const { type } = parsed.object;
  const payload = { ...linked.value, seq: seq + 1, prev: hash };
  return {
    type,
    signer: 'identity',
    payload: type === 'revoke' ? { ...payload, epoch: epoch + 1 } : payload,
  };
}

/** What an object says, whatever it follows: signed again behind another end it says the same. */
export function statementOf(bytes: Bytes): string {
  const parsed = parseObject(bytes);
  const linked = parsed.ok ? parsePayload(parsed.object.payload, linkSchema) : null;
  if (!parsed.ok || linked?.ok !== true) return objectHash(bytes);
  return JSON.stringify([parsed.object.type, { ...linked.value, seq: 0, prev: '', epoch: 0 }]);
}

/** Whether it stops a share or removes a device. */
export function isEnding(object: Bytes): boolean {
  const parsed = parseObject(object);
  return parsed.ok && (parsed.object.type === 'revoke' || parsed.object.type === 'device-revoke');
}

/** The share that is begun or stopped, the device that is added or removed; null for everything else. */
function subjectOf(bytes: Bytes): string | null {
  const parsed = parseObject(bytes);
  if (!parsed.ok || parsed.object.type === 'extend') return null;
  const named = parsePayload(parsed.object.payload, subjectSchema);
  return named.ok ? (named.value.grant ?? named.value.dev ?? null) : null;
}

/** Whether an object was made to follow another end of the log than the one held now. */
function followsAnother(bytes: Bytes, log: { readonly seq: number; readonly hash: string }): boolean {
  const parsed = parseObject(bytes);
  if (!parsed.ok) return false;
  const linked = parsePayload(parsed.object.payload, linkSchema);
  return linked.ok && (linked.value.seq !== log.seq + 1 || linked.value.prev !== log.hash);
}
