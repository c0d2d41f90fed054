/** What a questionnaire says, word for word, and on whose leave. Loaded only when somebody reads it. */
import type { InstrumentId } from './scale.ts';

export type Option = { readonly score: number; readonly label: string };

export type Question = {
  /** The item of the scale with the same id. */
  readonly id: string;
  readonly text: string;
  /** A smaller line under the question, where the form has one. */
  readonly hint?: string;
  /** Questions of one group are asked on one screen, under the group's text. */
  readonly group?: string;
} & (
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** `ends`: what 0 and the highest number are called, where the form names them. */
  | {
      readonly kind: 'number';
      readonly unit?: string;
      readonly ends?: { readonly low: string; readonly high: string };
    }
  | { readonly kind: 'text' }
);

export type Group = { readonly id: string; readonly text: string; readonly hint?: string };

export type Licence = {
  readonly owner: string;
  /** What its owner allows, in the owner's words where they are known. */
  readonly terms: string;
  /** Whether owner and terms must stand wherever the questionnaire is shown. We show them with each, asked for or not. */
  readonly notice: boolean;
  /** Use where money is made. */
  readonly commercial: Leave;
  /** Other words than the owner's, translations aside. Where it is not said, the words are the owner's. */
  readonly derivatives: Leave;
  /** Where these terms can be read. */
  readonly source: string;
};

/** `not-said`: the terms neither give nor refuse it. What is refused either is not carried here. */
export type Leave = 'given' | 'not-said' | 'refused';

export type Wording = {
  readonly id: InstrumentId;
  readonly version: string;
  readonly language: string;
  readonly title: string;
  /** Its name in full. */
  readonly name: string;
  /** What stands before every question, with the time asked about: "Over the last 2 weeks, …". */
  readonly recall: string;
  readonly groups: readonly Group[];
  readonly questions: readonly Question[];
  /** What each subscale of the scale is called. */
  readonly subscales: Readonly<Record<string, string>>;
  readonly licence: Licence;
};

/** q1, q2 … with the same options for each. */
export function choiceQuestions(texts: readonly string[], options: readonly Option[]): readonly Question[] {
  return texts.map((text, index) => ({ id: `q${index + 1}`, kind: 'choice', text, options }));
}
