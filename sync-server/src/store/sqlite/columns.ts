/** Reads one column of a row as what the schema says it is. Another type is a broken database, so it throws. */
import { type Bytes, ownBytes } from '@evenkeel/protocol';

type Row = Readonly<Record<string, unknown>> | undefined;

export class BrokenRow extends Error {
  override readonly name = 'BrokenRow';
  readonly code = 'broken-row';
  constructor(column: string, expected: string) {
    super(`column ${column} holds no ${expected}`);
  }
}

export function int(row: Row, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new BrokenRow(column, 'integer');
  return value;
}

export function maybeInt(row: Row, column: string): number | null {
  return row?.[column] === null ? null : int(row, column);
}

export function blob(row: Row, column: string): Bytes {
  const value = row?.[column];
  if (!(value instanceof Uint8Array)) throw new BrokenRow(column, 'bytes');
  return value.buffer instanceof ArrayBuffer
    ? new Uint8Array(value.buffer, value.byteOffset, value.length)
    : ownBytes(value);
}

export function maybeBlob(row: Row, column: string): Bytes | null {
  return row?.[column] === null ? null : blob(row, column);
}

export function text(row: Row, column: string): string {
  const value = row?.[column];
  if (typeof value !== 'string') throw new BrokenRow(column, 'text');
  return value;
}

export function maybeText(row: Row, column: string): string | null {
  return row?.[column] === null ? null : text(row, column);
}
