import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((file) => !/\.test(-support)?\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }));
const filesWith = (what: RegExp) => sources.filter(({ text }) => what.test(text)).map(({ file }) => file);

test('the envelopes are read by ascending range: a read from the end, or without bounds, goes through all of them', () => {
  expect(filesWith(/from 'rxdb\//)).toEqual(['envelopes.ts']);
  expect(filesWith(/['"]desc['"]|\.reverse\(\)/)).toEqual([]);
  expect(filesWith(/\.find(One)?\(\s*\)|\bcollection\.find/)).toEqual([]);

  const { text = '' } = sources.find(({ file }) => file === 'envelopes.ts') ?? {};
  const queries = [...text.matchAll(/prepareQuery<EnvelopeDoc>\(.*?\n {8}\}\),/gs)].map(([query]) => query);
  expect(queries).toHaveLength(text.split('storage.query(').length - 1);
  expect(queries).toHaveLength(text.split('prepareQuery<').length - 1);
  expect(queries.length).toBeGreaterThan(0);
  for (const query of queries)
    expect(query).toMatch(/selector: \{.*\b(sid: \{ \$eq: \w+ \}|id: \{ \$gte: \w+, \$lt: .+ \})/);
});
