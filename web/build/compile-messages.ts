import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const COMPILER = '@lingui/message-utils/compileMessage';
const COMPILED_ALREADY = '\0evenkeel:compiled-already';

/**
 * Compiles the texts of the interface while the app is built, so that no phone carries the parser of ICU messages.
 * A text without a plural or a place to fill in stays a string.
 *
 * `marked`: each text stands in ⟦ ⟧ on the screen, so that a test finds words that come from nowhere else.
 */
export function compileMessages({ marked = false }: { readonly marked?: boolean } = {}): Plugin {
  const atRunTime = marked
    ? `(message) => ['⟦', ...(Array.isArray(message) ? message : [message]), '⟧']`
    : '(message) => message';
  return {
    name: 'evenkeel:compile-messages',
    apply: 'build',
    enforce: 'post',
    resolveId: {
      order: 'pre',
      handler: (source) => (source === COMPILER ? COMPILED_ALREADY : null),
    },
    load: (id) => (id === COMPILED_ALREADY ? `export const compileMessage = ${atRunTime};` : null),
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('defineMessages(')) return null;
      return { code: withCompiledMessages(code, this.parse(code), { marked }), map: null };
    },
  };
}

/** `program`: the ESTree of `code`. Throws for a text that is not written out in its place. */
export function withCompiledMessages(
  code: string,
  program: unknown,
  { marked }: { readonly marked: boolean } = { marked: false },
): string {
  return textsIn(program)
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (done, { start, end, text }) =>
        done.slice(0, start) + JSON.stringify(compiled(text, marked)) + done.slice(end),
      code,
    );
}

/** Every text that a module defines, by its place in the source. */
export function textsIn(program: unknown): readonly Text[] {
  return [...nodesIn(program)].flatMap((node) => (isDefinition(node) ? textsOf(node) : []));
}

/** A text without parts stays a string, and is marked when it is shown. */
function compiled(text: string, marked: boolean): unknown {
  const parts = compileMessage(text);
  if (parts.length === 1 && typeof parts[0] === 'string') return parts[0];
  return marked ? ['⟦', ...parts, '⟧'] : parts;
}

type Node = Readonly<Record<string, unknown>>;
/** `id` as the app knows it, `feature.key`; `start` and `end` of the text with its quotes. */
type Text = { readonly id: string; readonly start: number; readonly end: number; readonly text: string };

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
  const feature: unknown = Array.isArray(given) ? given[0] : null;
  const texts: unknown = Array.isArray(given) ? given[1] : null;
  if (!isNode(texts) || !Array.isArray(texts['properties']))
    throw new Error('Messages are given as one object.');
  return texts['properties'].map((property: unknown) => {
    const { key, value }: Node = isNode(property) ? property : {};
    if (!isNode(feature) || !isNode(key) || !isNode(value))
      throw new Error('A message has a name and a text.');
    const { start, end, value: text } = value;
    if (typeof start !== 'number' || typeof end !== 'number' || typeof text !== 'string') {
      throw new Error('A message is written out in its place, as one string.');
    }
    return { id: `${String(feature['value'])}.${String(key['name'] ?? key['value'])}`, start, end, text };
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
