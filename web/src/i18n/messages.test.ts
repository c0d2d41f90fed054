import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import type { Message } from './define-messages.ts';

const sources = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
const messageFiles = files.filter((file) => /(^|\/)(messages|[\w-]+-messages)\.ts$/.test(file));
const screenFiles = files.filter((file) => file.endsWith('.tsx'));

const all: readonly Message[] = (
  await Promise.all(
    messageFiles.map(async (file) => {
      const module: Readonly<Record<string, unknown>> = await import(join(sources, file));
      return Object.values(module).flatMap((found) => (isMessages(found) ? Object.values(found) : []));
    }),
  )
).flat();

test('there are messages, and each id names one text', () => {
  expect(messageFiles.length).toBeGreaterThanOrEqual(8);
  expect(all.length).toBeGreaterThan(150);
  const texts = new Map<string, string>();
  for (const { id, message } of all) {
    expect(texts.get(id) ?? message, id).toBe(message);
    texts.set(id, message);
  }
});

test('every message is well-formed and has words', () => {
  for (const { id, message } of all) {
    expect(message.trim(), id).not.toBe('');
    expect(() => compileMessage(message), id).not.toThrow();
  }
});

test('no sentence is longer than 25 words', () => {
  for (const { id, message } of all) {
    const plain = message.replaceAll(
      /\{(\w+), (?:select|plural),[^{}]*\{([^{}]*)\}(?:[^{}]*\{[^{}]*\})*\s*\}/g,
      '$2',
    );
    for (const sentence of plain.split(/(?<=[.?!:])\s+/)) {
      expect(sentence.split(/\s+/).length, `${id}: ${sentence}`).toBeLessThanOrEqual(25);
    }
  }
});

test('no message blames, labels or cheers', () => {
  const unkind =
    /\b(abuse[rd]?|addict|suffer(s|ing)? from|victim|failed to|streak|well done|great job|oops|awesome|invalid)\b/i;
  expect(all.filter(({ message }) => unkind.test(message))).toEqual([]);
});

test('screens write no text of their own: every word comes from a message file', () => {
  expect(screenFiles.length).toBeGreaterThan(30);
  const found = screenFiles.flatMap((file) =>
    writtenIn(readFileSync(join(sources, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('the search for written text finds it where it is', () => {
  expect(writtenIn('return <p className={x}>Hello there</p>;')).toEqual(['Hello there']);
  expect(writtenIn('<input placeholder="Your name" />')).toEqual(['Your name']);
  expect(writtenIn('<b>{text(messages.hello)}</b>')).toEqual([]);
});

/** Words between tags, and words in attributes that are shown or spoken. */
function writtenIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const between = [...code.matchAll(/<[a-zA-Z][^<>]*[^=<>]>\s*([A-Z][\w’', -]*\p{L})\s*<\//gu)].map(
    ([, text]) => text ?? '',
  );
  const attributes = [
    ...code.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}[^"]*)"/gu),
  ].map(([, text]) => text ?? '');
  return [...between, ...attributes];
}

function isMessages(found: unknown): found is Readonly<Record<string, Message>> {
  return (
    typeof found === 'object' &&
    found !== null &&
    Object.values(found).length > 0 &&
    Object.values(found).every(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        'id' in value &&
        'message' in value &&
        typeof value.id === 'string',
    )
  );
}
