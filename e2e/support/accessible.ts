/** Every rule of WCAG 2.2 A and AA that axe knows, on the page as it stands: light on a phone, dark on a narrow one. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

const looks = [
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 320 },
] as const;

/** Fails with each rule, the look it fails in and the elements, named by `screen`. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const size = page.viewportSize();
  const found: string[] = [];
  for (const { scheme, width } of looks) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: size?.height ?? 844 });
    await page.evaluate(untilStill);
    const look = `${screen}, ${scheme}, ${width} px`;
    await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (sideways > 0) found.push(`${look}: scrolls sideways by ${sideways} px`);
    const { violations, passes } = await new AxeBuilder({ page }).withTags(tags).analyze();
    if (passes.length === 0) found.push(`${look}: axe found nothing to look at`);
    found.push(
      ...violations.map(
        ({ id, nodes }) =>
          `${look}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`).join('\n')}`,
      ),
    );
  }
  if (size !== null) await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  expect(found).toEqual([]);
}

/** Runs in the page: colours are measured when nothing fades any more. */
async function untilStill(): Promise<void> {
  const passing = document
    .getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map((one) => one.finished));
}
