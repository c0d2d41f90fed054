/**
 * Journeys in a real browser against the built app and a real server. Each test starts from an empty browser
 * profile and a data directory of its own, so they run side by side.
 */
import { defineConfig } from '@playwright/test';
import { launchOptions, needBrowser } from '../scripts/find-browser.ts';

const browser = await needBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../.cache/e2e',
  fullyParallel: true,
  forbidOnly: true,
  // Once more for what a slow machine broke; scripts/count-tests.ts lets a run have two of those and names them.
  retries: 1,
  // One more than the cores it is measured on: a journey waits for its browser and its server a third of the time.
  workers: 3,
  // A journey of two people on a slow machine with two cores; a step that hangs ends far sooner.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    // A step that cannot be done says so long before the whole journey is over.
    actionTimeout: 30_000,
    launchOptions: launchOptions(browser),
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  },
});
