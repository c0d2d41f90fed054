/** Plain JSON values: what a field of a record may hold. */
import { z } from '@evenkeel/protocol';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Deeper nesting is refused at the border, so that no later walk over a value can run out of stack. */
const DEEPEST = 16;

export const jsonSchema = z.custom<Json>((value) => isJson(value, DEEPEST));

/** The one text of a value whatever the order its keys were written in; used only to compare. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts = Object.keys(value)
    .toSorted(compareText)
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${parts.join(',')}}`;
}

/** Order of two texts by UTF-16 code units: the same on every machine and in every language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isJson(value: unknown, depth: number): value is Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object': {
      if (value === null) return true;
      if (depth === 0) return false;
      if (Array.isArray(value)) return value.every((item) => isJson(item, depth - 1));
      return Object.values(value).every((item) => isJson(item, depth - 1));
    }
    default:
      return false;
  }
}

function isList(value: readonly Json[] | { readonly [name: string]: Json }): value is readonly Json[] {
  return Array.isArray(value);
}
