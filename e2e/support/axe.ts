/**
 * axe on the page as it stands. Its code is given to a page once and not for every look, and it writes down what is
 * wrong only: most of its time goes into describing what is right.
 */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    readonly axe?: Pick<typeof axe, 'run'>;
  }
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Each rule that is broken and where, in axe's words. `rules`: those alone; null for all of WCAG 2.2 A and AA. */
export async function brokenRules(
  page: Page,
  rules: readonly string[] | null = null,
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (runOnly) => {
      const { violations, passes } = (await window.axe?.run(document, {
        runOnly,
        resultTypes: ['violations'],
        preload: false,
      })) ?? { violations: [], passes: [] };
      if (passes.length === 0) return ['axe found nothing to look at'];
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`).join('\n')}`,
      );
    },
    rules === null ? { type: 'tag' as const, values: WCAG } : { type: 'rule' as const, values: [...rules] },
  );
}
