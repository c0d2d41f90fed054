import { dayNumber, dayOfNumber } from '@evenkeel/insights';
import type { Week } from '@evenkeel/insights';
import type { DaySummary, LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { monthMark } from '../../i18n/short-dates.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { messages } from './messages.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './YearSquares.module.css';

type YearSquaresProps = {
  readonly weeks: readonly Week[];
  readonly byDay: ReadonlyMap<LocalDay, DaySummary>;
  readonly chosen: LocalDay | null;
  readonly onChoose: (day: LocalDay) => void;
  readonly name: string;
  readonly wordsOf: (day: LocalDay) => string;
};

/** Side of a square and the way to the next one, in px. */
const side = 15;
const step = 18;
const labels = 18;

/** How many days each key goes: down a column is the next day, along a row the next week. */
const keys: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  ArrowRight: 7,
  ArrowLeft: -7,
  PageDown: 28,
  PageUp: -28,
  Home: -1000,
  End: 1000,
};

/**
 * The year as a picture that is also a slider over its days. The squares are smaller than a thumb, so a touch
 * only chooses; the day is then named beside a button of full size, and the month shows the same days larger.
 */
export function YearSquares({ weeks, byDay, chosen, onChoose, name, wordsOf }: YearSquaresProps) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const days = weeks.flat().flatMap((day) => day ?? []);
  const [first = '2000-01-01'] = days;
  const last = days.at(-1) ?? first;
  const at = chosen ?? last;

  useLayoutEffect(() => {
    frame.current?.scrollTo({ left: frame.current.scrollWidth });
  }, [first]);

  const squares = useMemo(() => <Squares weeks={weeks} byDay={byDay} />, [weeks, byDay]);
  const press = (event: KeyboardEvent) => {
    const by = keys[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const number = Math.min(dayNumber(last), Math.max(dayNumber(first), dayNumber(at) + by));
    onChoose(dayOfNumber(number));
  };
  const touch = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const day =
      weeks[Math.floor((event.clientX - box.left) / step)]?.[
        Math.floor((event.clientY - box.top - labels) / step)
      ];
    if (day) onChoose(day);
  };
  const place = chosen === null ? null : placeOf(weeks, chosen);
  return (
    <div ref={frame} className={styles.frame}>
      <svg
        className={styles.year}
        width={weeks.length * step}
        height={labels + 7 * step}
        viewBox={`0 0 ${weeks.length * step} ${labels + 7 * step}`}
        role="slider"
        tabIndex={0}
        aria-label={name}
        aria-roledescription={text(messages.yearRole)}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={dayNumber(at) - dayNumber(first)}
        aria-valuetext={wordsOf(at)}
        onKeyDown={press}
        onClick={touch}
      >
        <Months weeks={weeks} />
        {squares}
        {place !== null && (
          <rect
            className={styles.chosen}
            x={place.x - 1.5}
            y={place.y - 1.5}
            width={side + 3}
            height={side + 3}
            rx={5}
          />
        )}
      </svg>
    </div>
  );
}

function Squares({ weeks, byDay }: Pick<YearSquaresProps, 'weeks' | 'byDay'>) {
  return weeks.flatMap((week, column) =>
    week.map((day, row) => {
      if (day === null) return null;
      const colour = moodColour(byDay.get(day) ?? {});
      return (
        <rect
          key={day}
          className={colour.known === 'nothing' ? styles.blank : styles.square}
          x={column * step + 1.5}
          y={labels + row * step + 1.5}
          width={side}
          height={side}
          rx={4}
          {...(colour.known === 'nothing' ? {} : { style: { fill: colour.css } })}
        />
      );
    }),
  );
}

/** The name of each month over its first whole week. */
function Months({ weeks }: Pick<YearSquaresProps, 'weeks'>) {
  const { i18n } = useLingui();
  return weeks.map((week, column) => {
    const begins = week.find((day) => day?.endsWith('-01'));
    return begins === undefined || begins === null || column > weeks.length - 2 ? null : (
      <text key={begins} className={styles.month} x={column * step + 1.5} y={11}>
        {monthMark(i18n, begins, begins.slice(5, 7) === '01')}
      </text>
    );
  });
}

function placeOf(weeks: readonly Week[], day: LocalDay): { readonly x: number; readonly y: number } | null {
  const column = weeks.findIndex((week) => week.includes(day));
  const row = weeks[column]?.indexOf(day) ?? -1;
  return row < 0 ? null : { x: column * step + 1.5, y: labels + row * step + 1.5 };
}
