/** Every text of the interface, read from the files that define it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { textsIn } from '../../build/compile-messages.ts';
import type { Message } from './define-messages.ts';

export const sources = fileURLToPath(new URL('..', import.meta.url));
export const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });

/** The texts that one file defines, in their order. `file` is relative to web/src. */
export type FileOfMessages = { readonly file: string; readonly messages: readonly Message[] };

/** Texts by the file they stand in. A file without any is not listed. */
export function readAllMessages(): readonly FileOfMessages[] {
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test(-support)?\.tsx?$/.test(file))
    .map((file) => ({ file, messages: messagesIn(file, readFileSync(join(sources, file), 'utf8')) }))
    .filter(({ messages }) => messages.length > 0);
}

/** A text as it is read with its first choice of words, a number for each place, and without its tags. */
export function asSpoken(message: string): string {
  return message
    .replaceAll(/\{(\w+), (?:select|plural),[^{}]*\{([^{}]*)\}(?:[^{}]*\{[^{}]*\})*\s*\}/g, '$2')
    .replaceAll(/\{\w+\}/g, 'three')
    .replaceAll(/<\/?\d+>/g, '');
}

function messagesIn(file: string, source: string): readonly Message[] {
  if (!source.includes('defineMessages(') || file.endsWith('define-messages.ts')) return [];
  return textsIn(parseSync(file, source).program).map(({ id, text }) => ({ id, message: text }));
}
