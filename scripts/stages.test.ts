import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaces } from '../architecture.mjs';
import { stages, tsconfigs } from './stages.ts';

const root = join(import.meta.dirname, '..');

test('the types of every workspace are checked, and of e2e and the scripts', () => {
  const folders = [...Object.values(workspaces).map(({ folder }) => folder), 'e2e', 'scripts'];
  for (const folder of folders) expect(tsconfigs()).toContain(join(folder, 'tsconfig.json'));
});

test('a base that names no file is not taken for a check', () => {
  expect(tsconfigs()).not.toContain('tsconfig.json');
});

test('every workspace of package.json stands in architecture.mjs, or backstage', () => {
  const found = globSync('{web,sync-server,e2e,packages/*}/package.json', { cwd: root }).map((path) =>
    join(path, '..'),
  );
  const known: readonly string[] = [...Object.values(workspaces).map(({ folder }) => folder), 'e2e'];
  expect(found.filter((folder) => !known.includes(folder))).toEqual([]);
});

test('the browser journeys have the machine to themselves', () => {
  expect(stages.filter(({ alone }) => alone).map(({ name }) => name)).toEqual(['e2e']);
});
