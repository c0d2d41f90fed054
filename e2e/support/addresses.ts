/**
 * Every address of the app, once: what is looked at with axe, in marked texts, in a bad night and in the pictures.
 * A screen that is missing here fails scripts/screenshots/addresses.test.ts.
 */
import { type Page, expect } from '@playwright/test';

/** A pattern as the app's own routes have it, or an address of one. */
export type Address = {
  readonly path: string;
  /** Where its first link stands, for a path with a part that is not known before. */
  readonly from?: string;
};

const from = (place: string, ...paths: readonly string[]): readonly Address[] =>
  paths.map((path) => ({ path, from: place }));
const at = (...paths: readonly string[]): readonly Address[] => paths.map((path) => ({ path }));

/** Under Me; a computer at the desk has those that `device` names too. */
const ofDevice = ['/lock', '/devices', '/devices/add', '/kit', '/server', '/server/join'];
const ofData = ['/data', '/data/import', '/data/kept', '/appearance', '/about'];

/** In an open diary, with or without a server. */
export const diaryAddresses: readonly Address[] = [
  ...at('/', '/journal', '/journal/bin', '/journal/day/2026-07-13'),
  ...from('/journal', '/entry/:id'),
  ...at('/insights', '/insights/summary', '/sharing', '/sharing/new', '/plan', '/help', '/lost'),
  ...at('/questionnaires', '/questionnaires/phq-9', '/questionnaires/phq-9/answer'),
  ...at('/questionnaires/pcl-5/answer', '/questionnaires/top', '/questionnaires/top/answer'),
  ...at('/me', '/me/track', '/me/track/around', '/me/track/symptoms', '/me/track/cravings'),
  ...at('/me/track/substances', '/me/track/medication', '/me/track/trackers'),
  ...at('/me/use', '/me/conditions', '/me/values', '/me/values/review'),
  ...at('/me/reminders', '/me/reminders/new'),
  ...from('/me/reminders', '/me/reminders/:id'),
  ...at('/me/backup', '/me/finish', '/me/install', '/me/name'),
  ...at(...[...ofDevice, ...ofData].map((path) => `/me${path}`)),
];

/** Before a diary is open. `/quick` is there only when there is one to add to. */
export const closedAddresses: readonly Address[] = at('/', '/restore', '/link', '/quick', '/desk');

/** At a desk with a server that nobody shares with yet. */
export const deskAddresses: readonly Address[] = at(
  '/desk',
  '/desk/code',
  '/desk/link',
  '/desk/device',
  ...[...ofDevice, ...ofData].map((path) => `/desk/device${path}`),
);

/** Those that need two people: the journey that goes there, and how it names them to whom looks at them. */
export const addressesOfTwo: Readonly<Record<string, readonly [journey: string, screen: string]>> = {
  '/sharing/with/:acct': ['sharing.spec.ts', 'six words'],
  '/sharing/link/:id': ['accessibility.spec.ts', 'a link, again'],
  '/sharing/change/:grant': ['changing.spec.ts', 'changing a share: '],
  '/sharing/opened/:grant': ['sharing.spec.ts', 'who opened what'],
  '/desk/p/:owner': ['sharing.spec.ts', 'a record'],
  '/desk/words/:owner': ['sharing.spec.ts', 'six words on the desk'],
};

/** Goes there inside the open app, without loading the page again, and waits until the screen stands. */
export async function visit(page: Page, address: Address): Promise<void> {
  const { path, from: place } = address;
  const now = new URL(page.url()).pathname;
  if (place !== undefined) {
    await visit(page, { path: place });
    await page
      .locator(`main a[href^="${path.replace(/:.*/, '')}"]:not([href$="/new"])`)
      .first()
      .click();
    await expect(page).not.toHaveURL(new RegExp(`${place}$`));
  } else if (now !== path) await page.evaluate((to) => history.pushState(null, '', to), path);
  await expect(page.locator('[data-screen-title]').filter({ visible: true }).first(), path).toBeVisible();
}
