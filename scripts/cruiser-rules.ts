/** architecture.mjs in dependency-cruiser's words, with a rule of its own: no dead end. */
import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';
import { doors, forbidden, testOnly, webRooms, workspaces } from '../architecture.mjs';

const exactly = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const within = (folder: string): string => `^${exactly(folder)}/`;
const folderByName = new Map<string, string>(
  Object.entries(workspaces).map(([name, { folder }]) => [name, folder]),
);

const tests = '\\.test(-support)?\\.tsx?$';
const unshipped = [tests, '^e2e/', '^scripts/', within(workspaces[testOnly].folder)];

const packages = Object.entries(workspaces).map(([name, { folder, imports, says }]): IForbiddenRuleType => ({
  name: `${name}-imports`,
  comment: `${name}: ${says}. It may import ${imports.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: within(folder), pathNot: [tests] },
  to: {
    path: [...folderByName.values()].map(within),
    pathNot: [name, ...imports].map((one) => within(folderByName.get(one) ?? one)),
  },
}));

const rooms = Object.entries(webRooms).map(([room, imports]): IForbiddenRuleType => ({
  name: `web-${room}`,
  severity: 'error',
  from: { path: `^web/src/${room}/` },
  to: {
    path: Object.keys(webRooms).map((one) => `^web/src/${one}/`),
    pathNot: [room, ...imports].map((one) => `^web/src/${one}/`),
  },
}));

export const rules: readonly IForbiddenRuleType[] = [
  ...packages,
  ...rooms,
  {
    name: 'test-kit-in-tests-only',
    severity: 'error',
    from: { pathNot: unshipped },
    to: { path: within(workspaces[testOnly].folder) },
  },
  {
    name: 'features-do-not-know-each-other',
    severity: 'error',
    from: { path: '^web/src/features/([^/]+)/' },
    to: { path: '^web/src/features/[^/]+/', pathNot: '^web/src/features/$1/' },
  },
  ...doors.map((door): IForbiddenRuleType => ({
    name: `door-${door.library}`,
    comment: door.because,
    severity: 'error',
    from: { pathNot: [...unshipped, ...door.in.map((place) => `^${exactly(place)}`)] },
    to: { path: `(^|/)node_modules/${exactly(door.library)}(/|$)` },
  })),
  ...forbidden.map(({ module, because }): IForbiddenRuleType => ({
    name: `never-${module.replaceAll('/', '-')}`,
    comment: because,
    severity: 'error',
    from: { pathNot: unshipped },
    to: { path: exactly(module) },
  })),
  {
    name: 'no-dead-end',
    severity: 'error',
    from: {},
    // `virtual:` modules exist only while Vite runs.
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
];

export const cruiseOptions: ICruiseOptions = {
  parser: 'swc',
  validate: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^(web|sync-server|e2e|packages/[^/]+)/(dist|test-results|playwright-report)/' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'browser', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.jsx', '.json', '.css', '.d.ts'],
  },
};
