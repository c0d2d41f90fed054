/**
 * Holds the sources to architecture.mjs: `node scripts/check-graph.ts`, run from the root to be checked.
 *
 * Two readers look at the same files. Dependency-cruiser resolves every import and finds dead ends. Our own
 * scan tells imports of types from others, which the swc parser does not, and finds circles of what runs. A
 * file that only one of them looked at is itself a complaint, and so is looking at no file.
 */
import { glob, readFile } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { backstage, workspaces } from '../architecture.mjs';
import { cruiseOptions, rules } from './cruiser-rules.ts';
import { findCircles } from './find-circles.ts';
import { whyRefused } from './import-rules.ts';
import { scanImports } from './scan-imports.ts';
import './swc-using.ts';

const folders = [...Object.values(workspaces).map(({ folder }) => folder), ...backstage];

const files = await sources();
const complaints = [...(await complaintsOfScan(files)), ...(await complaintsOfCruiser(files))];

for (const complaint of complaints) console.error(complaint);
console.log(`graph: ${files.length} modules, ${complaints.length} complaints`);
if (files.length === 0) console.error('graph: no module was looked at, so nothing was checked');
process.exitCode = complaints.length > 0 || files.length === 0 ? 1 : 0;

async function sources(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for await (const file of glob(`${folder}/**/*.{ts,tsx}`, { exclude: isOutside })) {
      if (!file.endsWith('.d.ts')) found.push(file.split(sep).join('/'));
    }
  }
  return found.toSorted();
}

function isOutside(path: string): boolean {
  return /(^|[\\/])(node_modules|dist|test-results|playwright-report)([\\/]|$)/.test(path);
}

async function complaintsOfScan(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const path of paths) {
    const imports = await scanImports(await readFile(path, 'utf8'), { tsx: path.endsWith('.tsx') });
    for (const { specifier, kind } of imports) {
      const why = whyRefused(path, specifier);
      if (why !== undefined) found.push(kind === 'type' ? `${why} (a type, but still an edge)` : why);
    }
    const atOnce = imports.filter(({ kind, specifier }) => kind === 'value' && specifier.startsWith('.'));
    edges.set(
      path,
      atOnce.map(({ specifier }) => posix.join(posix.dirname(path), specifier)),
    );
  }
  // Types may go round: they are gone when the program runs. What runs may not.
  return [...found, ...findCircles(edges).map((circle) => `these import one another: ${circle.join(', ')}`)];
}

async function complaintsOfCruiser(paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const { output } = await cruise([...paths], { ...cruiseOptions, ruleSet: { forbidden: [...rules] } });
  if (typeof output === 'string') return [output];
  const seen = new Set(output.modules.map(({ source }) => source));
  return [
    ...output.summary.violations.map(({ rule, from, to }) => `${from} → ${to} (${rule.name})`),
    ...paths.filter((path) => !seen.has(path)).map((path) => `${path} was not seen by dependency-cruiser`),
  ];
}
