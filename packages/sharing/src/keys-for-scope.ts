/**
 * From a scope to keys. A month that lies wholly inside a scope and is over is handed over as one stream key;
 * a running month, and a first or last month cut by the scope, day by day, so that the boundary is kept by
 * keys. Day 0 is never handed over; what is tied to no day goes only with "everything", as its whole stream.
 * docs/protocol.md, "Grant, Extend, KeyPack".
 */
import { type LocalDay, UNDATED_PLACE, dayOfPlace, isGrantable, placeOfDay } from '@evenkeel/journal';
import type { GrantedStream, KeyId, StreamId } from '@evenkeel/protocol';
import type { KeyRequest, Vault } from '@evenkeel/vault';
import { type Scope, periodCovers } from './scope.ts';

/** A stream of the own account that holds envelopes under `epoch`, and the days (0 undated) they are about. */
export type StreamInUse = {
  readonly cat: number;
  readonly month: number;
  readonly epoch: number;
  readonly days: readonly number[];
};

export type KeysForScope = {
  /** The person's local day: its month is the running one. */
  readonly today: LocalDay;
  readonly inUse: readonly StreamInUse[];
  /** No day after this one is handed over, whatever the scope says: the day a share expires, or null. */
  readonly until?: LocalDay | null;
};

const MOST_DAYS = 31;

/** The keys that open what is in use inside the scope, and nothing outside it; sorted, each once. */
export function keysForScope(
  scope: Scope,
  { today, inUse, until = null }: KeysForScope,
): readonly KeyRequest[] {
  const running = placeOfDay(today)?.month ?? 0;
  const keyByName = new Map<string, KeyRequest>();
  for (const { cat, month, epoch, days } of inUse) {
    if (!isGrantable(cat) || !scope.categories.includes(cat)) continue;
    for (const day of openedDays(scope, { month, running, until }, days)) {
      keyByName.set(keyName({ cat, month, epoch, day }), { cat, month, epoch, day });
    }
  }
  return [...keyByName.values()].toSorted(compareKeys);
}

/** The part of a grant the server may see: stream ids, and for months given by days their key ids. Sorted by sid. */
export async function clearPart(
  vault: Vault,
  keys: readonly KeyRequest[],
): Promise<readonly GrantedStream[]> {
  const keysByStream = new Map<string, KeyRequest[]>();
  for (const key of keys) {
    const name = `${key.cat}/${key.month}`;
    keysByStream.set(name, [...(keysByStream.get(name) ?? []), key]);
  }
  const groups = [...keysByStream.values()];
  const sids = await vault.streams(
    groups.flatMap(([key]) => (key === undefined ? [] : [{ cat: key.cat, month: key.month }])),
  );
  const dayKeys = groups.flatMap((group) => (isWholeStream(group) ? [] : group.flatMap(dayKeyOf)));
  const kids = await vault.keyIds(dayKeys);
  const kidByKey = new Map(dayKeys.map((key, i) => [keyName(key), kids[i]]));
  const streams = groups.flatMap((group, i) => {
    const sid = sids[i];
    return sid === undefined ? [] : [{ sid, kids: isWholeStream(group) ? null : kidsOf(group, kidByKey) }];
  });
  return streams.toSorted((a, b) => compareText(a.sid, b.sid));
}

/** What of `wanted` is not admitted by `known` yet. */
export function notAdmitted(
  known: ReadonlyMap<StreamId, ReadonlySet<KeyId> | null>,
  wanted: readonly GrantedStream[],
): readonly GrantedStream[] {
  return wanted.flatMap(({ sid, kids }) => {
    const before = known.get(sid);
    if (before === null) return [];
    if (before === undefined || kids === null) return [{ sid, kids }];
    const rest = kids.filter((kid) => !before.has(kid));
    return rest.length === 0 ? [] : [{ sid, kids: rest }];
  });
}

/** A name for a key that two devices write alike. */
export function keyName(key: KeyRequest): string {
  return `${key.cat}/${key.month}/${key.epoch}/${key.day ?? 'stream'}`;
}

/** By category, month, epoch; a stream key before day keys. */
export function compareKeys(a: KeyRequest, b: KeyRequest): number {
  return a.cat - b.cat || a.month - b.month || a.epoch - b.epoch || (a.day ?? -1) - (b.day ?? -1);
}

type MonthLimits = { readonly month: number; readonly running: number; readonly until: LocalDay | null };

/** Days of a month to hand over; [null] for its stream key; [] when nothing in use lies inside. */
function openedDays(
  scope: Scope,
  { month, running, until }: MonthLimits,
  used: readonly number[],
): readonly (number | null)[] {
  if (month === UNDATED_PLACE.month) return scope.period.kind === 'all' ? [null] : [];
  const inside = (day: number): boolean => {
    const date = dayOfPlace({ month, day });
    return (
      date !== undefined && (until === null || date <= until) && periodCovers(scope.period, { month, day })
    );
  };
  if (!used.some(inside)) return [];
  const days = daysOf(month);
  const opened = days.filter(inside);
  return month < running && opened.length === days.length ? [null] : opened;
}

function daysOf(month: number): readonly number[] {
  return Array.from({ length: MOST_DAYS }, (_, i) => i + 1).filter(
    (day) => dayOfPlace({ month, day }) !== undefined,
  );
}

function isWholeStream(keys: readonly KeyRequest[]): boolean {
  return keys.some(({ day }) => day === null);
}

type DayKey = { readonly cat: number; readonly month: number; readonly epoch: number; readonly day: number };

function dayKeyOf({ cat, month, epoch, day }: KeyRequest): readonly DayKey[] {
  return day === null ? [] : [{ cat, month, epoch, day }];
}

function kidsOf(keys: readonly KeyRequest[], kidByKey: ReadonlyMap<string, KeyId | undefined>): KeyId[] {
  const kids = keys.flatMap((key) => kidByKey.get(keyName(key)) ?? []);
  return [...new Set(kids)].toSorted(compareText);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
