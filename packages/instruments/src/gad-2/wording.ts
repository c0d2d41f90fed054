/** GAD-2, English: the first two items of the GAD-7, word for word. */
import { FREQUENCY, PHQ_LICENCE, TWO_WEEKS } from '../phq-options.ts';
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'gad-2',
  version: '1.0.0',
  language: 'en',
  title: 'GAD-2',
  name: 'Generalised Anxiety Disorder scale, two items',
  recall: TWO_WEEKS,
  groups: [],
  questions: choiceQuestions(
    ['Feeling nervous, anxious or on edge', 'Not being able to stop or control worrying'],
    FREQUENCY,
  ),
  subscales: {},
  licence: PHQ_LICENCE,
};
