import { parse } from '@swc/core';

/** One module named by a source file. `type` stands for imports that vanish when the types are stripped. */
export type ImportFound = { readonly specifier: string; readonly kind: 'value' | 'type' | 'dynamic' };

/**
 * Every module that a TypeScript or JavaScript source names: import and export-from statements, `import()`
 * and `import('…')` in a type. A dynamic import whose name is not a literal is left out: it names nothing.
 * Dependency-cruiser's swc parser does not tell an import of a type from another; this does.
 */
export const scanImports = async (
  source: string,
  options: { readonly tsx: boolean },
): Promise<ImportFound[]> => {
  const tree: unknown = await parse(source, {
    syntax: 'typescript',
    tsx: options.tsx,
    decorators: false,
    target: 'es2024',
  });
  const found: ImportFound[] = [];
  walk(tree, found);
  return found;
};

const walk = (node: unknown, found: ImportFound[]): void => {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, found);
    return;
  }
  if (!isNode(node)) return;
  const named = importNamedBy(node);
  if (named) found.push(named);
  for (const child of Object.values(node)) walk(child, found);
};

const importNamedBy = (node: Readonly<Record<string, unknown>>): ImportFound | undefined => {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration': {
      const specifier = literal(node['source']);
      return specifier === undefined
        ? undefined
        : { specifier, kind: node['typeOnly'] === true ? 'type' : 'value' };
    }
    case 'TsImportType': {
      const specifier = literal(node['argument']);
      return specifier === undefined ? undefined : { specifier, kind: 'type' };
    }
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      if (!isNode(callee) || callee['type'] !== 'Import' || !Array.isArray(given)) return undefined;
      const first: unknown = given[0];
      const specifier = isNode(first) ? literal(first['expression']) : undefined;
      return specifier === undefined ? undefined : { specifier, kind: 'dynamic' };
    }
    default:
      return undefined;
  }
};

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const literal = (node: unknown): string | undefined =>
  isNode(node) && node['type'] === 'StringLiteral' && typeof node['value'] === 'string'
    ? node['value']
    : undefined;
