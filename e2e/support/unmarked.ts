/** Words on a page of a build with marked texts that no message file gave it. */
import type { Page } from '@playwright/test';

/**
 * What is no text of ours: the names of days and months, which come from the browser; the name of the product; what
 * the host of the help numbers wrote; addresses, versions and hashes, which are set in a fixed-width face.
 */
const NOT_OURS = [
  /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*/,
  /^\d{1,2}(:\d\d)? ?(January|February|March|April|May|June|July|August|September|October|November|December)?,?( \d{4})?(, \d\d:\d\d)?$/,
  /^Evenkeel$/,
];

/** In the order of the page; the words of a label that is spoken after those that are shown. */
export async function wordsFromNowhere(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(unmarkedWords);
  return found.filter((words) => !NOT_OURS.some((pattern) => pattern.test(words)));
}

/** Runs in the page. A text can hold others, so what counts is whether any mark stands open. */
function unmarkedWords(): readonly string[] {
  const found: string[] = [];
  const note = (words: string): void => {
    const kept = words.replaceAll(/\s+/g, ' ').trim();
    if (/\p{L}{2}/u.test(kept)) found.push(kept);
  };
  let open = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || parent.closest('script, style, noscript, code, [translate=no]') !== null) continue;
    let outside = '';
    for (const char of node.textContent ?? '') {
      if (char === '⟦') open += 1;
      else if (char === '⟧') open -= 1;
      else if (open === 0) outside += char;
    }
    note(outside);
  }
  for (const element of document.querySelectorAll(
    '[aria-label], [placeholder], [title], [alt], [aria-valuetext]',
  )) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext']) {
      const spoken = element.getAttribute(name) ?? '';
      if (!spoken.includes('⟦')) note(spoken);
    }
  }
  return found;
}
