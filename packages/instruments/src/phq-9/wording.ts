/** PHQ-9, English. Word for word: changed wording is a new instrument. */
import { FREQUENCY, PHQ_LICENCE, TWO_WEEKS } from '../phq-options.ts';
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'phq-9',
  version: '1.0.0',
  language: 'en',
  title: 'PHQ-9',
  name: 'Patient Health Questionnaire, nine items',
  recall: TWO_WEEKS,
  groups: [],
  questions: choiceQuestions(
    [
      'Little interest or pleasure in doing things',
      'Feeling down, depressed, or hopeless',
      'Trouble falling or staying asleep, or sleeping too much',
      'Feeling tired or having little energy',
      'Poor appetite or overeating',
      'Feeling bad about yourself — or that you are a failure or have let yourself or your family down',
      'Trouble concentrating on things, such as reading the newspaper or watching television',
      'Moving or speaking so slowly that other people could have noticed. Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual',
      'Thoughts that you would be better off dead, or of hurting yourself in some way',
    ],
    FREQUENCY,
  ),
  subscales: {},
  licence: PHQ_LICENCE,
};
