import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { asSpoken, files, readAllMessages, sources } from './all-messages.test-support.ts';

const screenFiles = files.filter((file) => file.endsWith('.tsx'));
const all = readAllMessages().flatMap(({ messages }) => messages);

test('there are messages, and each id names one text', () => {
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
    for (const sentence of asSpoken(message).split(/(?<=[.?!:])\s+/)) {
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
