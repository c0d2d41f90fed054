import { effWords } from '@evenkeel/vault';
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { packWords, packedWords } from './pack-words.ts';

const run = async (source: string): Promise<Readonly<Record<string, unknown>>> =>
  import(`data:text/javascript,${encodeURIComponent(source)}`);

const unpacked = async (words: readonly string[]): Promise<readonly string[]> =>
  String((await run(`export const text = ${packedWords(words)};`))['text']).split('\n');

test('a packed list is the same list, word by word, in little more than half the room', async () => {
  const words = await effWords();
  expect(words).toHaveLength(7776);
  expect(await unpacked(words)).toEqual(words);
  expect(packedWords(words).length).toBeLessThan(0.6 * words.join(' ').length);
});

test('words inside words, twice the same word and hyphens come back as they were', async () => {
  const words = ['a', 'ab', 'ab', 'abc', 'b', 'drop-down', 'drop-in'];
  expect(await unpacked(words)).toEqual(words);
});

test('the list of a recovery kit is built packed, and read as the list it was', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evenkeel-pack-words-'));
  const list = join(folder.path, 'bip39/wordlists/english.js');
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, "export const wordlist = Object.freeze(`abandon\nability\nable\nzoo`.split('\\n'));");
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: folder.path,
    plugins: [packWords()],
    build: { write: false, lib: { entry: list, formats: ['es'] } },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  expect(code).not.toContain('ability');
  expect((await run(code))['wordlist']).toEqual(['abandon', 'ability', 'able', 'zoo']);
});
