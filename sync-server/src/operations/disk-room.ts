/**
 * Room on the disk. Stopping a share and deleting are writes too, so the last of it is kept for them: where little is
 * left, every account counts as full, and so does the server.
 */
import { statfs } from 'node:fs/promises';
import type { Limits } from '@evenkeel/protocol';
import type { Logger } from 'pino';
import { goodFor } from './good-for.ts';

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
  const full: Limits = { ...limits, accountBytes: 0, accountReceiptBytes: 0, accounts: 0 };
  let wasLow = false;
  const isLow = goodFor(GOOD_FOR_MS, clock, async () => {
    const found = (await freeBytes()) < RESERVE_BYTES;
    if (found && !wasLow) log.warn('the disk is almost full: only what stops or deletes something is taken');
    wasLow = found;
    return found;
  });
  return { limitsNow: async () => ((await isLow()) ? full : limits) };
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
