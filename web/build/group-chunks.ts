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
      // Files made so import one another in a circle. Without this a constant of one was undefined when another ran.
      return { build: { rolldownOptions: { output: { codeSplitting, strictExecutionOrder: true } } } };
    },
  };
}

/**
 * The file in which each module lies: that of the first layer that needs it, otherwise that of the one screen that
 * needs it, otherwise `rooms`. A layer holds all that its doors import, so none imports a later one.
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
    for (const chunk of reached(chunks, opened)) {
      if (!isEntered(chunk) || (opened.includes(chunk) && !isWorker(chunk))) put(chunk, name);
    }
  }

  const behind = chunks
    .filter((chunk) => isEntered(chunk) && !apart.some((part) => doorOf(chunk).includes(part)))
    .map((entered) => ({ entered, all: reached(chunks, [entered]) }));
  for (const chunk of chunks) {
    const isPlaced = isEntered(chunk) || chunk.moduleIds.some((id) => groups.has(id));
    const [one, another] = isPlaced ? [] : behind.filter(({ all }) => all.has(chunk));
    if (one === undefined) continue;
    const name = another === undefined ? basename(doorOf(one.entered)).replace(/\.\w+$/, '') : 'rooms';
    if (another === undefined) put(one.entered, name);
    put(chunk, name);
  }
  return groups;
}

const isEntered = ({ isEntry, isDynamicEntry }: PlannedChunk): boolean => isEntry || isDynamicEntry;

/** What a Worker runs stays in its own file: a page that shares the rest of its layer must not run it. */
const isWorker = (chunk: PlannedChunk): boolean => chunk.isEntry && !doorOf(chunk).endsWith('.html');

const doorOf = ({ facadeModuleId }: PlannedChunk): string => facadeModuleId ?? '';

function reached(chunks: readonly PlannedChunk[], from: readonly PlannedChunk[]): ReadonlySet<PlannedChunk> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<PlannedChunk>();
  const queue = [...from];
  for (let chunk = queue.pop(); chunk; chunk = queue.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    queue.push(...chunk.imports.flatMap((name) => byName.get(name) ?? []));
  }
  return found;
}
