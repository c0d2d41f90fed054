import { expect, test } from 'vitest';
import { scanImports } from './scan-imports.ts';

test('every way of naming a module is found, and comments and strings name none', async () => {
  const source = `
    import a from 'value';
    import type { B } from 'type';
    export * from 'all';
    export { c } from 'named';
    import 'effect';
    type D = import('in-a-type').D;
    const e = await import('dynamic');
    // import f from 'comment';
    const g = "import h from 'string'";
  `;
  expect(await scanImports(source, { tsx: false })).toEqual([
    { specifier: 'value', kind: 'value' },
    { specifier: 'type', kind: 'type' },
    { specifier: 'all', kind: 'value' },
    { specifier: 'named', kind: 'value' },
    { specifier: 'effect', kind: 'value' },
    { specifier: 'in-a-type', kind: 'type' },
    { specifier: 'dynamic', kind: 'dynamic' },
  ]);
});
