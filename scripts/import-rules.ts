import { posix } from 'node:path';
import { backstage, doors, forbidden, testOnly, webRooms, workspaces } from '../architecture.mjs';

/** Why `from` may not import `specifier`, in a sentence; undefined when it may. Paths are relative to the root. */
export const whyRefused = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.')
    ? refusedPath(from, posix.join(posix.dirname(from), specifier))
    : refusedName(from, specifier);

/** The workspace whose folder holds this file: `vault` for `packages/vault/src/seal.ts`. */
export const workspaceOf = (file: string): string | undefined =>
  Object.entries(workspaces).find(([, { folder }]) => file.startsWith(`${folder}/`))?.[0];

export const isTest = (file: string): boolean => /\.test(-support)?\.tsx?$/.test(file);

const isBackstage = (file: string): boolean => backstage.some((folder) => file.startsWith(`${folder}/`));

/** Tests, the test-kit, e2e and scripts: nothing of them is shipped, so every door stands open to them. */
const isUnshipped = (file: string): boolean =>
  isTest(file) || isBackstage(file) || workspaceOf(file) === testOnly;

const refusedPath = (from: string, to: string): string | undefined => {
  if (isBackstage(from)) return undefined;
  const [own, other] = [workspaceOf(from), workspaceOf(to)];
  if (own !== other) return `${from} reaches into ${to} by path: import another package by its name`;
  return own === 'web' ? refusedRoom(from, to) : undefined;
};

const refusedName = (from: string, specifier: string): string | undefined => {
  const ban = forbidden.find(({ module }) => covers(module, specifier));
  if (ban && !isUnshipped(from)) return `${from} imports ${specifier}: ${ban.because}`;
  const ours = /^@evenkeel\/([^/]+)/.exec(specifier)?.[1];
  if (ours !== undefined) return refusedWorkspace(from, ours);
  const door = doors.find(({ library }) => covers(library, specifier));
  if (!door || isUnshipped(from) || door.in.some((place) => from.startsWith(place))) return undefined;
  return `${from} imports ${specifier}: ${door.because}`;
};

const refusedWorkspace = (from: string, target: string): string | undefined => {
  const own = workspaceOf(from);
  if (own === undefined || own === target || isUnshipped(from)) return undefined;
  const allowed = Object.entries(workspaces).find(([name]) => name === own)?.[1].imports ?? [];
  if (allowed.some((name) => name === target)) return undefined;
  return `${from} imports ${target}: ${own} may import ${allowed.join(', ') || 'nothing of ours'}`;
};

/** Features are neighbours who do not know each other; the ground floor does not know the roof. */
const refusedRoom = (from: string, to: string): string | undefined => {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === undefined || there === undefined) return undefined;
  if (here.room === there.room) {
    return here.room === 'features' && here.feature !== there.feature
      ? `${from} imports the feature ${there.feature ?? to}: features are composed in web/src/app`
      : undefined;
  }
  const allowed = Object.entries(webRooms).find(([name]) => name === here.room)?.[1] ?? [];
  if (allowed.some((name) => name === there.room)) return undefined;
  return `${from} imports web/src/${there.room}: ${here.room} may import ${allowed.join(', ') || 'no other room'}`;
};

const roomOf = (
  file: string,
): { readonly room: string; readonly feature: string | undefined } | undefined => {
  const [web, src, room, feature, ...rest] = file.split('/');
  if (web !== 'web' || src !== 'src' || room === undefined || feature === undefined) return undefined;
  return { room, feature: rest.length > 0 ? feature : undefined };
};

const covers = (library: string, specifier: string): boolean =>
  specifier === library || specifier.startsWith(`${library}/`);
