/**
 * The hybrid logical clock that makes stamps: wall time where it can be trusted, a counter where it cannot
 * (Kulkarni et al., Logical Physical Clocks, 2014). [Note: clock skew] A device whose clock is years off must
 * neither win every later conflict nor have its edits lost: so an edit is always stamped after what it
 * overwrites, and a stamp from far ahead never moves this device's own clock.
 */
import type { DeviceId } from '@evenkeel/protocol';
import { type Stamp, compareStamps, makeStamp, stampParts } from './stamp.ts';

export type Clock = {
  /**
   * A new stamp, greater than every one this clock made within reach of the present, and than `overwritten`
   * (the greatest stamp of the record that is being edited).
   */
  readonly stampAfter: (overwritten?: Stamp) => Stamp;
  /** Takes note of a stamp from elsewhere; one more than ten minutes ahead does not advance this clock. */
  readonly observe: (stamp: Stamp) => void;
  /** The latest reading, to be kept and given back as `last`; undefined when the clock was never used. */
  readonly last: () => Stamp | undefined;
};

type Reading = { readonly ms: number; readonly counter: number };

/** Milliseconds by which a stamp may lead this device's wall clock before it is ignored. */
export const FAR_AHEAD_MS = 10 * 60 * 1000;

const LATEST_WALL_MS = 2 ** 47;
const COUNTER_MAX = 0xffff;

/** `now` gives milliseconds UTC; `last` is what the same device's clock said when it was last put away. */
export function createClock(setup: {
  readonly now: () => number;
  readonly dev: DeviceId;
  readonly last?: Stamp;
}): Clock {
  let reading: Reading | undefined = setup.last === undefined ? undefined : stampParts(setup.last);

  const wall = (): number => Math.min(Math.max(Math.floor(setup.now()), 0), LATEST_WALL_MS);
  const stamp = ({ ms, counter }: Reading): Stamp => makeStamp({ ms, counter, dev: setup.dev });

  return {
    stampAfter(overwritten) {
      const ms = wall();
      reading =
        reading === undefined || reading.ms < ms || isFarAhead(reading, ms)
          ? { ms, counter: 0 }
          : next(reading);
      const made = stamp(reading);
      if (overwritten === undefined || compareStamps(made, overwritten) > 0) return made;
      const later = next(stampParts(overwritten));
      if (!isFarAhead(later, ms)) reading = later;
      return stamp(later);
    },
    observe(remote) {
      const { ms, counter } = stampParts(remote);
      if (isFarAhead({ ms, counter }, wall())) return;
      if (reading === undefined || ms > reading.ms || (ms === reading.ms && counter > reading.counter)) {
        reading = { ms, counter };
      }
    },
    last: () => (reading === undefined ? undefined : stamp(reading)),
  };
}

function isFarAhead(reading: Reading, wallMs: number): boolean {
  return reading.ms > wallMs + FAR_AHEAD_MS;
}

function next({ ms, counter }: Reading): Reading {
  return counter < COUNTER_MAX ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 };
}
