import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempDisposableSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaces } from '../architecture.mjs';

const root = join(import.meta.dirname, '..');

/** The workspaces' own sources beside the real node_modules, with @evenkeel/* pointing into the copy. */
const copyOfTheSources = () => {
  const copy = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-graph-'));
  for (const { folder } of Object.values(workspaces)) {
    cpSync(join(root, folder), join(copy.path, folder), {
      recursive: true,
      filter: (source) => !/(node_modules|dist)$/.test(source),
    });
  }
  mkdirSync(join(copy.path, 'node_modules/@evenkeel'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@evenkeel')
      symlinkSync(join(root, 'node_modules', name), join(copy.path, 'node_modules', name));
  }
  for (const [name, { folder }] of Object.entries(workspaces)) {
    symlinkSync(join(copy.path, folder), join(copy.path, 'node_modules/@evenkeel', name));
  }
  return copy;
};

const checkGraph = (folder: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/check-graph.ts')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
};

// One look at everything takes seconds, so the three are planted together and counted.
test('an import of the vault by the server is refused by both readers; a type counts, and so does another door', () => {
  using copy = copyOfTheSources();
  const plant = (path: string, text: string): void => writeFileSync(join(copy.path, path), text);
  plant('sync-server/src/planted.ts', "import { createVault } from '@evenkeel/vault';\ncreateVault();\n");
  plant(
    'sync-server/src/planted-type.ts',
    "import type { Secret } from '@evenkeel/vault';\nexport type Kept = Secret;\n",
  );
  plant(
    'web/src/app/planted.ts',
    "import { createRxDatabase } from 'rxdb/plugins/core';\nconsole.log(createRxDatabase);\n",
  );
  const { status, said } = checkGraph(copy.path);
  expect(status).toBe(1);
  expect(said).toContain('sync-server/src/planted.ts imports vault: sync-server may import protocol');
  expect(said).toContain('sync-server/src/planted.ts → packages/vault/src/index.ts (sync-server-imports)');
  expect(said).toContain(
    'sync-server/src/planted-type.ts imports vault: sync-server may import protocol (a type, but still an edge)',
  );
  expect(said).toContain('web/src/app/planted.ts imports rxdb/plugins/core');
  expect(said).toContain('(door-rxdb)');
  // Of nothing else.
  const planted = said.split('\n').filter((line) => line.includes('planted'));
  expect(said).toContain(`${planted.length} complaints`);
});

test('a folder without a module does not pass', () => {
  using empty = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-graph-'));
  const { status, said } = checkGraph(empty.path);
  expect(status).toBe(1);
  expect(said).toContain('graph: 0 modules');
});
