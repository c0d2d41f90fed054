import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { oklchToOklab, oklabToLinear } from './oklch.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const light = colours(css.slice(0, css.indexOf('@media screen')));
const dark = colours(css.slice(css.indexOf('@media screen'), css.indexOf('prefers-contrast')));

/** What is written on what, and the least contrast WCAG 2.2 asks for: 4.5 for text, 3 for edges of controls. */
const pairs: readonly (readonly [over: string, under: string, least: number])[] = [
  ['ink', 'paper', 7],
  ['ink', 'surface', 7],
  ['ink', 'accent-soft', 7],
  ['ink-2', 'paper', 4.5],
  ['ink-2', 'surface', 4.5],
  ['ink-2', 'sunk', 4.5],
  ['ink', 'warn-soft', 7],
  ['ink', 'help-soft', 7],
  ['accent', 'paper', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['accent-ink', 'accent', 4.5],
  ['accent-ink', 'accent-hover', 4.5],
  ['help', 'paper', 4.5],
  ['help', 'surface', 4.5],
  ['help', 'help-soft', 4.5],
  ['warn', 'paper', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['edge', 'paper', 3],
  ['edge', 'surface', 3],
  ['edge', 'sunk', 3],
  ['focus', 'paper', 3],
  ['focus', 'surface', 3],
];

test('both themes name the same colours', () => {
  expect([...dark.keys()].toSorted()).toEqual(
    [...light.keys()].filter((name) => !name.startsWith('on-mood')).toSorted(),
  );
});

test.each(pairs)('%s can be read on %s', (over, under, least) => {
  expect(contrast(light, over, under)).toBeGreaterThanOrEqual(least);
  expect(contrast(dark, over, under)).toBeGreaterThanOrEqual(least);
});

type Colours = ReadonlyMap<string, readonly [number, number, number]>;

function colours(block: string): Colours {
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map(
    [...found].map(([, name, lightness, chroma, hue]) => [
      name ?? '',
      [Number(lightness), Number(chroma), Number(hue)],
    ]),
  );
}

function contrast(theme: Colours, over: string, under: string): number {
  const [dim = 0, bright = 0] = [luminance(theme, over), luminance(theme, under)].toSorted(
    (one, other) => one - other,
  );
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(theme: Colours, name: string): number {
  const [lightness, chroma, hue] = theme.get(name) ?? expect.unreachable(`no colour ${name}`);
  const [red, green, blue] = oklabToLinear(oklchToOklab({ lightness, chroma, hue }));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
