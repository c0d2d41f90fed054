import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scanImports } from './scan-imports.ts';

/** One built script. `now` are the chunks it imports before it runs, `later` those it names in any other way. */
export type Chunk = {
  readonly file: string;
  /** Bytes after gzip at level 9. */
  readonly gzip: number;
  readonly now: readonly string[];
  readonly later: readonly string[];
};

/** All sizes in bytes; scripts and styles gzipped at level 9, the precache as it lies on disk. */
export type BundleSizes = {
  readonly firstScreen: number;
  /** What an open diary needs beyond the first screen: the replica, its stores, the sync path. */
  readonly diary: number;
  readonly allOfThePerson: number;
  readonly styles: number;
  /** What a screen adds where a diary is open, by its file. */
  readonly routes: Readonly<Record<string, number>>;
  readonly precache: number;
};

/** Reads a built app from its folder (web/dist) and adds up what the budgets speak of. */
export const measureBundle = async (dist: string): Promise<BundleSizes> => {
  const chunks = await readChunks(dist);
  const precached = readPrecache(dist);
  const person = chunks.filter(({ file }) => precached.includes(file) || file === 'sw.js');
  const first = closure(chunks, [...entries(dist), ...named(chunks, AT_START)]);
  const open = closure(chunks, [...first, ...named(chunks, WITH_A_DIARY)]);
  const routes = named(person, A_SCREEN).filter((file) => BEFORE_A_DIARY.test(file) || !open.has(file));
  return {
    firstScreen: sum(chunks, first),
    diary: sum(chunks, open.difference(first)),
    allOfThePerson: person.reduce((total, { gzip }) => total + gzip, 0),
    styles: precached
      .filter((file) => file.endsWith('.css'))
      .reduce((total, file) => total + gzipped(dist, file), 0),
    routes: Object.fromEntries(
      routes.map((file) => [
        file,
        sum(chunks, closure(chunks, [file]).difference(BEFORE_A_DIARY.test(file) ? first : open)),
      ]),
    ),
    precache: precached.reduce((total, file) => total + statSync(join(dist, file)).size, 0),
  };
};

/** Nothing can be begun or unlocked before the worker with the keys; an empty device shows the welcome. */
const AT_START = /\/(?:worker-.*vault|WelcomePage-)/;

/** What is there once a diary is open, whatever screen it is opened for. */
const WITH_A_DIARY = /\/(?:diary|store)-/;

/** What is loaded when somebody goes there: `SharingPage-CX2d.js`. */
const A_SCREEN = /\/(?:\w+(?:Page|Screen|Rooms)|check-in)-[\w-]+\.js$/;
/** The quick entry, made while the diary is locked. An arrival ends in an open diary, and brings all of it. */
const BEFORE_A_DIARY = /\/(?:QuickEntryPage|check-in)-/;

const named = (chunks: readonly Chunk[], name: RegExp): string[] =>
  chunks.map(({ file }) => file).filter((file) => name.test(file));

const entries = (dist: string): string[] =>
  [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].flatMap(
    ([, file]) => file ?? [],
  );

const readPrecache = (dist: string): string[] => {
  const worker = readFileSync(join(dist, 'sw.js'), 'utf8');
  const named = [...worker.matchAll(/["']?url["']?\s*:\s*["'`]([^"'`]+)["'`]/g)].flatMap(
    ([, file]) => file ?? [],
  );
  return [...new Set(named)].filter((file) =>
    statSync(join(dist, file), { throwIfNoEntry: false })?.isFile(),
  );
};

const readChunks = async (dist: string): Promise<Chunk[]> => {
  const files = globSync('**/*.js', { cwd: dist }).map((file) => file.split(sep).join('/'));
  return Promise.all(
    files.map(async (file): Promise<Chunk> => {
      const source = readFileSync(join(dist, file), 'utf8');
      const now = (await scanImports(source, { tsx: false }))
        .filter(({ kind }) => kind === 'value')
        .map(({ specifier }) => posix.join(dirname(file), specifier));
      const later = files.filter(
        (other) => other !== file && !now.includes(other) && source.includes(basename(other)),
      );
      return { file, gzip: gzipped(dist, file), now, later };
    }),
  );
};

const closure = (chunks: readonly Chunk[], from: readonly string[]): Set<string> => {
  const reached = new Set<string>();
  const queue = [...from];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    queue.push(...(chunks.find((chunk) => chunk.file === file)?.now ?? []));
  }
  return reached;
};

const sum = (chunks: readonly Chunk[], files: ReadonlySet<string>): number =>
  chunks.reduce((total, { file, gzip }) => (files.has(file) ? total + gzip : total), 0);

const gzipped = (dist: string, file: string): number =>
  gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
