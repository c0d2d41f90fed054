import { expect, test } from 'vitest';
import { withIntegrity } from './script-integrity.ts';

const html = `<head>
    <link rel="icon" href="/icon.svg" />
    <script type="module" crossorigin src="/assets/index-a1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/other-b2.js">
  </head>`;
const integrity = {
  '/assets/index-a1.js': 'sha384-AAA',
  '/assets/other-b2.js': 'sha384-BBB',
  '/assets/lazy-c3.js': 'sha384-CCC',
};

test('the import map stands before the first script, unchanged, so that its hash holds', () => {
  const page = withIntegrity(html, '{"integrity":{}}', integrity);
  expect(page.indexOf('<script type="importmap">{"integrity":{}}</script>')).toBeGreaterThan(0);
  expect(page.indexOf('importmap')).toBeLessThan(page.indexOf('/assets/index-a1.js'));
});

test('the entry and its preloads carry their own value', () => {
  const page = withIntegrity(html, '{}', integrity);
  expect(page).toContain('src="/assets/index-a1.js" integrity="sha384-AAA"');
  expect(page).toContain('href="/assets/other-b2.js" integrity="sha384-BBB"');
  expect(page).toContain('<link rel="icon" href="/icon.svg" />');
});

test('a page without a script is a mistake', () => {
  expect(() => withIntegrity('<p>nothing</p>', '{}', {})).toThrow('no script');
});
