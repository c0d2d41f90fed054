import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOfSources } from './build-web.ts';

test('a changed source asks for a new build; a changed test, or the build itself, does not', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-sources-'));
  const write = (path: string, content: string) => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), content);
  };
  write('web/src/main.tsx', 'one');
  const first = hashOfSources(folder.path);
  write('web/dist/index.html', 'built');
  write('web/src/main.test.tsx', 'a test');
  expect(hashOfSources(folder.path)).toBe(first);
  write('web/src/main.tsx', 'two');
  const second = hashOfSources(folder.path);
  expect(second).not.toBe(first);
  write('packages/vault/src/seal.ts', 'three');
  expect(hashOfSources(folder.path)).not.toBe(second);
});
