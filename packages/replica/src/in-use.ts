/** Which streams hold envelopes, of which epochs and days: what the packs of active shares must cover. */
import type { StreamId } from '@evenkeel/protocol';
import type { Place } from '@evenkeel/vault';
import type { StreamInUse } from './replica.ts';

export type InUse = {
  /** True when this was not known before. */
  readonly add: (sid: StreamId, epoch: number, place: Place) => boolean;
  readonly seed: (streams: readonly StreamInUse[]) => void;
  readonly list: () => readonly StreamInUse[];
  readonly clear: () => void;
};

/** It only grows: a key for a day that no longer holds anything opens nothing. */
export function createInUse(): InUse {
  const streams = new Map<
    string,
    { readonly stream: Omit<StreamInUse, 'days'>; readonly days: Set<number> }
  >();
  let listed: readonly StreamInUse[] | null = null;
  const add = (stream: Omit<StreamInUse, 'days'>, day: number): boolean => {
    const key = `${stream.sid}/${stream.epoch}`;
    const known = streams.get(key);
    if (known?.days.has(day) === true) return false;
    if (known === undefined) streams.set(key, { stream, days: new Set([day]) });
    else known.days.add(day);
    listed = null;
    return true;
  };
  return {
    add: (sid, epoch, { cat, month, day }) => add({ sid, epoch, cat, month }, day),
    seed(known) {
      for (const { days, ...stream } of known) for (const day of days) add(stream, day);
    },
    list: () =>
      (listed ??= [...streams.values()].map(({ stream, days }) => ({
        ...stream,
        days: [...days].toSorted((a, b) => a - b),
      }))),
    clear() {
      streams.clear();
      listed = null;
    },
  };
}
