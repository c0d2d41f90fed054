import { WEEKDAYS } from '@evenkeel/insights';
import type { Week } from '@evenkeel/insights';
import type { DaySummary, LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { Link } from 'wouter';
import type { CSSProperties } from 'react';
import { longDay } from '../../i18n/dates.ts';
import { weekdayName } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { classes } from '../../ui/classes.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { messages } from './messages.ts';
import styles from './MonthCalendar.module.css';

type MonthCalendarProps = {
  readonly weeks: readonly Week[];
  readonly byDay: ReadonlyMap<LocalDay, DaySummary>;
  readonly wordsOf: (summary: DaySummary | undefined) => string;
  readonly today: LocalDay;
};

/** A month as a calendar. A day with entries opens in the journal; a day without is a number, and no more. */
export function MonthCalendar({ weeks, byDay, wordsOf, today }: MonthCalendarProps) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <div className={styles.frame}>
      <table className={styles.month}>
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th scope="col" key={weekday} abbr={weekdayName(i18n, weekday, 'long')}>
                {weekdayName(i18n, weekday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, weekday) => {
                const summary = day === null ? undefined : byDay.get(day);
                return (
                  <td key={WEEKDAYS[weekday]} aria-current={day === today ? 'date' : undefined}>
                    {day !== null &&
                      (summary === undefined ? (
                        <span className={styles.day}>{Number(day.slice(8))}</span>
                      ) : (
                        <DayLink
                          summary={summary}
                          name={text(messages.dayIs, { day: longDay(i18n, day), mood: wordsOf(summary) })}
                        />
                      ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayLink({ summary, name }: { readonly summary: DaySummary; readonly name: string }) {
  const colour = moodColour(summary);
  const style: CSSProperties = { '--mood': colour.css, '--mood-ink': `var(--on-mood-${colour.ink})` };
  return (
    <Link
      href={`/journal/day/${summary.day}`}
      className={classes(styles.day, colour.known === 'nothing' ? styles.noMood : styles.mood)}
      style={style}
      aria-label={name}
    >
      {Number(summary.day.slice(8))}
    </Link>
  );
}
