/**
 * Reading a Daylio CSV export. Three headers are known (2018: `year`; 2019: `full_date`; 2026: with `scales`);
 * columns are found by name. Nothing is dropped in silence: what cannot be read is listed with its line.
 *
 * The day is `full_date` (YYYY-MM-DD) and nothing else: the columns `date` and `weekday` repeat it in the order
 * and language of the phone. Only the 2018 header, which has no `full_date`, needs `year` with `date`; there an
 * English month name (whole, or at least three letters) with a day number is accepted in either order.
 */
import { isLocalDay } from '@evenkeel/journal';
import { utf8ToText } from '@evenkeel/protocol';
import { type CsvRow, readCsvRows } from './csv-lines.ts';
import { noteText } from './note-text.ts';

export type DaylioRow = {
  /** Line in the file, counted from 1. */
  readonly line: number;
  /** Which row of the file, counted from 1, the header not counted. */
  readonly row: number;
  /** YYYY-MM-DD */
  readonly day: string;
  /** Null when the file gives no time for it. */
  readonly time: { readonly hour: number; readonly minute: number } | null;
  /** The name as the person chose it, without blanks at its ends; may be empty. */
  readonly mood: string;
  readonly activities: readonly string[];
  /** "Sleep Quality: 8/10 points", as the file says it. */
  readonly scales: readonly string[];
  /** Title and note as plain text; may be empty. */
  readonly words: string;
  /** Its text in the file. */
  readonly raw: string;
};

export type BadRowReason =
  | 'wrong-number-of-fields'
  | 'broken-quotes'
  | 'day-not-understood'
  | 'day-before-2000'
  | 'time-not-understood'
  | 'nothing-in-it'
  | 'too-long';

/** A row that was not brought in. `raw` is its text in the file, for the person to see, never for a log. */
export type BadRow = {
  readonly line: number;
  readonly row: number;
  readonly reason: BadRowReason;
  readonly whatToDo: string;
  readonly raw: string;
};

export type DaylioHeader = '2018' | '2019' | '2026';

export type DaylioReading =
  | {
      readonly ok: true;
      readonly header: DaylioHeader;
      readonly rows: readonly DaylioRow[];
      readonly badRows: readonly BadRow[];
      /** Columns of the file that are not known, with the number of rows that have something there. */
      readonly unknownColumns: readonly { readonly name: string; readonly filled: number }[];
    }
  | {
      readonly ok: false;
      /** `not-text`: neither UTF-8 nor UTF-16. `not-daylio`: no header line of a Daylio export. */
      readonly reason: 'not-text' | 'not-daylio' | 'empty' | 'too-large';
    };

/** What a person can do about each kind of bad row. */
export const WHAT_TO_DO = {
  'wrong-number-of-fields':
    'Put double quotes around the text that has a comma in it, then bring the file in again.',
  'broken-quotes': 'Close the double quotes in this line, then bring the file in again.',
  'day-not-understood': 'Write the day as YYYY-MM-DD, then bring the file in again.',
  'day-before-2000': 'Add this entry by hand: the diary begins with the year 2000.',
  'time-not-understood':
    'Write the time as 14:03 or 2:03 pm, or leave it empty, then bring the file in again.',
  'nothing-in-it': 'Nothing to do: the row has no mood, no activity and no note.',
  'too-long': 'Shorten or divide the text in this row, then bring the file in again.',
} as const satisfies Record<BadRowReason, string>;

const LARGEST_CHARACTERS = 50_000_000;
const COLUMNS = [
  'full_date',
  'year',
  'date',
  'weekday',
  'time',
  'mood',
  'activities',
  'scales',
  'note_title',
  'note',
];

export function readDaylioCsv(input: string | Uint8Array): DaylioReading {
  const decoded = typeof input === 'string' ? input : decode(input);
  if (decoded === null) return { ok: false, reason: 'not-text' };
  if (decoded.length > LARGEST_CHARACTERS) return { ok: false, reason: 'too-large' };
  const text = decoded.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  if (text.trim() === '') return { ok: false, reason: 'empty' };

  const firstLine = text.split('\n').findIndex((line) => line.trim() !== '');
  const lines = text.split('\n').slice(firstLine);
  const delimiter = delimiterOf(lines[0] ?? '');
  const names = (lines[0] ?? '')
    .split(delimiter)
    .map((name) => name.replaceAll('"', '').trim().toLowerCase());
  const column = (name: string): number => names.indexOf(name);
  const header = headerOf(names);
  if (header === null) return { ok: false, reason: 'not-daylio' };

  const beginsRow = header === '2018' ? /^"?\d{4}"?[,;\t]/ : /^"?\d{4}-\d{2}-\d{2}"?[,;\t]/;
  const csvRows = readCsvRows(lines.slice(1).join('\n'), {
    delimiter,
    firstLine: firstLine + 2,
    width: names.length,
    beginsRow: (line) => beginsRow.test(line),
  });

  const rows: DaylioRow[] = [];
  const badRows: BadRow[] = [];
  for (const [index, csvRow] of csvRows.entries()) {
    const row = index + 1;
    const read = readRow(csvRow, row, { header, column, width: names.length });
    if (typeof read === 'string') badRows.push(badRow(csvRow.line, row, read, csvRow.raw));
    else rows.push(read);
  }
  const unknownColumns = names.flatMap((name, at) => {
    if (COLUMNS.includes(name)) return [];
    return [{ name, filled: csvRows.filter((csvRow) => (csvRow.fields[at] ?? '').trim() !== '').length }];
  });
  return { ok: true, header, rows, badRows, unknownColumns };
}

export function badRow(line: number, row: number, reason: BadRowReason, raw: string): BadRow {
  return { line, row, reason, whatToDo: WHAT_TO_DO[reason], raw };
}

type Layout = {
  readonly header: DaylioHeader;
  readonly column: (name: string) => number;
  readonly width: number;
};

function readRow(
  { line, fields, fault, raw }: CsvRow,
  row: number,
  layout: Layout,
): DaylioRow | BadRowReason {
  if (fault !== 'none') return fault;
  if (fields.length !== layout.width) return 'wrong-number-of-fields';
  const cell = (name: string): string => (fields[layout.column(name)] ?? '').trim();

  const day = layout.header === '2018' ? dayOfYearAndDate(cell('year'), cell('date')) : cell('full_date');
  if (/^[01]\d{3}-\d{2}-\d{2}$/.test(day)) return 'day-before-2000';
  if (!isLocalDay(day)) return 'day-not-understood';
  const time = timeOf(cell('time'));
  if (time === undefined) return 'time-not-understood';

  const mood = cell('mood').replaceAll(/\s+/g, ' ');
  const activities = listOf(cell('activities'));
  const scales = listOf(cell('scales'));
  const words = [noteText(cell('note_title')), noteText(cell('note'))]
    .filter((part) => part !== '')
    .join('\n\n');
  if (mood === '' && activities.length === 0 && scales.length === 0 && words === '') return 'nothing-in-it';
  return { line, row, day, time, mood, activities, scales, words, raw };
}

function headerOf(names: readonly string[]): DaylioHeader | null {
  if (new Set(names).size !== names.length || !names.includes('mood') || !names.includes('time')) return null;
  if (names.includes('full_date')) return names.includes('scales') ? '2026' : '2019';
  return names.includes('year') && names.includes('date') ? '2018' : null;
}

/** A file saved again by a spreadsheet may have semicolons or tabs. */
function delimiterOf(line: string): string {
  const [most] = [',', ';', '\t'].toSorted((a, b) => line.split(b).length - line.split(a).length);
  return most ?? ',';
}

/** UTF-8, or the UTF-16 some spreadsheets save; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const hasMark = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
  return utf8ToText(hasMark ? bytes.subarray(3) : bytes);
}

function listOf(cell: string): readonly string[] {
  return cell
    .split('|')
    .map((item) => item.replaceAll(/\s+/g, ' ').trim())
    .filter((item) => item !== '');
}

const TIME = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:([ap])\.?m\.?)?$/i;

/** `14:03`, `10:00 pm` or `10:04 AM`; null for none, undefined for what is no time. */
function timeOf(cell: string): { readonly hour: number; readonly minute: number } | null | undefined {
  if (cell === '') return null;
  const match = TIME.exec(cell.replaceAll(/[\u00a0\u202f]/g, ' '));
  if (match === null) return undefined;
  const [hour, minute, half] = [Number(match[1]), Number(match[2]), match[3]?.toLowerCase()];
  if (minute > 59) return undefined;
  if (half === undefined) return hour > 23 ? undefined : { hour, minute };
  if (hour < 1 || hour > 12) return undefined;
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute };
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAY_THEN_MONTH = /^(\d{1,2})\.? ([a-z]{3,9})\.?$/;
const MONTH_THEN_DAY = /^([a-z]{3,9})\.? (\d{1,2})$/;

/** `2018` and `28 September`, `September 28` or `Dec 17`, as YYYY-MM-DD; an empty text when not understood. */
function dayOfYearAndDate(year: string, date: string): string {
  const plain = date.toLowerCase();
  const dayFirst = DAY_THEN_MONTH.exec(plain);
  const monthFirst = MONTH_THEN_DAY.exec(plain);
  const name = dayFirst?.[2] ?? monthFirst?.[1];
  const day = dayFirst?.[1] ?? monthFirst?.[2];
  if (name === undefined || day === undefined || !/^\d{4}$/.test(year)) return '';
  const month = MONTHS.findIndex((known) => known.startsWith(name));
  if (month === -1) return '';
  return `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
