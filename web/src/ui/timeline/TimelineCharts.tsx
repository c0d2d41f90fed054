import { dailyMeans, usualRange, weeklyLine } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Chip, Chips } from '../Chip.tsx';
import { DayTable } from './DayTable.tsx';
import { messages } from './messages.ts';
import { moodFacts, pleasantness } from './mood-facts.ts';
import { moodSentence } from './mood-sentence.ts';
import type { MoodSpeech } from './mood-speech.ts';
import { MoodTrack } from './MoodTrack.tsx';
import type { ShownMoment } from './shown-moment.ts';
import { TimeMarks } from './TimeMarks.tsx';
import { timeAxis } from './time-axis.ts';
import styles from './Track.module.css';
import { useWidth } from './use-width.ts';
import { ValueTrack } from './ValueTrack.tsx';
import { valueTracks } from './value-tracks.ts';

type TimelineChartsProps = {
  /** Oldest first. */
  readonly moments: readonly ShownMoment[];
  readonly range: DayRange;
  readonly speech: MoodSpeech;
  /** Whether moods and values are part of the share: a track that can hold nothing is not drawn. */
  readonly tracks: { readonly mood: boolean; readonly values: boolean };
};

/** Stacked tracks on one time axis, with a sentence and a table that say the same. */
export function TimelineCharts({ moments, range, speech, tracks }: TimelineChartsProps) {
  const text = useText();
  const [shown, setShown] = useState<'chart' | 'table'>('chart');
  const [frame, width] = useWidth<HTMLDivElement>(640);
  const axis = useMemo(() => timeAxis(range, width), [range, width]);
  const mood = useMemo(() => {
    const means = dailyMeans(moments.flatMap(pleasantness));
    const usual = usualRange(means);
    return { usual, line: weeklyLine(means), facts: moodFacts(moments, range, usual) };
  }, [moments, range]);
  const values = useMemo(() => valueTracks(moments, range), [moments, range]);
  const sentence = moodSentence(text, speech, mood.facts);

  return (
    <div className={styles.charts}>
      {tracks.mood && (
        <section className={styles.part}>
          <div className={styles.names}>
            <h2 className={styles.title}>{text(messages.mood)}</h2>
            <span className={styles.key}>
              {text(mood.usual === null ? messages.moodKeyNoBand : messages.moodKey)}
            </span>
          </div>
          <p className={styles.sentence}>{sentence}</p>
        </section>
      )}
      <div ref={frame} className={styles.tracks}>
        {shown === 'table' ? (
          <DayTable moments={moments} range={range} line={mood.line} tracks={values} speech={speech} />
        ) : (
          <>
            {tracks.mood && (
              <MoodTrack moments={moments} axis={axis} line={mood.line} usual={mood.usual} label={sentence} />
            )}
            {tracks.values && values.length > 0 && (
              <section className={styles.tracks}>
                <div className={styles.names}>
                  <h2 className={styles.title}>{text(messages.values)}</h2>
                  <span className={styles.key}>{text(messages.valuesKey)}</span>
                </div>
                {values.map((track) => (
                  <ValueTrack key={track.value} track={track} axis={axis} />
                ))}
              </section>
            )}
            {(tracks.mood || values.length > 0) && <TimeMarks axis={axis} />}
          </>
        )}
      </div>
      <div className={styles.names} data-screen-only>
        {tracks.mood && (
          <span className={styles.direction}>
            {text(messages.higherMood)} {mood.usual === null && text(messages.fewDays)}
          </span>
        )}
        <Chips label={text(messages.showAs)}>
          <Chip on={shown === 'chart'} onToggle={() => setShown('chart')}>
            {text(messages.chart)}
          </Chip>
          <Chip on={shown === 'table'} onToggle={() => setShown('table')}>
            {text(messages.table)}
          </Chip>
        </Chips>
      </div>
    </div>
  );
}
