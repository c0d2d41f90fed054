/** GAD-7, English. Word for word: changed wording is a new instrument. */
import { FREQUENCY, PHQ_LICENCE, TWO_WEEKS } from '../phq-options.ts';
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'gad-7',
  version: '1.0.0',
  language: 'en',
  title: 'GAD-7',
  name: 'Generalised Anxiety Disorder scale, seven items',
  recall: TWO_WEEKS,
  groups: [],
  questions: choiceQuestions(
    [
      'Feeling nervous, anxious or on edge',
      'Not being able to stop or control worrying',
      'Worrying too much about different things',
      'Trouble relaxing',
      'Being so restless that it is hard to sit still',
      'Becoming easily annoyed or irritable',
      'Feeling afraid as if something awful might happen',
    ],
    FREQUENCY,
  ),
  subscales: {},
  licence: PHQ_LICENCE,
};
