/**
 * LOINC codes of questionnaires, where they were seen in an HL7 publication: which, says each SOURCE.md. They are for
 * what goes to other systems. What asks and adds up does without, so the app does not carry them.
 *
 * This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and
 * the Logical Observation Identifiers Names and Codes (LOINC) Committee, and is available at no cost under the licence
 * at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.
 */
import type { InstrumentId } from './scale.ts';

export type LoincCodes = {
  /** Of the whole form, and of its total; null where none was confirmed. */
  readonly form: { readonly panel: string; readonly total: string } | null;
  /** One for each item, in order. */
  readonly items: readonly string[];
};

const PHQ = [
  '44250-9',
  '44255-8',
  '44259-0',
  '44254-1',
  '44251-7',
  '44258-2',
  '44252-5',
  '44253-3',
  '44260-8',
];
const GAD = ['69725-0', '68509-9', '69733-4', '69734-2', '69735-9', '69689-8', '69736-7'];

export const loincCodes: Readonly<Partial<Record<InstrumentId, LoincCodes>>> = {
  'phq-9': { form: { panel: '44249-1', total: '44261-6' }, items: PHQ },
  'gad-7': { form: { panel: '69737-5', total: '70274-6' }, items: GAD },
  'phq-2': { form: { panel: '55757-9', total: '55758-7' }, items: PHQ.slice(0, 2) },
  'gad-2': { form: null, items: GAD.slice(0, 2) },
};
