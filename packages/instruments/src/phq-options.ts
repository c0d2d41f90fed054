/** The four answers of the PHQ and GAD family. */
import type { Licence, Option } from './wording.ts';

export const TWO_WEEKS = 'Over the last 2 weeks, how often have you been bothered by';

export const FREQUENCY: readonly Option[] = [
  { score: 0, label: 'Not at all' },
  { score: 1, label: 'Several days' },
  { score: 2, label: 'More than half the days' },
  { score: 3, label: 'Nearly every day' },
];

export const PHQ_LICENCE: Licence = {
  owner:
    'Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc.',
  terms: 'No permission required to reproduce, translate, display or distribute.',
  notice: false,
  commercial: 'not-said',
  derivatives: 'not-said',
  source: 'HL7 US Core',
};
