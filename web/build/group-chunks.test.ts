import { expect, test } from 'vitest';
import { groupsOf, inCircles, type PlannedChunk } from './group-chunks.ts';

const chunk = (
  name: string,
  imports: readonly string[] = [],
  more: Partial<PlannedChunk> = {},
): PlannedChunk => ({
  fileName: `${name}.js`,
  isEntry: false,
  isDynamicEntry: false,
  facadeModuleId: null,
  imports: imports.map((other) => `${other}.js`),
  moduleIds: [`/src/${name}.ts`],
  ...more,
});

const entered = (name: string, imports: readonly string[] = [], isEntry = false) =>
  chunk(name, imports, { isEntry, isDynamicEntry: !isEntry, facadeModuleId: `/src/${name}.ts` });

const app = [
  chunk('index', ['words', 'react'], {
    isEntry: true,
    facadeModuleId: '/index.html',
    moduleIds: ['/src/main.ts', '/index.html'],
  }),
  entered('keys.worker', ['words', 'seal'], true),
  entered('Today', ['react', 'words', 'row']),
  entered('Me', ['row', 'switch', 'import']),
  entered('Plan', ['switch', 'row']),
  entered('Desk', ['import', 'table']),
  ...['words', 'react', 'seal', 'row', 'switch', 'import', 'table'].map((name) => chunk(name)),
];

const layers = [
  { name: 'keys', doors: [/\.worker\.ts$/] },
  { name: 'start', doors: [/\/index\.html$/] },
  { name: 'diary', doors: [/\/Today\.ts$/] },
];

const groups = () => groupsOf(app, { layers, apart: ['/Desk.ts'] });

test('what several moments need lies where it is needed first', () => {
  expect(groups().get('/src/words.ts')).toBe('keys');
  expect(groups().get('/src/react.ts')).toBe('start');
  expect(groups().get('/src/row.ts')).toBe('diary');
});

test('a door lies with what is behind it, and a page with what it starts from', () => {
  expect(groups().get('/src/Today.ts')).toBe('diary');
  expect(groups().get('/src/main.ts')).toBe('start');
});

test('what a Worker runs stays apart from what it shares with the page', () => {
  expect(groups().get('/src/seal.ts')).toBe('keys');
  expect(groups().has('/src/keys.worker.ts')).toBe(false);
});

test('what only one screen needs lies with it, though the desk needs it too', () => {
  expect(groups().get('/src/import.ts')).toBe('Me');
  expect(groups().get('/src/Me.ts')).toBe('Me');
});

test('what several screens share lies in one file of its own', () => {
  expect(groups().get('/src/switch.ts')).toBe('rooms');
  expect(groups().has('/src/Plan.ts')).toBe(false);
});

test('what is also fetched later lies where it is needed at once', () => {
  const backups = [
    entered('Today', ['reminder', 'row']),
    entered('Me', ['reminder', 'switch']),
    entered('Plan', ['switch']),
    entered('reminder', ['row']),
    entered('files', ['row', 'box']),
    chunk('row'),
    chunk('switch', ['files']),
    chunk('box'),
  ];
  const found = groupsOf(backups, { layers: [{ name: 'diary', doors: [/\/Today\.ts$/] }], apart: [] });
  expect(found.get('/src/reminder.ts')).toBe('diary');
  expect(found.get('/src/row.ts')).toBe('diary');
  for (const name of ['switch', 'files', 'box']) expect(found.get(`/src/${name}.ts`)).toBe('rooms');
});

test('files that import one another are told, and those that lead there are not', () => {
  expect(
    inCircles([
      ...app,
      chunk('diary', ['backups']),
      chunk('backups', ['more']),
      chunk('more', ['diary', 'row']),
    ]),
  ).toEqual(['diary.js', 'backups.js', 'more.js']);
  expect(inCircles([...app, chunk('out', ['diary']), chunk('diary', ['row'])])).toEqual([]);
});

test('what only the desk needs lies in no file of the person', () => {
  expect(groups().has('/src/table.ts')).toBe(false);
  expect(groups().has('/src/Desk.ts')).toBe(false);
});

test('a door that leads nowhere any more stops the build', () => {
  expect(() => groupsOf(app, { layers: [{ name: 'diary', doors: [/\/Gone\.ts$/] }], apart: [] })).toThrow(
    'Gone',
  );
});
