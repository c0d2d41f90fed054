import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './bench/free-port.ts';
import { copyOfProject } from './copy-of-project.test-support.ts';

const page = (words: string): string => `<!doctype html><title>App</title><p>${words}</p>`;

test('npm start builds the app when its sources have changed, serves app and API on one port, and ends when asked', async () => {
  using project = copyOfProject();
  const env = { PORT: String(await freePort()), DATA_DIR: join(project.folder, 'data') };
  const url = `http://localhost:${env.PORT}`;
  const start = async () => {
    const one = project.run('start.ts', env);
    await expect.poll(one.said, { timeout: 30_000 }).toContain('up in');
    const served = await (await fetch(url)).text();
    expect((await fetch(`${url}/v1/server`)).status).toBe(200);
    expect(await one.stop(), one.said()).toBe(0);
    return { served, said: one.said() };
  };

  project.write('web/index.html', page('the first'));
  const first = await start();
  expect(first.said).toContain('Building the app');
  expect(first.served).toContain('the first');

  expect((await start()).said, 'nothing has changed').not.toContain('Building');

  project.write('web/index.html', page('the second'));
  const third = await start();
  expect(third.said).toContain('Building the app');
  expect(third.served).toContain('the second');
});

test('a wrong setting ends npm start with 2 before anybody waits for a build, and an app that cannot be built with 1', async () => {
  using project = copyOfProject();
  const wrong = project.run('start.ts', { SIGNUPS: 'anyone' });
  expect(await wrong.exit).toBe(2);
  expect(wrong.said().trim()).toBe('SIGNUPS is "anyone"; expected one of invite, open, closed');

  project.write('web/index.html', '<script type="module" src="./nowhere.js"></script>');
  const broken = project.run('start.ts', { DATA_DIR: join(project.folder, 'data') });
  expect(await broken.exit).toBe(1);
  expect(broken.said()).toContain('The app could not be built, so there is nothing to serve.');
});
