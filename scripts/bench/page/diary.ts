/** Made-up entries, each a record that becomes one envelope. */
import { type Clock, type EntryRecord, newMoment } from '@evenkeel/journal';
import { plausibleDiary } from '@evenkeel/test-kit';

const SEED = 20_261_122;
/** A plausible moment has at least this many entries on average; what is too much is left out again. */
const ENTRIES_A_MOMENT = 1.5;

/** Exactly `count` entries of the `years` before `until`, oldest first. */
export function entriesFor(
  clock: Clock,
  { count, years, until }: { readonly count: number; readonly years: number; readonly until: number },
): readonly EntryRecord[] {
  const records: EntryRecord[] = [];
  for (let moments = Math.ceil(count / ENTRIES_A_MOMENT); records.length < count; moments = Math.ceil(moments * 1.1)) {
    records.length = 0;
    for (const { draft, writtenAt } of plausibleDiary({ seed: SEED, until, years, entries: moments }).moments) {
      const made = newMoment(draft, { clock, now: writtenAt });
      if (made.ok) records.push(...made.records);
    }
  }
  return records.slice(-count);
}
