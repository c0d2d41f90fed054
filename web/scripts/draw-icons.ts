/**
 * Draws the PNG icons from public/icons/icon.svg, with a headless Chromium. Run by hand after a change of the
 * drawing: `node web/scripts/draw-icons.ts`. The results are committed; a build needs no browser.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const folder = new URL('../public/icons/', import.meta.url);
const paper = '#fbf9f4';

/** `scale`: how much of the square the drawing takes. A maskable icon keeps 20 % free, for any mask. */
const icons = [
  { file: 'icon-192.png', size: 192, scale: 1.18, background: 'transparent' },
  { file: 'icon-512.png', size: 512, scale: 1.18, background: 'transparent' },
  { file: 'maskable-192.png', size: 192, scale: 0.92, background: paper },
  { file: 'maskable-512.png', size: 512, scale: 0.92, background: paper },
] as const;

const drawing = (await readFile(new URL('icon.svg', folder), 'utf8')).replace('<svg ', '<svg id="icon" ');
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu'],
});
const page = await browser.newPage();
for (const { file, size, scale, background } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html{background:${background}}body{margin:0;height:100vh;overflow:hidden}
     svg{position:absolute;inset:${(1 - scale) * 50}vw;width:${scale * 100}vw;height:${scale * 100}vw}</style>${drawing}`,
  );
  await page.screenshot({
    path: fileURLToPath(new URL(file, folder)),
    omitBackground: background === 'transparent',
  });
}
await browser.close();
