import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faces, inPlain } from './faces.ts';

const page = readFileSync(join(import.meta.dirname, '../../index.html'), 'utf8');

test('the page names the app in the words that are made plain, and nowhere else', () => {
  const { own, plain } = faces;
  for (const said of [own.name, own.about, own.icon, own.picture]) expect(page).toContain(said);
  const made = inPlain(page);
  expect(made).not.toMatch(/evenkeel|mood/i);
  for (const said of [plain.name, plain.about, plain.icon, plain.picture]) expect(made).toContain(said);
  expect(inPlain(`<link rel="manifest" href="${own.manifest}">`)).toContain(`"${plain.manifest}"`);
});

test('making it plain leaves its scripts as they were, so that what they are checked against still fits', () => {
  const scripts = (html: string) => html.match(/<script[\s\S]*?<\/script>/g);
  expect(scripts(page)).not.toBeNull();
  expect(scripts(inPlain(page))).toEqual(scripts(page));
});
