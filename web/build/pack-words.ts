import type { Plugin } from 'vite';

/** Modules whose one export is a text of words in alphabetical order: as built they take half the room. */
const LIST = /\/eff-large-word-list\.ts$/;

/** Stores a long word list packed; the module unpacks it when it is first asked for. */
export function packWords(): Plugin {
  return {
    name: 'evenkeel:pack-words',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!LIST.test(id)) return null;
      const [, name, text] = /export const (\w+) = `([^`]*)`/.exec(code) ?? [];
      if (name === undefined || text === undefined)
        throw new Error('The word list is not one exported text.');
      return { code: packedModule(name, text.trim().split(/\s+/)), map: null };
    },
  };
}

/** A module that exports the words, one space between them, under `name`. */
export function packedModule(name: string, words: readonly string[]): string {
  return `export const ${name} = ${JSON.stringify(packed(words))}.replace(/([A-Z])([^A-Z]+)/g, (() => {
  let word = '';
  return (_, kept, rest) => (word = word.slice(0, kept.charCodeAt(0) - ${FIRST}) + rest) + ' ';
})());\n`;
}

const FIRST = 65;

/** Each word as a capital (A 0, B 1, …: letters it begins with like the word before) and the rest of it. */
function packed(words: readonly string[]): string {
  return words
    .map((word, at) => {
      const before = words[at - 1] ?? '';
      // Every word keeps a letter of its own, so that the next capital ends it.
      let same = 0;
      while (same < Math.min(word.length - 1, 25) && word[same] === before[same]) same += 1;
      return String.fromCharCode(FIRST + same) + word.slice(same);
    })
    .join('');
}
