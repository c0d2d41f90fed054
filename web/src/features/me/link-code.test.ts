import { expect, test } from 'vitest';
import { inGroups } from './link-code.ts';

test('a code in groups is the same code without its blanks', () => {
  const code = 'A1b2C3d4E5'.repeat(11).slice(0, 108);
  expect(inGroups(code).replaceAll(' ', '')).toBe(code);
  expect(inGroups('abcdefgh')).toBe('abcd efgh');
  expect(inGroups('abcde')).toBe('abcd e');
});
