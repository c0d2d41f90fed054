import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addressesOfTwo,
  closedAddresses,
  deskAddresses,
  diaryAddresses,
} from '../../e2e/support/addresses.ts';
import { root } from '../run-command.ts';
import { scenes } from './scenes.ts';

const listed = [...diaryAddresses, ...closedAddresses, ...deskAddresses].map(({ path }) => path);
const known = [...listed, ...Object.keys(addressesOfTwo)];

test('every route of the app has an address in the list, by which its screen is looked at', () => {
  const routes = routesOfTheApp();
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.filter((route) => !known.some((path) => leadsTo(path, route)))).toEqual([]);
});

test('every address in the list has a picture', () => {
  const pictured = scenes.map(({ path, face }) => `${face} ${path}`);
  expect(diaryAddresses.filter(({ path }) => !pictured.includes(`person ${path}`))).toEqual([]);
  expect(deskAddresses.filter(({ path }) => !pictured.includes(`clinician ${path}`))).toEqual([]);
});

test('what needs two people is looked at by the journey that the list names', () => {
  for (const [journey, screen] of Object.values(addressesOfTwo)) {
    const source = readFileSync(join(root, 'e2e', journey), 'utf8');
    expect(source, journey).toMatch(new RegExp(`Accessible\\(\\w+, ['\`]${screen}`));
  }
});

/** Patterns, as they stand in the sources. A piece of the app that stands in two places counts for each. */
function routesOfTheApp(): readonly string[] {
  const sources = globSync('web/src/**/*.{ts,tsx}', { cwd: root });
  const written = sources.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const found = source.matchAll(/<Route path=(?:"([^"]+)"|\{`([^`]+)`\})|^ {4}path: '([^']+)'/gm);
    return [...found].map(([, plain, made, entry]) => plain ?? made ?? entry ?? '');
  });
  const onlyOfADiary = /(finish|backup|install|name)$/;
  return written
    .flatMap((path) =>
      path.startsWith('${at}')
        ? ['/me', ...(onlyOfADiary.test(path) ? [] : ['/desk/device'])].map((at) => path.replace('${at}', at))
        : [path],
    )
    .flatMap((path) => {
      const several = /^\/\((.+)\)$/.exec(path)?.[1];
      return several === undefined ? [path] : several.split('|').map((one) => `/${one}`);
    });
}

/** Whether an address is one of a route of wouter's: `:part`, `:part?` and `*?` stand for anything. */
function leadsTo(path: string, route: string): boolean {
  if (path === route) return true;
  const pattern = route
    .replace(/\/\*\?$/, '(/.*)?')
    .replaceAll(/\/:\w+\?/g, '(/[^/]+)?')
    .replaceAll(/:\w+/g, '[^/:]+');
  return new RegExp(`^${pattern}$`).test(path);
}
