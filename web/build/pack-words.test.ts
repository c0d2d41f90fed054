import { effWords } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { packedModule } from './pack-words.ts';

const unpacked = async (words: readonly string[]): Promise<string> => {
  const source = packedModule('LIST', words);
  const module: Readonly<Record<string, unknown>> = await import(
    `data:text/javascript,${encodeURIComponent(source)}`
  );
  return String(module['LIST']);
};

test('a packed list is the same list, word by word, in half the room', async () => {
  const words = await effWords();
  expect(words).toHaveLength(7776);
  expect((await unpacked(words)).trim().split(' ')).toEqual(words);
  expect(packedModule('LIST', words).length).toBeLessThan(0.6 * words.join(' ').length);
});

test('words inside words, twice the same word and hyphens come back as they were', async () => {
  const words = ['a', 'ab', 'ab', 'abc', 'b', 'drop-down', 'drop-in'];
  expect((await unpacked(words)).trim().split(' ')).toEqual(words);
});
