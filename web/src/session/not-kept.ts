import type { WriteOutcome } from '@evenkeel/replica';

/** Thrown where a screen has no outcome to show: the error page says that nothing was lost. */
export class NotKeptError extends Error {
  override readonly name = 'NotKeptError';
  readonly code: string;
  constructor(reason: string) {
    super(`nothing was written: ${reason}`);
    this.code = reason;
  }
}

export function mustBeKept(outcome: WriteOutcome): void {
  if (!outcome.ok && outcome.reason !== 'not-found') throw new NotKeptError(outcome.reason);
}
