import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawing, redrawn } from './draw-architecture.ts';

test('the drawing in ARCHITECTURE.md is that of architecture.mjs', () => {
  const page = readFileSync(join(import.meta.dirname, '../ARCHITECTURE.md'), 'utf8');
  expect(redrawn(page)).toBe(page);
});

test('an arrow that follows from two others is not drawn, and stands in the table', () => {
  const drawn = drawing({
    ground: { folder: 'ground', says: 'below', imports: [] },
    middle: { folder: 'middle', says: 'between', imports: ['ground'] },
    roof: { folder: 'roof', says: 'above', imports: ['middle', 'ground'] },
  });
  expect(drawn).toContain('roof --> middle');
  expect(drawn).not.toContain('roof --> ground');
  expect(drawn).toContain('| `roof` | above | middle, ground |');
});

test('a page without its markers is refused', () => {
  expect(() => redrawn('# No markers')).toThrow('lost a marker');
});
