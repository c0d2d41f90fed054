import type { Questionnaire } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { i18n } from '../i18n/i18n.ts';
import type { Text } from '../i18n/use-text.ts';
import { questionnaireDetail, questionnaireNotices, questionnaireTitle } from './questionnaire-words.ts';

const text: Text = ({ id, message }, values) => i18n._(id, values, { message });

const phq9: Questionnaire = {
  instrument: 'phq-9',
  version: '1.0.0',
  language: 'en',
  answers: { q1: 2, q9: 1 },
  total: 12,
};

test('a score is said with its range, in words', () => {
  expect(questionnaireTitle(text, phq9)).toBe('PHQ-9: 12 of 27');
  expect(questionnaireDetail(text, phq9)).toBe('screening range: moderate');
});

test('item 9 of the PHQ-9 above zero is an item to notice, with or without a score', () => {
  expect(questionnaireNotices(text, phq9)).toEqual(['Item to notice: item 9, answered 1 of 3']);
  expect(questionnaireNotices(text, { ...phq9, total: null })).toHaveLength(1);
  expect(questionnaireNotices(text, { ...phq9, answers: { q1: 2, q9: 0 } })).toEqual([]);
});

test('where there is no score, none is made up', () => {
  expect(questionnaireTitle(text, { ...phq9, total: null })).toBe('PHQ-9');
  expect(questionnaireDetail(text, { ...phq9, total: null })).toBe('no score');
  expect(questionnaireTitle(text, { ...phq9, instrument: 'top', total: null })).toBe('TOP');
  expect(questionnaireDetail(text, { ...phq9, instrument: 'top', total: null })).toBe('');
});

test('a questionnaire of a newer app keeps its name, and nothing is made of its numbers', () => {
  for (const newer of [
    { ...phq9, version: '2.0.0' },
    { ...phq9, instrument: 'phq-99' },
  ]) {
    expect(questionnaireTitle(text, newer)).toBe(newer.instrument.toUpperCase());
    expect(questionnaireDetail(text, newer)).toBe('');
    expect(questionnaireNotices(text, newer)).toEqual([]);
  }
});
