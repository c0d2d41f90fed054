import { expect, test } from 'vitest';
import { kept, scenes } from './scenes.ts';
import { mocksByScene, pictureName, sheetOf } from './sheet.ts';

test('a picture of a mock belongs to the scene of its name, whatever its number and theme', () => {
  const found = mocksByScene(['12-today-dark.png', '01-today.png', '04-share-what.png', 'tokens.css']);
  expect(found).toEqual(
    new Map([
      ['today', ['01-today.png', '12-today-dark.png']],
      ['share-what', ['04-share-what.png']],
    ]),
  );
});

test('each scene has its mock before its own pictures, and a mock of no scene is shown at the end', () => {
  const page = sheetOf([{ name: 'today' }], new Set([pictureName('today', 'phone', 'dark')]), {
    folder: '../mock up',
    files: ['01-today.png', '11-not-built.png'],
  });
  const sources = [...page.matchAll(/src="([^"]+)"/g)].map(([, source]) => source);
  expect(sources).toEqual([
    '../mock%20up/01-today.png',
    'today-phone-dark.png',
    '../mock%20up/11-not-built.png',
  ]);
  expect(page).toContain('not-built (no such screen)');
});

test('no two scenes share a name, and every picture that is kept is of a scene', () => {
  const names = scenes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { scene } of kept) expect(names).toContain(scene);
});
