/** The host's own list of help numbers, a file beside the database, read once at the start. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type HelpNumbers,
  MOST_HELP_NUMBERS,
  MOST_NUMBERS,
  helpNumbersSchema,
  type z,
} from '@evenkeel/protocol';
import { WrongSetting } from '../config.ts';

type Issue = z.core.$ZodIssue;

/** What each field of the file is, in the words of the one who writes it. */
const EXPECTED: Readonly<Record<string, string>> = {
  country: 'a name of at most 60 characters in one line',
  language: 'a language tag, like "en-GB"',
  checked: 'a day of the calendar as YYYY-MM-DD',
  numbers: `a list of 1 to ${MOST_NUMBERS} numbers, each with an id of its own`,
  id: 'small letters, digits and hyphens, at most 40',
  name: 'at most 80 characters in one line',
  detail: 'at most 160 characters in one line',
  act: '"call", "text" or "open"',
  href:
    'for "call" tel: and for "text" sms: with 3 to 15 digits, a + before them or not, of a number that costs no more ' +
    'than an ordinary call; for "open" an https:// address',
  source: 'where the number was checked, at most 120 characters in one line',
};
const LIST = 'a list with country, language, checked and numbers (docs/self-hosting.md, "Help numbers")';

/**
 * Null where the host keeps none.
 * @throws {WrongSetting} with the file, the field, what was found and what is expected
 */
export function readHelpNumbers(dataDir: string): HelpNumbers | null {
  const file = join(resolve(dataDir), 'help-numbers.json');
  const text = textOf(file);
  if (text === null) return null;
  if (Buffer.byteLength(text) > MOST_HELP_NUMBERS)
    throw new WrongSetting(file, `${Buffer.byteLength(text)} bytes`, `at most ${MOST_HELP_NUMBERS}`);
  const value = jsonOf(file, text);
  const parsed = helpNumbersSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? new WrongSetting(file, value, LIST) : wrongField(file, value, issue);
}

/** Some editors put a mark of three bytes before everything. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw new WrongSetting(file, 'no readable file', 'a file that this process may read, or none');
  }
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new WrongSetting(`${file}, read as JSON,`, fault instanceof Error ? fault.message : '', LIST);
  }
}

function wrongField(file: string, value: unknown, issue: Issue): WrongSetting {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  if (path.length === 0) return new WrongSetting(file, value, LIST);
  const name = path.findLast((key) => typeof key === 'string') ?? '';
  const expected = issue.code === 'unrecognized_keys' ? 'no such field' : (EXPECTED[name] ?? LIST);
  return new WrongSetting(`${file}: ${path.map(String).join('.')}`, valueAt(value, path), expected);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}
