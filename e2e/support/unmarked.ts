/** Words on a page of a build with marked texts that no message file gave it. */
import { INSTRUMENT_IDS, loadWording, scaleOf } from '@evenkeel/instruments';
import type { Page } from '@playwright/test';
import helpNumbers from '../../web/src/features/help-now/help-numbers.uk.json' with { type: 'json' };

const MONTH =
  'Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?';

/**
 * What is no text of ours: the names of days and months, which come from the browser; the name of the product;
 * addresses, versions and hashes, which are set in a fixed-width face.
 */
const NOT_OURS = [
  /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*/,
  new RegExp(
    `^((Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(\\d{1,2}(:\\d\\d)? ?)?(${MONTH})?,?( \\d{4})?(, \\d\\d:\\d\\d)?( – .*)?$`,
  ),
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/,
  /^Evenkeel$/,
];

/** What a questionnaire counts in, after what it asks. */
const UNIT = / \([a-z]+\)$/;

/**
 * In the order of the page; the words of a label that is spoken after those that are shown. `own`: what the person
 * wrote, which is shown as it is, alone or in a row with more of it.
 */
export async function wordsFromNowhere(page: Page, own: readonly string[] = []): Promise<readonly string[]> {
  const found = await page.evaluate(unmarkedWords);
  const quoted = await quotedWords();
  const longestFirst = own.filter((text) => text.length > 2).toSorted((a, b) => b.length - a.length);
  const notOwn = (words: string): boolean =>
    /\p{L}{2}/u.test(longestFirst.reduce((left, text) => left.replaceAll(text, ''), words));
  return found.filter(
    (words) =>
      !quoted.has(words.replace(UNIT, '')) &&
      notOwn(words) &&
      !NOT_OURS.some((pattern) => pattern.test(words)),
  );
}

/** What is shown as others wrote it: questionnaires with whose they are, their ranges, and the list of numbers. */
async function quotedWords(): Promise<ReadonlySet<string>> {
  const scales = INSTRUMENT_IDS.map(async (id) => [
    ...textsIn(await loadWording(id)),
    ...textsIn(scaleOf(id)),
  ]);
  const numbers = helpNumbers.numbers.flatMap(({ name, detail }) => [name, detail]);
  return new Set([...(await Promise.all(scales)).flat(), ...numbers]);
}

/** Everything that is a text in something. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
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
