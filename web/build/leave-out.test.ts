import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from 'vite';
import { leaveOut } from './leave-out.ts';

test('a part that is left out is not in the built app, and what asks for it finds nothing there', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-leave-out-'));
  writeFileSync(join(folder.path, 'stand-in.js'), `export const StandIn = 'a stand-in';`);
  writeFileSync(
    join(folder.path, 'main.js'),
    `import { StandIn } from './stand-in.js';\nexport const methods = ['native', StandIn].filter(Boolean);`,
  );
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: folder.path,
    plugins: [leaveOut([{ from: /\/stand-in\.js$/, names: ['StandIn'] }])],
    build: { write: false, lib: { entry: 'main.js', formats: ['es'] } },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  expect(code).not.toContain('a stand-in');
  expect(code).toContain('native');
});
