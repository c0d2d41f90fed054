/** Whether the diary has moved on since the last backup of this device. */
import type { Replica } from '@evenkeel/replica';
import type { BackupBook } from './backup-book.ts';

/**
 * Whether anything was written since, deletions too. What was written after a clock was put back lies, in the store's
 * order, before what the backup saw last: it is known by not being in the backup, and a deletion by what is gone.
 */
export async function wasWrittenSince(
  replica: Pick<Replica, 'index' | 'loaded' | 'sealedSince'>,
  book: Pick<BackupBook, 'last' | 'holds'>,
): Promise<boolean> {
  const last = book.last();
  if (last === null) return true;
  const { mark, records } = last.stood;
  await replica.loaded;
  const snapshot = replica.index.snapshot();
  if (records !== undefined && snapshot.size < records) return true;
  const held = [
    ...snapshot.moments().flatMap((moment) => moment.records),
    ...snapshot.undated(),
    ...snapshot.binned().map(({ record }) => record),
    ...snapshot.settings(),
  ];
  if (held.some(({ rec }) => !book.holds(snapshot.held(rec)?.leaf ?? ''))) return true;
  return (await replica.sealedSince(mark, 1)).envelopes.length > 0;
}
