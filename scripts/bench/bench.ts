/** What every room of the bench is given, and what it gives back. */
import type { AimedRow } from './row.ts';

export type Bench = {
  /** Rounds per comparison. */
  readonly rounds: number;
  /** Scales the amount of work: 1, or less with `--quick`. */
  readonly amount: (full: number) => number;
  readonly browser: () => Promise<string>;
  readonly appDir: () => Promise<string>;
  readonly pageDir: () => Promise<string>;
  /** Says on the terminal what is going on. */
  readonly note: (text: string) => void;
  readonly wants: (id: string) => boolean;
};

export type Room = {
  readonly ids: readonly string[];
  readonly run: (bench: Bench) => Promise<readonly AimedRow[]>;
};
