/**
 * Room on the disk. Stopping a share and deleting are writes too, so the last of it is kept for them: where little is
 * left, every account counts as full.
 */
import { statfs } from 'node:fs/promises';
import type { Limits } from '@evenkeel/protocol';
import type { Logger } from 'pino';

export type DiskRoom = {
  /** The limits that hold now. */
  readonly limitsNow: () => Promise<Limits>;
};

const RESERVE_BYTES = 64 * 1_048_576;
const GOOD_FOR_MS = 5000;

export function diskRoom(
  limits: Limits,
  freeBytes: () => Promise<number>,
  { clock, log }: { readonly clock: () => number; readonly log: Logger },
): DiskRoom {
  const full: Limits = { ...limits, accountBytes: 0 };
  let look: { readonly at: number; readonly isLow: Promise<boolean> } | null = null;
  let wasLow = false;
  const isLowNow = async (): Promise<boolean> => {
    const isLow = (await freeBytes()) < RESERVE_BYTES;
    if (isLow && !wasLow) log.warn('the disk is almost full: only what stops or deletes something is taken');
    wasLow = isLow;
    return isLow;
  };
  return {
    limitsNow: async () => {
      const at = clock();
      if (look === null || Math.abs(at - look.at) >= GOOD_FOR_MS) look = { at, isLow: isLowNow() };
      return (await look.isLow) ? full : limits;
    },
  };
}

/** What may still be written beside this file; without end where nobody can say. */
export async function freeBytesBeside(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
