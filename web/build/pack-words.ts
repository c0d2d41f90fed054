import type { Plugin } from 'vite';

/** Modules that hold one text of words in alphabetical order: as built they take half the room. */
const LIST = /\/eff-large-word-list\.ts$|\/bip39\/wordlists\/english\.js$/;

/** Stores long word lists packed; a module unpacks its own when it is first asked for. */
export function packWords(): Plugin {
  return {
    name: 'evenkeel:pack-words',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!LIST.test(id)) return null;
      const [text] = /`[^`]*`/.exec(code) ?? [];
      if (text === undefined) throw new Error('The word list is not one text.');
      const words = packedWords(text.slice(1, -1).trim().split(/\s+/));
      return { code: code.replace(text, () => words), map: null };
    },
  };
}

/** An expression for the words, each in a line of its own. */
export function packedWords(words: readonly string[]): string {
  return `${JSON.stringify(packed(words))}.replace(/([A-Z])([^A-Z]+)/g, (() => {
  let word = '';
  return (_, kept, rest) => (word = word.slice(0, kept.charCodeAt(0) - ${FIRST}) + rest) + '\\n';
})()).trim()`;
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
