import type { Plugin } from 'vite';

/** `from`: the end of an import. `names`: what it would have brought, each of which is undefined in the built app. */
export type LeftOut = { readonly from: RegExp; readonly names: readonly string[] };

/** Leaves parts of libraries out of the app that it never comes to, but that their authors import in any case. */
export function leaveOut(parts: readonly LeftOut[]): Plugin {
  return {
    name: 'evenkeel:leave-out',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source) => {
      const at = parts.findIndex(({ from }) => from.test(source));
      return at === -1 ? null : `${PREFIX}${at}`;
    },
    load: (id) =>
      id.startsWith(PREFIX)
        ? `export const ${parts[Number(id.slice(PREFIX.length))]?.names.map((name) => `${name} = undefined`).join()};`
        : null,
  };
}

const PREFIX = '\0evenkeel:left-out:';
