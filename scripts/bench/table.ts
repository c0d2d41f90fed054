/** The table that `npm run bench` prints. */
import { type Aim, type AimedRow, reachesAim } from './row.ts';

const HEADINGS = ['id', 'what', 'value', 'baseline', 'unit', 'ratio', 'aim', '', 'rounds'] as const;
const NUMERIC: ReadonlySet<string> = new Set(['value', 'baseline', 'ratio', 'aim', 'rounds']);

/** Text lines: columns as wide as they need to be, numbers to the right. */
export function drawTable(rows: readonly AimedRow[]): string {
  const cells = rows.map((row) => [
    row.id,
    row.what,
    figure(row.value),
    row.baseline === null ? '' : figure(row.baseline),
    row.unit,
    row.ratio === null ? '' : figure(row.ratio),
    sayAim(row.aim),
    verdict(row),
    String(row.rounds),
  ]);
  const widths = HEADINGS.map((heading, at) =>
    Math.max(heading.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, at) =>
        NUMERIC.has(HEADINGS[at] ?? '') ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [draw(HEADINGS), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(draw)].join('\n');
}

/** Three figures that count, thousands apart: 0.412, 3.07, 48.3, 1,280. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function sayAim(aim: Aim): string {
  if (aim === null) return '';
  return 'atMost' in aim ? `≤ ${aim.atMost.toLocaleString('en-GB')}` : `≥ ${aim.atLeast}`;
}

function verdict(row: AimedRow): string {
  const reached = reachesAim(row);
  if (reached === null) return '';
  return reached ? 'ok' : 'SHORT';
}
