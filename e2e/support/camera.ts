/** A browser whose camera sees what a test has drawn from another screen. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  type LaunchOptions,
  type Locator,
  type Page,
  chromium,
} from '@playwright/test';
import encodeQR from 'qr';
import type { Watch } from './watch.ts';

export type CameraBrowser = AsyncDisposable & {
  readonly page: Page;
  /** Holds the camera in front of something on another screen. Before the camera is switched on. */
  readonly pointAt: (shown: Locator) => Promise<void>;
  /** The same in front of a link that was made into a QR code, on paper or in a terminal. */
  readonly pointAtLink: (link: string) => Promise<void>;
};

/** A phone, as the other journeys have one. */
const phone = {
  viewport: { width: 390, height: 844 },
  locale: 'en-GB',
  timezoneId: 'Europe/London',
} satisfies BrowserContextOptions;

/** Chromium's own fake camera plays a file; the person is taken to have allowed it. */
export async function openWithCamera(
  launch: LaunchOptions,
  baseURL: string,
  watch: Watch,
): Promise<CameraBrowser> {
  const dir = await mkdtemp(join(tmpdir(), 'evenkeel-camera-'));
  const video = join(dir, 'seen.mjpeg');
  const browser: Browser = await chromium.launch({
    ...launch,
    args: [
      ...(launch.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  });
  const context = await browser.newContext({ ...phone, baseURL });
  await watch.follow(context);
  const pointAt = async (shown: Locator): Promise<void> => writeFile(video, await filmOf(shown));
  return {
    page: await context.newPage(),
    pointAt,
    pointAtLink: async (link) => {
      const paper = await context.newPage();
      await paper.setContent(`<div style="width: 20em">${encodeQR(link, 'svg')}</div>`);
      await pointAt(paper.locator('svg'));
      await paper.close();
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A film of a single picture, as a camera that is held a little further away would see it: 4 to 3, with a margin. */
async function filmOf(shown: Locator): Promise<Buffer> {
  await shown.scrollIntoViewIfNeeded();
  const box = await shown.boundingBox();
  if (box === null) throw new Error('there is nothing to point the camera at');
  const page = shown.page();
  const frame = await page.screenshot({
    type: 'jpeg',
    quality: 95,
    clip: frameAround(box, page.viewportSize()),
  });
  // Chromium wants at least two pictures to call it a film.
  return Buffer.concat([frame, frame]);
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Sides are even numbers, as video wants them, and stay inside the page. */
function frameAround(box: Box, page: { readonly width: number; readonly height: number } | null): Box {
  const margin = Math.max(0, Math.min(24, box.x, (page?.width ?? box.width) - box.x - box.width));
  const width = even(box.width + 2 * margin);
  const height = even(box.height + 16);
  return { x: Math.max(0, box.x - margin), y: Math.max(0, box.y - 8), width, height };
}

function even(length: number): number {
  return 2 * Math.floor(length / 2);
}
