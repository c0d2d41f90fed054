import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';
import { startWatch } from './support/watch.ts';

test('a page that breaks a rule is heard: console, faults, content security, trusted types, workers', async ({
  browser,
  server,
}) => {
  const planted = startWatch();
  const context = await browser.newContext({ baseURL: server.url });
  await planted.follow(context);
  const page = await context.newPage();
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(planted.complaints()).toEqual([]);

  const hears = async (pattern: RegExp, plant: () => unknown): Promise<void> => {
    await page.evaluate(plant).catch(() => undefined);
    await expect
      .poll(() => planted.complaints().filter((complaint) => pattern.test(complaint)).length, String(pattern))
      .toBeGreaterThan(0);
  };
  await hears(/console: planted error/, () => console.error('planted error'));
  await hears(/fault: .*planted fault/, () => {
    setTimeout(() => {
      throw new Error('planted fault');
    });
  });
  await hears(/fault: .*planted rejection/, () => void Promise.reject(new Error('planted rejection')));
  await hears(/violation of connect-src/, () => fetch('https://elsewhere.example/'));
  await hears(/violation of style-src/, () => document.body.setAttribute('style', 'color: red'));
  await hears(/violation of img-src/, () => {
    new Image().src = 'https://elsewhere.example/pixel.gif';
  });
  await hears(/violation of require-trusted-types-for/, () => {
    document.body.innerHTML = '<b>planted</b>';
  });
  await hears(/violation of trusted-types/, () => {
    Reflect.apply(
      Reflect.get(Reflect.get(window, 'trustedTypes'), 'createPolicy'),
      Reflect.get(window, 'trustedTypes'),
      ['planted', {}],
    );
  });
  const all = planted.complaints().length;
  planted.foresee(/planted error/);
  expect(planted.complaints().length).toBeLessThan(all);
  await context.close();
});

test('a target too small for a thumb, and a line that sticks out, are found', async ({ page }) => {
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, 'as it is');
  await page.evaluate(() => {
    const small = document.createElement('button');
    small.textContent = 'x';
    small.style.setProperty('min-block-size', '0');
    small.style.setProperty('display', 'block');
    const wide = document.createElement('p');
    wide.textContent = 'a'.repeat(400);
    wide.style.setProperty('white-space', 'nowrap');
    document.querySelector('main')?.append(small, wide);
  });
  await expect(expectAccessible(page, 'planted')).rejects.toThrow(/scrolls sideways.*small target/s);
});
