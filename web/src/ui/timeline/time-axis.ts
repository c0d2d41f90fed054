import { dayNumber, dayOfNumber, daysIn } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import type { LocalDay } from '@evenkeel/journal';

/** How a mark on the axis is named: by its day, by its month, by its month and year. */
export type Tick = { readonly day: LocalDay; readonly name: 'day' | 'month' | 'year' };

export type TimeAxis = {
  readonly range: DayRange;
  /** Length in px. */
  readonly width: number;
  /** Distance from the left in px; `part` is how much of the day is over, 0…1 (0.5 where the hour is not known). */
  readonly x: (day: LocalDay, part?: number) => number;
  /** From left to right, far enough apart for their names. */
  readonly ticks: readonly Tick[];
};

/** Least px from one mark to the next. */
const room = 62;

/** One axis for all tracks: each day has the same width, whether anything was written on it or not. */
export function timeAxis(range: DayRange, width: number): TimeAxis {
  const first = dayNumber(range.first);
  const days = Math.max(1, daysIn(range));
  const x = (day: LocalDay, part = 0.5) => ((dayNumber(day) - first + part) / days) * width;
  return { range, width, x, ticks: ticksOf(range, width / days) };
}

/** The first step that leaves room: weeks, halves of a month, months, quarters, years. */
function ticksOf(range: DayRange, dayWidth: number): readonly Tick[] {
  const days = daysAcross(range);
  const steps: readonly [number, (day: LocalDay) => boolean, Tick['name']][] = [
    [7, isMonday, 'day'],
    [14, (day) => day.endsWith('-01') || day.endsWith('-15'), 'day'],
    [28, (day) => day.endsWith('-01'), 'month'],
    [89, (day) => /-(01|04|07|10)-01$/.test(day), 'month'],
    [180, (day) => /-(01|07)-01$/.test(day), 'month'],
    [365, (day) => day.endsWith('-01-01'), 'year'],
    [730, (day) => day.endsWith('-01-01') && Number(day.slice(0, 4)) % 2 === 0, 'year'],
  ];
  const [, marks, name] = steps.find(([length]) => length * dayWidth >= room) ??
    steps[steps.length - 1] ?? [0, isMonday, 'day' as const];
  return days.filter(marks).map((day) => ({ day, name }));
}

function daysAcross({ first, last }: DayRange): readonly LocalDay[] {
  const from = dayNumber(first);
  return Array.from({ length: Math.max(0, dayNumber(last) - from + 1) }, (_, index) =>
    dayOfNumber(from + index),
  );
}

function isMonday(day: LocalDay): boolean {
  // 1 January 1970 was a Thursday.
  return (dayNumber(day) + 3) % 7 === 0;
}
