/**
 * What every journey starts with: a server of its own, an empty browser, and somebody who listens for complaints.
 * Journeys import `test` and `expect` from here.
 */
import { type BrowserContextOptions, type LaunchOptions, type Page, test as base } from '@playwright/test';
import { type Profile, makeProfile } from './profile.ts';
import { type ServerProcess, startServerProcess } from './server.ts';
import { type Watch, startWatch } from './watch.ts';

type Journey = {
  /** Settings for this journey's server, as a host would put them in the environment. */
  serverSettings: Readonly<Record<string, string>>;
  /** The built app to serve, where it is not the one everybody is served. */
  webDir: string | undefined;
  server: ServerProcess;
  watch: Watch;
  /** A browser that can be closed and opened again. Empty at first. */
  profile: Profile;
  /** A page in an empty browser of its own: another device, another person. */
  another: (more?: BrowserContextOptions) => Promise<Page>;
};

export const test = base.extend<Journey>({
  serverSettings: [{}, { option: true }],

  webDir: [undefined, { option: true }],

  server: async ({ serverSettings, webDir }, give) => {
    await using server = await startServerProcess(serverSettings, webDir === undefined ? {} : { webDir });
    await give(server);
  },

  baseURL: async ({ server }, give) => give(server.url),

  watch: [
    async ({ browserName }, give) => {
      const watch = startWatch();
      await give(watch);
      expect(watch.complaints(), `what ${browserName} complained about`).toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, watch }, give) => {
    await watch.follow(context);
    await give(context);
  },

  profile: async ({ baseURL, viewport, locale, timezoneId, launchOptions, watch }, give) => {
    const settings: BrowserContextOptions & LaunchOptions = {
      ...launchOptions,
      viewport,
      ...(baseURL !== undefined && { baseURL }),
      ...(locale !== undefined && { locale }),
      ...(timezoneId !== undefined && { timezoneId }),
    };
    await using profile = await makeProfile(settings, watch);
    await give(profile);
  },

  another: async ({ browser, baseURL, viewport, locale, timezoneId, watch }, give) => {
    await using stack = new AsyncDisposableStack();
    await give(async (more = {}) => {
      const context = await browser.newContext({
        viewport,
        ...(baseURL !== undefined && { baseURL }),
        ...(locale !== undefined && { locale }),
        ...(timezoneId !== undefined && { timezoneId }),
        ...more,
      });
      stack.defer(() => context.close());
      await watch.follow(context);
      return context.newPage();
    });
  },
});

export const { expect } = base;
