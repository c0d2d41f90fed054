import { isWithin, rangeOf } from '@evenkeel/insights';
import type { RangeChoice } from '@evenkeel/insights';
import type { GrantableCategory, LocalDay } from '@evenkeel/journal';
import { useMemo } from 'react';
import { Card } from '../Card.tsx';
import { EntryList } from './EntryList.tsx';
import type { MoodSpeech } from './mood-speech.ts';
import { Standing } from './Standing.tsx';
import type { ShownStanding } from './shown-standing.ts';
import styles from './SharedRecord.module.css';
import type { ShownMoment } from './shown-moment.ts';
import { TimelineCharts } from './TimelineCharts.tsx';

type SharedRecordProps = {
  /** Oldest first. */
  readonly moments: readonly ShownMoment[];
  /** What belongs to no day; absent while it is not known. */
  readonly standing?: ShownStanding;
  readonly categories: readonly GrantableCategory[];
  readonly choice: RangeChoice;
  /** The day on which the timeline ends: today, or the last day that is shared. */
  readonly end: LocalDay;
  readonly speech: MoodSpeech;
  readonly fresh?: ReadonlySet<string>;
  /** Entries drawn at first. */
  readonly page?: number;
};

/** What a share shows: the charts and the entries of the chosen days. The desk and the person's preview both draw this. */
export function SharedRecord({
  moments,
  standing,
  categories,
  choice,
  end,
  speech,
  fresh,
  page = 30,
}: SharedRecordProps) {
  const range = useMemo(
    () =>
      rangeOf(
        moments.map((moment) => moment.day),
        choice,
        end,
      ),
    [moments, choice, end],
  );
  const inside = useMemo(() => moments.filter((moment) => isWithin(moment.day, range)), [moments, range]);
  const tracks = { mood: categories.includes('mood'), values: categories.includes('values') };
  return (
    <div className={styles.record}>
      {(tracks.mood || tracks.values) && (
        <Card>
          <TimelineCharts moments={moments} range={range} speech={speech} tracks={tracks} />
        </Card>
      )}
      {standing && <Standing standing={standing} />}
      <Card>
        <EntryList moments={inside} speech={speech} page={page} {...(fresh ? { fresh } : {})} />
      </Card>
    </div>
  );
}
