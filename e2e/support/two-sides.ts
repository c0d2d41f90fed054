/**
 * Journeys of a person and a clinician, or of a person's two devices: pages on a phone and on a desk, each in an
 * empty browser of its own, and what Chromium says by itself while devices find each other.
 */
import type { BrowserContextOptions, Page } from '@playwright/test';
import { test as base } from './test.ts';

const phoneSize = { viewport: { width: 390, height: 844 } };
const deskSize = { viewport: { width: 1360, height: 900 } };

/** A letter that is not there yet, and a header of ours that refuses what a library asks for and does not need. */
const foreseen = [/status of 404 .*\/v1\/mailbox\//, /unload is not allowed in this document/];

type Sides = {
  phone: (more?: BrowserContextOptions) => Promise<Page>;
  desk: (more?: BrowserContextOptions) => Promise<Page>;
  foreseeMeeting: void;
};

export const test = base.extend<Sides>({
  phone: ({ another }, use) => use((more = {}) => another({ ...phoneSize, ...more })),
  desk: ({ another }, use) => use((more = {}) => another({ ...deskSize, ...more })),
  foreseeMeeting: [
    async ({ watch }, use) => {
      for (const complaint of foreseen) watch.foresee(complaint);
      await use();
    },
    { auto: true },
  ],
});

/** The invitation that a server prints when it starts empty. */
export function firstInvitation(server: { invitation(): string | null }): string {
  const link = server.invitation();
  if (link === null) throw new Error('the server printed no invitation');
  return link;
}

/** YYYY-MM-DD in the zone of the journeys, so many days before today. */
export function daysAgo(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(
    Date.now() - days * 24 * 3600_000,
  );
}
