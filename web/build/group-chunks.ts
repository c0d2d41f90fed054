import { basename } from 'node:path';
import { build, type PluginOption, type Plugin, type Rolldown } from 'vite';

/** `doors`: the modules by which a part of the app is entered; all that they import is loaded at one moment. */
export type Layer = { readonly name: string; readonly doors: readonly RegExp[] };

export type Plan = {
  /** In the order in which they are loaded. What an earlier one holds, a later one does not. */
  readonly layers: readonly Layer[];
  /** Pieces of the paths of doors whose parts keep the bundler's own files, and do not say where the rest belongs. */
  readonly apart: readonly string[];
};

/** What the plan reads of a built chunk. */
export type PlannedChunk = Pick<
  Rolldown.OutputChunk,
  'fileName' | 'isEntry' | 'isDynamicEntry' | 'facadeModuleId' | 'imports' | 'moduleIds'
>;

/**
 * Puts what is loaded at one moment into one file. Left to itself the bundler makes a file for every set of parts
 * that share something, about two hundred: they pack badly, and are asked for one by one. Which parts need a module
 * is only known after a build, so the app is built twice: first with `plugins`, in memory, to see it.
 */
export function groupChunks(settings: Plan & { readonly plugins: () => PluginOption[] }): Plugin {
  return {
    name: 'evenkeel:group-chunks',
    apply: 'build',
    async config(config) {
      const built = await build({
        ...config,
        configFile: false,
        logLevel: 'error',
        plugins: settings.plugins(),
        build: { ...config.build, write: false, minify: false, cssMinify: false },
      });
      const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
      const groups = groupsOf(
        outputs.filter((output) => output.type === 'chunk'),
        settings,
      );
      const name = (id: string) => groups.get(id) ?? null;
      // A layer has all that it needs; asked to, the bundler would also count what it later shakes off.
      const codeSplitting = { includeDependenciesRecursively: false, groups: [{ name }] };
      return { build: { rolldownOptions: { output: { codeSplitting } } } };
    },
    generateBundle(_options, bundle) {
      const round = inCircles(Object.values(bundle).filter((output) => output.type === 'chunk'));
      if (round.length > 0) throw new Error(`These files import one another: ${round.join(', ')}.`);
    },
  };
}

/**
 * The file in which each module lies: that of the first layer that needs it, otherwise that of the one screen that
 * needs it, otherwise `rooms`. Each holds all that it imports and no earlier one does, doors among it, so that no two
 * import one another.
 */
export function groupsOf(
  chunks: readonly PlannedChunk[],
  { layers, apart }: Plan,
): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const put = (chunk: PlannedChunk, name: string) => {
    for (const id of chunk.moduleIds) if (!groups.has(id)) groups.set(id, name);
  };

  for (const { name, doors } of layers) {
    const opened = doors.flatMap((door) => {
      const found = chunks.filter((chunk) => isEntered(chunk) && door.test(doorOf(chunk)));
      if (found.length === 0) throw new Error(`Nothing in the app is entered by ${String(door)} any more.`);
      return found;
    });
    for (const chunk of reached(chunks, opened)) if (!isWorker(chunk)) put(chunk, name);
  }

  const behind = chunks
    .filter((chunk) => isEntered(chunk) && !apart.some((part) => doorOf(chunk).includes(part)))
    .map((entered) => ({ entered, all: reached(chunks, [entered]) }));
  const shared: PlannedChunk[] = [];
  for (const chunk of chunks) {
    const isPlaced = isEntered(chunk) || chunk.moduleIds.some((id) => groups.has(id));
    const [one, another] = isPlaced ? [] : behind.filter(({ all }) => all.has(chunk));
    if (another !== undefined) shared.push(chunk);
    else if (one !== undefined) {
      const name = basename(doorOf(one.entered)).replace(/\.\w+$/, '');
      put(one.entered, name);
      put(chunk, name);
    }
  }
  for (const chunk of reached(chunks, shared)) put(chunk, 'rooms');
  return groups;
}

/**
 * The files that import one another in a circle. The one of them that runs first meets what the others hold while it
 * is still undefined, and nothing says so.
 */
export function inCircles(chunks: readonly PlannedChunk[]): readonly string[] {
  return chunks
    .filter((chunk) => reached(chunks, importedBy(chunk, chunks)).has(chunk))
    .map(({ fileName }) => fileName);
}

const isEntered = ({ isEntry, isDynamicEntry }: PlannedChunk): boolean => isEntry || isDynamicEntry;

/** What a Worker runs stays in its own file: a page that shares the rest of its layer must not run it. */
const isWorker = (chunk: PlannedChunk): boolean => chunk.isEntry && !doorOf(chunk).endsWith('.html');

const doorOf = ({ facadeModuleId }: PlannedChunk): string => facadeModuleId ?? '';

function reached(chunks: readonly PlannedChunk[], from: readonly PlannedChunk[]): ReadonlySet<PlannedChunk> {
  const found = new Set<PlannedChunk>();
  const queue = [...from];
  for (let chunk = queue.pop(); chunk; chunk = queue.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    queue.push(...importedBy(chunk, chunks));
  }
  return found;
}

const importedBy = ({ imports }: PlannedChunk, chunks: readonly PlannedChunk[]): readonly PlannedChunk[] =>
  chunks.filter(({ fileName }) => imports.includes(fileName));
