/** How many rows each table of a database file has. Works beside a running server. */
import { DatabaseSync } from 'node:sqlite';
import { int, text } from './columns.ts';

export function countRows(file: string): Readonly<Record<string, number>> {
  const raw = new DatabaseSync(file, { readOnly: true });
  try {
    const names = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return Object.fromEntries(
      names
        .map((row) => text(row, 'name'))
        .map((name) => [name, int(raw.prepare(`SELECT count(*) AS n FROM ${name}`).get(), 'n')]),
    );
  } finally {
    raw.close();
  }
}
