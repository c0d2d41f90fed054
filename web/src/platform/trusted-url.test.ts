import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('window', { location: { href: 'https://diary.example/', origin: 'https://diary.example' } });
});

test('only our own workers are paths for a script', async () => {
  const { isWorkerPath } = await import('./trusted-url.ts');
  expect(isWorkerPath('/sw.js')).toBe(true);
  expect(isWorkerPath('/assets/worker-vault-a1B2c3.js')).toBe(true);
  for (const path of [
    '/assets/index-a1.js',
    '/assets/../sw.js',
    '/v1/worker-x.js',
    '/assets/worker-x.js/evil',
    '/sw.js.js',
  ]) {
    expect(isWorkerPath(path), path).toBe(false);
  }
});
