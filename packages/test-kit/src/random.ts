/** Random numbers that are the same for the same seed, on every machine: for made-up data, never for keys. */

export type Random = {
  /** 0 ≤ x < 1. */
  readonly next: () => number;
  /** Whole number, both ends possible. */
  readonly between: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  /** Some of the items, in their order, each with the same probability. */
  readonly some: <Item>(items: readonly Item[], probability: number) => readonly Item[];
  /** About normal: mean 0, standard deviation 1, never beyond ±6. */
  readonly bell: () => number;
};

/** mulberry32 (Tommy Ettinger, 2017, public domain). `seed`: whole number. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    some: (items, probability) => items.filter(() => next() < probability),
    bell: () => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6),
  };
}
