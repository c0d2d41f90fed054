import { toBase64url } from '@evenkeel/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CodeRefusal, LONGEST_CODE, readCode } from './read-code.ts';

const secret = toBase64url(new Uint8Array(32).fill(7));
const link = toBase64url(new Uint8Array(81).fill(7));

test('each of our links is taken, pasted or scanned, with blanks around it', () => {
  for (const how of ['pasted', 'scanned'] as const) {
    expect(readCode(` https://diary.example/#i/${secret}\n`, how)).toEqual({
      kind: 'invitation',
      origin: 'https://diary.example',
      secret,
    });
    expect(readCode('http://localhost:8787/#join/abcDEF12', how)).toEqual({
      kind: 'join',
      origin: 'http://localhost:8787',
      code: 'abcDEF12',
    });
    const read = readCode(`https://diary.example/#link/${link}`, how);
    expect(read.kind === 'link' && read.qr.length).toBe(81);
  }
});

test('everything else is refused with a reason that can be told', () => {
  const expected: readonly [string, CodeRefusal][] = [
    ['', 'empty'],
    ['   ', 'empty'],
    ['hello', 'unknown'],
    ['https://example.org/', 'other-website'],
    ['https://example.org/#elsewhere', 'other-website'],
    ['mailto:somebody@example.org', 'unknown'],
    [`javascript:alert(1)//#i/${secret}`, 'unknown'],
    [`https://diary.example/#i/${secret.slice(0, 40)}`, 'damaged-link'],
    [`https://diary.example/#i/${secret}=`, 'damaged-link'],
    [`https://diary.example/#i/${secret.slice(0, 42)}!`, 'damaged-link'],
    ['https://diary.example/#join/short', 'damaged-link'],
    [`https://diary.example/#link/${link.slice(2)}`, 'damaged-link'],
    ['ek1-card:@@@', 'damaged-card'],
    ['shlink:/eyJ1cmwiOiJodHRwcyJ9', 'health-link'],
    ['https://viewer.example/#shlink:/eyJ1cmwiOiJodHRwcyJ9', 'health-link'],
    [Array.from({ length: 24 }, () => 'abandon').join(' '), 'recovery-words'],
    ['x'.repeat(LONGEST_CODE + 1), 'unknown'],
  ];
  for (const [text, reason] of expected)
    expect(readCode(text, 'pasted')).toEqual({ kind: 'refused', reason });
});

test('a card counts only through the camera', () => {
  expect(readCode('ek1-card:AAAA', 'pasted')).toEqual({ kind: 'refused', reason: 'card-needs-scanning' });
  expect(readCode('ek1-card:AAAA', 'scanned').kind).toBe('card');
});

test('any text at all has an answer', () => {
  const texts = [
    `https://diary.example/#i/${secret}`,
    `https://diary.example/#link/${link}`,
    'http://localhost:8787/#join/abcDEF12',
    'ek1-card:AAAA',
    'https://viewer.example/#shlink:/eyJ1cmwiOiJodHRwcyJ9',
    Array.from({ length: 24 }, () => 'abandon').join(' '),
  ];
  const pieces = ['#', '/', ':', '@', '[', '%', ' ', '\u0000', '\ud800', '=', 'https://', 'a', ''];
  let state = 0x9e3779b9;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const said = new Set<string>();
  for (let i = 0; i < 200_000; i += 1) {
    let text = texts[random(texts.length)] ?? '';
    for (let changes = random(4); changes > 0; changes -= 1) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(3));
    }
    const read = readCode(text, random(2) === 0 ? 'scanned' : 'pasted');
    said.add(read.kind === 'refused' ? read.reason : read.kind);
  }
  expect([...said].toSorted()).toEqual([
    'card',
    'card-needs-scanning',
    'damaged-card',
    'damaged-link',
    'health-link',
    'invitation',
    'join',
    'link',
    'other-website',
    'recovery-words',
    'unknown',
  ]);
});

test('strange addresses have an answer too', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl({ withFragments: true }),
        fc.string().map((rest) => `https://a.example/#i/${rest}`),
      ),
      (text) => {
        expect(readCode(text, 'scanned').kind).toBeTypeOf('string');
      },
    ),
    { numRuns: 5000 },
  );
});
