/** Made-up entries, each a record that becomes one envelope. */
import { type Clock, type EntryRecord, newMoment } from '@evenkeel/journal';
import { plausibleDiary } from '@evenkeel/test-kit';

const SEED = 20_261_122;
/** A plausible moment has at least this many entries on average; what is too much is left out again. */
const ENTRIES_A_MOMENT = 1.5;
const MOST_YEARS = 6;
/** Somebody who writes more often than most: fewer entries are a shorter diary, not a thinner one. */
const ENTRIES_A_YEAR = 1000;

/** Exactly `count` entries that end now, oldest first: six years of them, or less where there are few. */
export function entriesFor(clock: Clock, count: number): readonly EntryRecord[] {
  const years = Math.min(MOST_YEARS, count / ENTRIES_A_YEAR);
  const records: EntryRecord[] = [];
  for (
    let moments = Math.ceil(count / ENTRIES_A_MOMENT);
    records.length < count;
    moments = Math.ceil(moments * 1.1)
  ) {
    records.length = 0;
    const wish = { seed: SEED, until: Date.now(), years, entries: moments };
    for (const { draft, writtenAt } of plausibleDiary(wish).moments) {
      const made = newMoment(draft, { clock, now: writtenAt });
      if (made.ok) records.push(...made.records);
    }
  }
  return records.slice(-count);
}
