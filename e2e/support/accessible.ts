/**
 * Every rule of WCAG 2.2 A and AA that axe knows, on the page as it stands, light on a phone; dark on a narrow one those
 * that a look can change.
 * Beside them what axe does not measure: targets of at least 44 px, nothing to scroll sideways, and the same once
 * more with text at twice its size, on the narrow phone too, where none of it is cut off.
 */
import { type Page, expect } from '@playwright/test';
import { brokenRules } from './axe.ts';

/** Pixels on each side of what is touched, the least that a hand is sure of; most are --tap, 48. */
const SMALLEST_TARGET = 44;

/** Of a dark page only those rules are asked again that a look can change. */
export const looks = [
  { scheme: 'light', width: 390, rules: null },
  { scheme: 'dark', width: 320, rules: ['color-contrast', 'link-in-text-block', 'target-size'] },
] as const;

/** Fails with each rule, the look it fails in and the elements, named by `screen`. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const size = page.viewportSize();
  const found: string[] = [];
  for (const { scheme, width, rules } of looks) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: size?.height ?? 844 });
    // As high as the page, so that no line of it lies half under the bar.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (height > (size?.height ?? 844)) await page.setViewportSize({ width, height });
    await page.evaluate(untilStill);
    const look = `${screen}, ${scheme}, ${width} px`;
    await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
    found.push(...(await sideways(page)).map((wide) => `${look}: ${wide}`));
    const broken = await page.evaluate(brokenWords);
    found.push(...broken.map((word) => `${look}: a heading breaks inside “${word}”`));
    const small = await page.evaluate(smallTargets, SMALLEST_TARGET);
    found.push(...small.map((target) => `${look}: small target: ${target}`));
    found.push(...(await brokenRules(page, rules)).map((broken) => `${look}: ${broken}`));
  }
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  for (const width of [320, size?.width ?? 390]) {
    await page.setViewportSize({ width, height: size?.height ?? 844 });
    const look = `${screen}, text at 200 %, ${width} px`;
    found.push(...(await sideways(page)).map((wide) => `${look}: ${wide}`));
    found.push(...(await page.evaluate(cutTexts)).map((text) => `${look}: cut off: “${text}”`));
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  expect(found).toEqual([]);
}

/** How far the page can be scrolled sideways, and what sticks out; empty when it cannot. */
async function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const outside = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `scrolls sideways by ${scrollWidth - clientWidth} px: ${outside.at(-1)?.outerHTML.slice(0, 160) ?? ''}`,
    ];
  });
}

/**
 * Runs in the page: what can be touched and is too small. A link or button inside a sentence may be as high as its
 * line (WCAG 2.5.8, "inline"); a box that is hidden behind its label is as large as the label.
 */
function smallTargets(least: number): readonly string[] {
  const touched =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=radio], [role=switch], [role=slider]';
  return [...document.querySelectorAll(touched)].flatMap((target) => {
    if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
    if (target.closest('[inert], [aria-hidden=true]')) return [];
    const inline = getComputedStyle(target).display === 'inline';
    const label = target instanceof HTMLInputElement ? (target.labels?.[0] ?? null) : null;
    const boxes = [target, label].flatMap((one) => one?.getBoundingClientRect() ?? []);
    const [own] = boxes;
    if (inline || own === undefined || own.width <= 1 || own.right <= 0 || own.bottom <= 0) return [];
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (width >= least - 0.5 && height >= least - 0.5) return [];
    return [`${Math.round(width)} × ${Math.round(height)} ${target.outerHTML.slice(0, 160)}`];
  });
}

/** Runs in the page: words of the screen's name that stand on more than one line. */
function brokenWords(): readonly string[] {
  const broken: string[] = [];
  for (const heading of document.querySelectorAll('h1')) {
    const walk = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      for (const word of (node.textContent ?? '').matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
          broken.push(word[0]);
      }
    }
  }
  return broken;
}

/**
 * Runs in the page: text outside of a box that hides what does not fit into it. What can be scrolled to is not cut;
 * nor are the first lines of an entry, whose link leads to all of it, and what is for ears alone.
 */
function cutTexts(): readonly string[] {
  const cut: string[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const words = node.textContent?.trim() ?? '';
    let box = node.parentElement;
    if (words === '' || box?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) !== true)
      continue;
    while (box !== null && getComputedStyle(box).overflow === 'visible') box = box.parentElement;
    if (box === null || box === document.documentElement || box === document.body) continue;
    const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(box);
    const edge = box.getBoundingClientRect();
    const isHidden = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    if (edge.width <= 1 || (webkitLineClamp !== 'none' && box.closest('a') !== null)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const isOutside = [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        (isHidden(overflowX) && (left < edge.left - 1 || right > edge.right + 1)) ||
        (isHidden(overflowY) && (top < edge.top - 1 || bottom > edge.bottom + 1)),
    );
    if (isOutside) cut.push(words.slice(0, 80));
  }
  return cut;
}

/** Runs in the page: colours are measured when nothing fades any more. */
async function untilStill(): Promise<void> {
  const passing = document
    .getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map((one) => one.finished));
}
