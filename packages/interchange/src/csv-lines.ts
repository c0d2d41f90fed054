/**
 * Rows of a CSV file, each with the line it begins on. One quote that is never closed would swallow the rest of
 * a diary; so a row that went wrong over several lines loses its first line only, and reading goes on at the
 * next line that looks like the start of a row.
 */
import Papa from 'papaparse';

export type CsvRow = {
  /** Line in the file, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The lines it was read from, as they stand in the file. */
  readonly raw: string;
  readonly fault: 'none' | 'broken-quotes';
};

/** Restarts after a broken row. Beyond these a file is so damaged that the rest is reported as it comes. */
const MOST_RESTARTS = 200;

/**
 * `width`: how many fields a whole row has. `beginsRow`: whether a line looks like the start of one. Blank lines
 * are passed over.
 */
export function readCsvRows(
  text: string,
  setup: {
    readonly delimiter: string;
    readonly firstLine: number;
    readonly width: number;
    readonly beginsRow: (line: string) => boolean;
  },
): readonly CsvRow[] {
  const lines = text.split('\n');
  const rows: CsvRow[] = [];
  let start = 0;
  for (let restarts = 0; start < lines.length; restarts += 1) {
    const restart = restarts < MOST_RESTARTS ? readFrom(lines, start, setup, rows) : null;
    if (restart === null) {
      if (restarts >= MOST_RESTARTS) readFrom(lines, start, { ...setup, beginsRow: () => false }, rows);
      return rows;
    }
    start = restart;
  }
  return rows;
}

/** Reads rows from a line on; the line to start again from after a broken row, or null at the end. */
function readFrom(
  lines: readonly string[],
  start: number,
  setup: {
    readonly delimiter: string;
    readonly firstLine: number;
    readonly width: number;
    readonly beginsRow: (line: string) => boolean;
  },
  rows: CsvRow[],
): number | null {
  const parsed = Papa.parse<string[]>(lines.slice(start).join('\n'), {
    delimiter: setup.delimiter,
    newline: '\n',
    quoteChar: '"',
    header: false,
    dynamicTyping: false,
    skipEmptyLines: false,
  });
  const broken = new Set(parsed.errors.filter((error) => error.type === 'Quotes').map((error) => error.row));
  let at = start;
  for (const [index, fields] of parsed.data.entries()) {
    const height = 1 + fields.reduce((sum, field) => sum + countNewlines(field), 0);
    const fault = broken.has(index) ? 'broken-quotes' : 'none';
    const isWrong = fault !== 'none' || fields.length !== setup.width;
    const next = isWrong ? nextRowIn(lines, at + 1, at + height, setup.beginsRow) : null;
    if (next !== null) {
      const raw = lines.slice(at, next).join('\n');
      rows.push({ line: setup.firstLine + at, fields, raw, fault: 'broken-quotes' });
      return next;
    }
    const isBlank = fields.length === 1 && (fields[0] ?? '').trim() === '';
    if (!isBlank) {
      rows.push({ line: setup.firstLine + at, fields, raw: lines.slice(at, at + height).join('\n'), fault });
    }
    at += height;
  }
  return null;
}

function nextRowIn(
  lines: readonly string[],
  from: number,
  end: number,
  beginsRow: (line: string) => boolean,
): number | null {
  const found = lines.slice(from, end).findIndex(beginsRow);
  return found === -1 ? null : from + found;
}

function countNewlines(field: string): number {
  let count = 0;
  for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) count += 1;
  return count;
}
