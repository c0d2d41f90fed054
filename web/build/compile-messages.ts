import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const COMPILER = '@lingui/message-utils/compileMessage';
const COMPILED_ALREADY = '\0evenkeel:compiled-already';

/**
 * Compiles the texts of the interface while the app is built, so that no phone carries the parser of ICU messages.
 * A text without a plural or a place to fill in stays a string.
 */
export function compileMessages(): Plugin {
  return {
    name: 'evenkeel:compile-messages',
    apply: 'build',
    enforce: 'post',
    resolveId: {
      order: 'pre',
      handler: (source) => (source === COMPILER ? COMPILED_ALREADY : null),
    },
    load: (id) => (id === COMPILED_ALREADY ? 'export const compileMessage = (message) => message;' : null),
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('defineMessages(')) return null;
      return { code: withCompiledMessages(code, this.parse(code)), map: null };
    },
  };
}

/** `program`: the ESTree of `code`. Throws for a text that is not written out in its place. */
export function withCompiledMessages(code: string, program: unknown): string {
  const texts = [...nodesIn(program)].flatMap((node) => (isDefinition(node) ? textsOf(node) : []));
  return texts
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (done, { start, end, text }) => done.slice(0, start) + JSON.stringify(compiled(text)) + done.slice(end),
      code,
    );
}

function compiled(text: string): unknown {
  const parts = compileMessage(text);
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts;
}

type Node = Readonly<Record<string, unknown>>;
type Text = { readonly start: number; readonly end: number; readonly text: string };

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
  } else if (isNode(value)) {
    yield value;
    for (const part of Object.values(value)) yield* nodesIn(part);
  }
}

/** `defineMessages('feature', { key: 'text' })` */
function isDefinition({ type, callee }: Node): boolean {
  return type === 'CallExpression' && isNode(callee) && callee['name'] === 'defineMessages';
}

function textsOf({ arguments: given }: Node): Text[] {
  const texts: unknown = Array.isArray(given) ? given[1] : null;
  if (!isNode(texts) || !Array.isArray(texts['properties']))
    throw new Error('Messages are given as one object.');
  return texts['properties'].map((property: unknown) => {
    const value = isNode(property) ? property['value'] : null;
    if (!isNode(value)) throw new Error('A message has a name and a text.');
    const { start, end, value: text } = value;
    if (typeof start !== 'number' || typeof end !== 'number' || typeof text !== 'string') {
      throw new Error('A message is written out in its place, as one string.');
    }
    return { start, end, text };
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
