import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { workerWithPage } from './worker-with-page.ts';

const files = {
  'index.html': '<script type="module" src="./page.ts"></script>',
  'page.ts': `import { word } from './word.ts';
import url from './keys.worker.ts?worker&url';
new Worker(url, { type: 'module', name: word + 'page' });`,
  'keys.worker.ts': `import { word } from './word.ts';\npostMessage(word + 'worker');`,
  'word.ts': `export const word = 'said by both' + performance.now();`,
};

test('what the page and a Worker both use is built once, and the Worker keeps a name of its own', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-worker-'));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder.path, name), source);
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: folder.path,
    plugins: [workerWithPage()],
    build: { write: false },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const sources = outputs.flatMap((output) => (output.type === 'chunk' ? output : []));

  expect(sources.filter(({ code }) => code.includes('said by both'))).toHaveLength(1);
  const worker = sources.find(({ fileName }) => /^assets\/worker-[\w.-]+\.js$/.test(fileName));
  expect(worker?.code).toContain('postMessage');
  const page = sources.find(({ code }) => code.includes('new Worker'));
  expect(page?.code).toContain(worker?.fileName.replace('assets/', ''));
});
