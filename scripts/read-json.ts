import { readFileSync } from 'node:fs';

/** A JSON file as what it is before anybody has looked: unknown. Throws when it is missing or not JSON. */
export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The value at a path of keys, or undefined: `at(report, 'stats', 'skipped')`. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

/** The number at a path; throws a TypeError that names the path when there is none. */
export const numberAt = (value: unknown, ...path: readonly string[]): number => {
  const found = at(value, ...path);
  if (typeof found !== 'number')
    throw new TypeError(`expected a number at ${path.join('.')}, found ${typeof found}`);
  return found;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
