/** Draws ARCHITECTURE.md's diagram and table from architecture.mjs, between the two markers: `npm run draw`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaces } from '../architecture.mjs';
import { root } from './run-command.ts';

const begin = '<!-- drawn from architecture.mjs by `npm run draw`; do not edit below -->';
const end = '<!-- end of the drawing -->';

type Workspace = { readonly folder: string; readonly says: string; readonly imports: readonly string[] };

/** The Markdown between the markers: a Mermaid graph without the arrows that follow from others, and a table. */
export const drawing = (all: Readonly<Record<string, Workspace>> = workspaces): string => {
  const names = Object.keys(all);
  const arrows = names.flatMap((name) => nearest(name, all).map((other) => `  ${name} --> ${other}`));
  const rows = Object.values(all).map(
    ({ folder, says, imports }) => `| \`${folder}\` | ${says} | ${imports.join(', ') || '—'} |`,
  );
  const table = ['| folder | what lives there | may import |', '| --- | --- | --- |', ...rows];
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name) => `  ${name}`),
    ...arrows,
    '```',
    '',
    ...table,
  ].join('\n');
};

/** A page with what stands between its markers drawn anew. Throws when a marker is missing. */
export const redrawn = (page: string, fresh: string = drawing()): string => {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error('the page has lost a marker of its drawing');
  return `${page.slice(0, from)}${begin}\n\n${fresh}\n\n${page.slice(to)}`;
};

/** What a workspace imports, less what one of its imports imports anyway. */
const nearest = (name: string, all: Readonly<Record<string, Workspace>>): string[] => {
  const imports = all[name]?.imports ?? [];
  return imports.filter((other) => !imports.some((between) => all[between]?.imports.includes(other)));
};

if (import.meta.main) {
  const path = join(root, 'ARCHITECTURE.md');
  writeFileSync(path, redrawn(readFileSync(path, 'utf8')));
}
