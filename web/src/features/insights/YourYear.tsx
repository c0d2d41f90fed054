import { addMonths, byMonth, isWithin, monthOf, weeksOf, yearUpTo } from '@evenkeel/insights';
import type { DaySummary, LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import { longDay } from '../../i18n/dates.ts';
import { monthMark, monthName } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { IconButton, LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import type { MoodPoint } from '../../ui/mood-colour.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import { MonthCalendar } from './MonthCalendar.tsx';
import { tenPoints } from './scale-words.ts';
import { YearSquares } from './YearSquares.tsx';

type YourYearProps = { readonly days: readonly DaySummary[]; readonly today: LocalDay };

/** Each square a day, in its mood's colour; days without an entry are blank, and that is all that is said of them. */
export function YourYear({ days, today }: YourYearProps) {
  const text = useText();
  const { i18n } = useLingui();
  const wordsOf = useDayWords();
  const [shown, setShown] = useState<'year' | 'month'>('year');
  const [end, setEnd] = useState(today);
  const [chosen, setChosen] = useState<LocalDay | null>(null);
  const byDay = useMemo(() => new Map(days.map((summary) => [summary.day, summary])), [days]);
  const first = days[0]?.day ?? today;
  const year = useMemo(() => yearUpTo(end), [end]);
  const month = monthOf(end);
  const range = shown === 'year' ? year : month;
  const within = days.filter(({ day }) => isWithin(day, range));
  const sentence = text(messages.yearSentence, { n: within.filter(({ moods }) => moods > 0).length });
  const turn = (way: -1 | 1) => {
    const next = addMonths(end, shown === 'year' ? 12 * way : way);
    setEnd(next > today ? today : next);
    setChosen(null);
  };
  return (
    <InsightsCard title={text(messages.year)} note={text(messages.eachSquare)} wide>
      <div className={styles.acts}>
        <Chips label={text(messages.yearOrMonth)}>
          <Chip on={shown === 'year'} onToggle={() => setShown('year')}>
            {text(messages.showYear)}
          </Chip>
          <Chip on={shown === 'month'} onToggle={() => setShown('month')}>
            {text(messages.showMonth)}
          </Chip>
        </Chips>
        <div className={styles.turn}>
          <IconButton
            label={text(messages.earlier)}
            icon={<ChevronLeft aria-hidden />}
            onClick={() => turn(-1)}
            disabled={range.first <= first}
          />
          <span className={styles.turned} aria-live="polite">
            {shown === 'month'
              ? monthName(i18n, month.first)
              : `${monthMark(i18n, year.first, true)} – ${monthMark(i18n, year.last, true)}`}
          </span>
          <IconButton
            label={text(messages.later)}
            icon={<ChevronRight aria-hidden />}
            onClick={() => turn(1)}
            disabled={range.last >= today}
          />
        </div>
      </div>
      {shown === 'year' ? (
        <>
          <YearSquares
            weeks={weeksOf(year)}
            byDay={byDay}
            chosen={chosen}
            onChoose={setChosen}
            name={`${text(messages.yearName)}. ${sentence}`}
            wordsOf={(day) =>
              text(messages.dayIs, { day: longDay(i18n, day, true), mood: wordsOf(byDay.get(day)) })
            }
          />
          <div className={styles.acts} role="status">
            <span className={styles.quiet}>
              {chosen === null
                ? text(messages.yearHow)
                : text(messages.dayIs, {
                    day: longDay(i18n, chosen, true),
                    mood: wordsOf(byDay.get(chosen)),
                  })}
            </span>
            {chosen !== null && byDay.has(chosen) && (
              <LinkButton href={`/journal/day/${chosen}`} look="quiet" small>
                {text(messages.openDay)}
              </LinkButton>
            )}
          </div>
        </>
      ) : (
        <MonthCalendar weeks={weeksOf(month)} byDay={byDay} wordsOf={wordsOf} today={today} />
      )}
      <p className={styles.quiet}>{sentence}</p>
      {shown === 'year' && (
        <SameAsTable
          name={text(messages.year)}
          columns={[text(messages.showMonth), text(messages.daysWithEntry), text(messages.average)]}
          rows={byMonth(within).map(({ month: of, days: written, ...mood }) => [
            monthName(i18n, of),
            String(written),
            mood.valence === undefined ? wordsOf(mood) : `${tenPoints(mood.valence)}, ${wordsOf(mood)}`,
          ])}
        />
      )}
    </InsightsCard>
  );
}

/** “fairly pleasant, low energy” of a day; that nothing was logged where nothing was. */
function useDayWords(): (summary: MoodPoint | undefined) => string {
  const text = useText();
  const speech = useMoodSpeech();
  return (summary) =>
    summary === undefined ? text(messages.noMood) : (speech.point(summary) ?? text(messages.noPlace));
}
