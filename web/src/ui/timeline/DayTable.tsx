import { dailyMeans, dayNumber, isWithin } from '@evenkeel/insights';
import type { DailyMean, DayRange } from '@evenkeel/insights';
import { useLingui } from '@lingui/react';
import { weekdayAndDay } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './DayTable.module.css';
import { messages } from './messages.ts';
import { pleasantness } from './mood-facts.ts';
import { tenths } from './mood-sentence.ts';
import type { MoodSpeech } from './mood-speech.ts';
import type { ShownMoment } from './shown-moment.ts';
import type { ValueTrack } from './value-tracks.ts';

type DayTableProps = {
  readonly moments: readonly ShownMoment[];
  readonly range: DayRange;
  readonly line: readonly (readonly DailyMean[])[];
  readonly tracks: readonly ValueTrack[];
  readonly speech: MoodSpeech;
};

/** What the charts show, a line for each day with entries, newest first. */
export function DayTable({ moments, range, line, tracks, speech }: DayTableProps) {
  const text = useText();
  const { i18n } = useLingui();
  const inside = moments.filter((moment) => isWithin(moment.day, range));
  const days = [...new Set(inside.map((moment) => moment.day))].toSorted().toReversed();
  const byDay = new Map(dailyMeans(inside.flatMap(pleasantness)).map(({ day, mean }) => [day, mean]));
  const weekly = new Map(line.flat().map(({ day, mean }) => [day, mean]));
  const none = text(messages.noNumber);
  return (
    <div className={styles.frame} role="region" aria-label={text(messages.tableName)} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.caption}>{text(messages.tableName)}</caption>
        <thead>
          <tr>
            <th scope="col">{text(messages.day)}</th>
            <th scope="col">{text(messages.checkIns)}</th>
            <th scope="col">{text(messages.pleasantness)}</th>
            <th scope="col">{text(messages.sevenDays)}</th>
            {tracks.map((track) => (
              <th scope="col" key={track.value}>
                {track.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => {
            const mean = byDay.get(dayNumber(day));
            const week = weekly.get(dayNumber(day));
            return (
              <tr key={day}>
                <th scope="row">{weekdayAndDay(i18n, day)}</th>
                <td>{inside.filter((moment) => moment.day === day && moment.mood !== undefined).length}</td>
                <td>{mean === undefined ? none : `${tenths(mean)} ${speech.pleasant(mean)}`}</td>
                <td>{week === undefined ? none : tenths(week)}</td>
                {tracks.map((track) => (
                  <td key={track.value}>{answersOn(track, day) || none}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function answersOn(track: ValueTrack, day: string): string {
  return track.points
    .filter(({ moment }) => moment.day === day)
    .map(({ closeness }) => String(closeness))
    .join(', ');
}
