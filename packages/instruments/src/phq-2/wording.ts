/** PHQ-2, English: the first two items of the PHQ-9, word for word. */
import { FREQUENCY, PHQ_LICENCE, TWO_WEEKS } from '../phq-options.ts';
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'phq-2',
  version: '1.0.0',
  language: 'en',
  title: 'PHQ-2',
  name: 'Patient Health Questionnaire, two items',
  recall: TWO_WEEKS,
  groups: [],
  questions: choiceQuestions(
    ['Little interest or pleasure in doing things', 'Feeling down, depressed, or hopeless'],
    FREQUENCY,
  ),
  subscales: {},
  licence: PHQ_LICENCE,
};
