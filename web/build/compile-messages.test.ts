import { setupI18n } from '@lingui/core';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { textsIn, withCompiledMessages } from './compile-messages.ts';

const compile = (code: string): string => withCompiledMessages(code, parseAst(code));

test('a plain text stays a text, and quotes of the message format go', () => {
  expect(compile(`const m = defineMessages('x', { a: 'Hello', b: "It''s late" });`)).toBe(
    `const m = defineMessages('x', { a: "Hello", b: "It's late" });`,
  );
});

test('a name in quotes is a name as well', () => {
  const code = `defineMessages('x', { 'half-pint': 'half', pint: 'whole' });`;
  expect(textsIn(parseAst(code)).map(({ id }) => id)).toEqual(['x.half-pint', 'x.pint']);
});

test('a compiled text says what the text said', () => {
  const texts = [
    '{n, plural, one {# day} other {# days}} left',
    'Sealed on this {device}',
    '{kind, select, a {An} other {No}} entry',
  ];
  const built = setupI18n({ locale: 'en-GB', messages: { 'en-GB': {} } });
  for (const text of texts) {
    const found =
      /\{ a: (.*) \}\);$/.exec(compile(`defineMessages('x', { a: ${JSON.stringify(text)} });`))?.[1] ?? '';
    const message = JSON.parse(found);
    for (const n of [0, 1, 2]) {
      const values = { n, device: 'phone', kind: 'a' };
      const inPlace = setupI18n({ locale: 'en-GB', messages: { 'en-GB': {} } });
      expect(built._('x', values, { message })).toBe(inPlace._('x', values, { message: text }));
    }
  }
});

test('a text that is put together from parts is refused', () => {
  expect(() => compile(`defineMessages('x', { a: 'one' + two });`)).toThrow('as one string');
  expect(() => compile(`defineMessages('x', texts);`)).toThrow('one object');
});

test('other calls are left as they are', () => {
  expect(compile(`const x = other('x', { a: '{n}' });`)).toBe(`const x = other('x', { a: '{n}' });`);
});

test('marked texts stand between marks, whether they have parts or not', async () => {
  const built = setupI18n({ locale: 'en-GB', messages: { 'en-GB': {} } });
  const marked = withCompiledMessages(
    `defineMessages('x', { a: '{n} left' });`,
    parseAst(`defineMessages('x', { a: '{n} left' });`),
    { marked: true },
  );
  const message = JSON.parse(/\{ a: (.*) \}\);$/.exec(marked)?.[1] ?? '');
  expect(built._('x', { n: 3 }, { message })).toBe('⟦3 left⟧');
});

test('each text is known by the id the app gives it', () => {
  expect(textsIn(parseAst(`const m = defineMessages('me', { hello: 'Hello' });`))).toMatchObject([
    { id: 'me.hello', text: 'Hello' },
  ]);
});
