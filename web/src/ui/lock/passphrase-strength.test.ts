import { expect, test } from 'vitest';
import { guessBits, isEasyPin, judgePassphrase } from './passphrase-strength.ts';

test('fewer than 15 characters are refused', () => {
  expect(judgePassphrase('fourteen chars')).toBe('too-short');
  expect(judgePassphrase('  padded out   ')).toBe('too-short');
});

test('what stands on every guessing list is refused, dressed up or not', () => {
  for (const phrase of [
    'passwordpassword',
    'Password Password 1',
    'iloveyouiloveyou',
    'correct horse battery staple',
    'Correct-Horse-Battery-Staple!',
    'To be or not to be',
    'qwertyuiopasdfghjkl',
    '123456789012345',
    'aaaaaaaaaaaaaaaa',
    'liverpool liverpool 1984',
    'mydiaryiloveyou2024',
  ]) {
    expect(judgePassphrase(phrase), phrase).toBe('too-common');
  }
});

test('length alone is not strength', () => {
  expect(judgePassphrase('kettle kettle kettle kettle')).toBe('weak');
  expect(judgePassphrase('susan 1984 barnsley')).toBe('weak');
});

test('several unrelated words are good, five are strong', () => {
  expect(judgePassphrase('kettle harbour violin moss')).toBe('good');
  expect(judgePassphrase('kettle harbour violin moss thursday')).toBe('strong');
});

test('a longer phrase is never judged to be easier', () => {
  expect(guessBits('kettle harbour violin')).toBeGreaterThan(guessBits('kettle harbour'));
});

test('PINs that would be tried first are easy', () => {
  for (const pin of ['111111', '123456', '987654', '121212', '123123'])
    expect(isEasyPin(pin), pin).toBe(true);
  for (const pin of ['294817', '603918']) expect(isEasyPin(pin), pin).toBe(false);
});
