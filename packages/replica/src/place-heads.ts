/**
 * Where a verified head stands among those of its device: the next one, one seen before, or one that an honest device
 * would not have signed (docs/protocol.md, "Logs, leaves, heads"). The same for heads and for those of a share.
 */
import { type Bytes, type DeviceId, type Hash32, sameBytes } from '@evenkeel/protocol';
import type { HeadRow } from './device-store.ts';
import type { FaultBook } from './fault-book.ts';

/** `known`: the highest number of that device before; −1 for none. */
export type PlacedHead = { readonly dev: DeviceId; readonly seq: number; readonly known: number };

/**
 * Takes heads in as a server gave them. False when one was nobody's we know, or a device goes back in time. `isAgain`:
 * they were asked for once more, so older ones are no surprise.
 */
export async function takeHeads(
  objects: readonly Bytes[],
  { isAgain, faults }: { readonly isAgain: boolean; readonly faults: FaultBook },
  takeOne: (bytes: Bytes) => Promise<PlacedHead | 'forged' | null>,
): Promise<boolean> {
  const newest = new Map<DeviceId, PlacedHead>();
  let isSound = true;
  for (const bytes of objects) {
    const placed = await takeOne(bytes);
    if (placed === 'forged') isSound = false;
    else if (placed !== null && placed.seq >= (newest.get(placed.dev)?.seq ?? 0))
      newest.set(placed.dev, placed);
  }
  // Rows are given again when one among them was not sound, so only the newest of a device says "back in time".
  for (const [dev, { seq, known }] of newest) {
    if (seq >= known || isAgain) continue;
    // check: head: not back in time
    await faults.note('head-rollback', { dev });
    isSound = false;
  }
  return isSound;
}

/** Whether it takes the place of the highest one known of its device. */
export async function isNewest(
  head: {
    readonly dev: DeviceId;
    readonly seq: number;
    readonly prev: Hash32;
    readonly bytes: Bytes;
  },
  known: HeadRow | undefined,
  faults: FaultBook,
): Promise<boolean> {
  const { dev, seq, prev, bytes } = head;
  if (known === undefined) return true;
  // check: head: one statement to a number
  if (seq === known.seq && !sameBytes(known.bytes, bytes)) await faults.note('head-equivocation', { dev });
  // check: head: after the one held
  if (seq <= known.seq) return false;
  const follows = seq > known.seq + 1 || prev === known.hash;
  // check: head: follows the one before
  if (!follows) await faults.note('head-broken', { dev });
  return follows;
}
