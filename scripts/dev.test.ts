import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './bench/free-port.ts';
import { copyOfProject } from './copy-of-project.test-support.ts';

test('npm run dev serves the app as it is written, with a server behind it that starts again when its sources change', async () => {
  using project = copyOfProject();
  const page = 'web/index.html';
  project.write(page, '<!doctype html><p>the first</p>');
  const [app, api] = [`http://localhost:${await freePort()}`, await freePort()];
  const env = { PUBLIC_URL: app, PORT: String(api), DATA_DIR: join(project.folder, 'data') };
  const dev = project.run('dev.ts', env);
  const served = () => fetch(app).then((answer) => answer.text(), String);
  const starts = () => dev.said().split('up in').length - 1;
  await expect.poll(starts, { timeout: 30_000 }).toBe(1);
  await expect.poll(served, { timeout: 30_000 }).toContain('the first');
  expect(dev.said(), 'the server goes by the address of the app').toContain(`Evenkeel is at ${app} `);
  expect((await fetch(`http://localhost:${api}/healthz`)).status).toBe(200);

  project.write(page, '<!doctype html><p>the second</p>');
  await expect.poll(served, { timeout: 30_000 }).toContain('the second');

  const main = 'sync-server/src/main.ts';
  project.write(main, readFileSync(join(project.folder, main), 'utf8').replace('up in', 'changed, up in'));
  await expect.poll(dev.said, { timeout: 30_000 }).toContain('changed, up in');

  expect(await dev.stop(), dev.said()).toBe(0);
  await expect(fetch(app)).rejects.toThrow();
});
