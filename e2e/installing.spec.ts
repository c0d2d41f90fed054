import { z } from '@evenkeel/protocol';
import { expectOpen, checkInSheet, firstRun, waitUntilCached } from './support/app.ts';
import { expect, test } from './support/test.ts';

const manifestSchema = z.object({
  id: z.string(),
  name: z.string(),
  display: z.string(),
  shortcuts: z.array(z.object({ name: z.string(), url: z.string() })),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string() })),
  screenshots: z.array(
    z.object({ src: z.string(), sizes: z.string(), form_factor: z.string(), label: z.string() }),
  ),
});

test('the browser finds nothing that keeps the app from being installed', async ({ profile }) => {
  const { page, context } = await profile.open();
  await page.goto('/');
  await waitUntilCached(page);
  const session = await context.newCDPSession(page);
  await expect
    .poll(async () => (await session.send('Page.getInstallabilityErrors')).installabilityErrors)
    .toEqual([]);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});

test('the manifest names two shortcuts, icons to cut to any shape and pictures for both screens, and each of them is there', async ({
  page,
  request,
}) => {
  const manifest = manifestSchema.parse(await (await request.get('/manifest.webmanifest')).json());
  expect(manifest).toMatchObject({ id: '/', name: 'Evenkeel', display: 'standalone' });
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['Check in', 'Help now']);
  expect(manifest.icons.filter(({ purpose }) => purpose === 'maskable').map(({ sizes }) => sizes)).toEqual([
    '192x192',
    '512x512',
  ]);
  expect(new Set(manifest.screenshots.map((picture) => picture.form_factor))).toEqual(
    new Set(['narrow', 'wide']),
  );
  await page.goto('/help');
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const size = await page.evaluate(sizeOfPicture, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }

  await firstRun(page);
  await page.goto(manifest.shortcuts[0]?.url ?? '');
  await expect(checkInSheet(page)).toBeVisible();
  await checkInSheet(page).getByRole('button', { name: 'Back' }).click();
  await expectOpen(page);
  await page.goto(manifest.shortcuts[1]?.url ?? '');
  await expect(page.getByRole('heading', { name: 'You are not alone with this.' })).toBeVisible();
});

/** Runs in the page. */
async function sizeOfPicture(src: string): Promise<string> {
  const picture = new Image();
  picture.src = src;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}
