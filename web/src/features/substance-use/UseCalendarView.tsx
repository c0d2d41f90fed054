import type { LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import type { CSSProperties } from 'react';
import { longDay } from '../../i18n/dates.ts';
import { shortDay, weekdayOf } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { Quiet } from '../../ui/Page.tsx';
import { poundsOf } from '../../ui/timeline/line-words.ts';
import { messages } from './messages.ts';
import { type Counted, type UseDay, totalsOf } from './use-calendar.ts';
import styles from './UseCalendar.module.css';

type UseCalendarViewProps = {
  readonly days: readonly UseDay[];
  readonly counted: Counted;
  /** Of the amount, when it is not alcohol. */
  readonly unit: string;
  /** Pence. */
  readonly spent: number;
  readonly onDay: (day: LocalDay) => void;
};

const WEEK = 7;

/** Four weeks as a table of days, each a button; the shade repeats what the number says. */
export function UseCalendarView({ days, counted, unit, spent, onDay }: UseCalendarViewProps) {
  const text = useText();
  const { i18n } = useLingui();
  const totals = totalsOf(days);
  const weeks = Array.from({ length: Math.ceil(days.length / WEEK) }, (_, week) =>
    days.slice(week * WEEK, (week + 1) * WEEK),
  );
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  const sum =
    counted.kind === 'alcohol'
      ? text(messages.totalUnits, { amount: totals.amount, most: totals.most })
      : text(messages.totalAmount, { amount: totals.amount, unit, most: totals.most });
  return (
    <>
      <table className={styles.table}>
        <caption className={styles.caption}>
          {text(messages.span, { first: shortDay(i18n, first), last: shortDay(i18n, last) })}
        </caption>
        <thead>
          <tr>
            {(weeks[0] ?? []).map(({ day }) => (
              <th key={day} scope="col" className={styles.weekday}>
                {weekdayOf(i18n, day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((day) => (
                <td key={day.day} className={styles.cell}>
                  <DayButton day={day} most={totals.most} onDay={onDay} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.totals}>
        {text(messages.totals, { some: totals.with, without: totals.without, unsaid: totals.unsaid })}
        {totals.with > 0 && ` ${sum}`}
        {spent > 0 && ` ${text(messages.totalSpent, { pounds: poundsOf(spent) })}`}
      </p>
      {counted.kind === 'alcohol' && (
        <Quiet>
          {text(messages.fourWeeks)} {text(messages.source)}
        </Quiet>
      )}
    </>
  );
}

type DayButtonProps = {
  readonly day: UseDay;
  /** The largest amount in view, for the shade. */
  readonly most: number;
  readonly onDay: (day: LocalDay) => void;
};

function DayButton({ day: { day, amount }, most, onDay }: DayButtonProps) {
  const text = useText();
  const { i18n } = useLingui();
  const shade = amount === null || most === 0 ? 0 : amount / most;
  const style: CSSProperties = { '--filled': `${Math.round(shade * 100)}%` };
  const named = longDay(i18n, day);
  const label = () => {
    if (amount === null) return text(messages.dayUnsaid, { day: named });
    return amount === 0
      ? text(messages.dayNone, { day: named })
      : text(messages.dayAmount, { day: named, amount });
  };
  return (
    <button
      type="button"
      className={styles.day}
      data-said={amount !== null}
      style={style}
      aria-label={label()}
      onClick={() => onDay(day)}
    >
      <span className={styles.date} aria-hidden>
        {Number(day.slice(-2))}
      </span>
      <span className={styles.amount} aria-hidden>
        {amount}
      </span>
    </button>
  );
}
