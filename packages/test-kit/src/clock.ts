/** A clock that stands still until it is wound. */
export type HandWoundClock = {
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  readonly set: (ms: number) => void;
};

export function handWoundClock(start: number): HandWoundClock {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    set: (ms) => {
      at = ms;
    },
  };
}
