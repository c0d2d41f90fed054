import { minutesSlept } from '@evenkeel/journal';
import type {
  Craving,
  Dose,
  MomentParts,
  Sleep,
  SubstanceUse,
  Symptom,
  TrackerAnswer,
  When,
} from '@evenkeel/journal';

/** One thing a moment says beside mood, values, surroundings, a questionnaire and words. `line-words.ts` puts it in words. */
export type ShownLine =
  /** `minutes`: given, or between the two times. */
  | { readonly kind: 'sleep'; readonly sleep: Sleep; readonly minutes?: number }
  /** 0–10. */
  | { readonly kind: 'energy'; readonly energy: number }
  | { readonly kind: 'symptom'; readonly symptom: Symptom }
  | { readonly kind: 'craving'; readonly craving: Craving }
  | { readonly kind: 'use'; readonly use: SubstanceUse }
  /** `text`: of what there was none; null when nothing at all was used. */
  | { readonly kind: 'no-use'; readonly text: string | null }
  | { readonly kind: 'dose'; readonly dose: Dose }
  | { readonly kind: 'tracker'; readonly answer: TrackerAnswer };

/** The lines of a moment, in the order of its categories. */
export function linesOf(parts: MomentParts, when: When): readonly ShownLine[] {
  const { sleep, symptoms = {}, substances = {} } = parts;
  const minutes = sleep && minutesSlept(sleep, when);
  const says = sleep !== undefined && (minutes !== undefined || Object.keys(sleep).length > 0);
  return [
    ...(says ? [{ kind: 'sleep' as const, sleep, ...(minutes !== undefined && { minutes }) }] : []),
    ...(symptoms.energy === undefined ? [] : [{ kind: 'energy' as const, energy: symptoms.energy }]),
    ...(symptoms.symptoms ?? []).map((symptom) => ({ kind: 'symptom' as const, symptom })),
    ...(symptoms.cravings ?? []).map((craving) => ({ kind: 'craving' as const, craving })),
    ...(substances.uses ?? []).map((use) => ({ kind: 'use' as const, use })),
    ...(substances.none ?? []).map(({ text }) => ({ kind: 'no-use' as const, text })),
    ...(substances.nothing === true ? [{ kind: 'no-use' as const, text: null }] : []),
    ...(parts.medication ?? []).map((dose) => ({ kind: 'dose' as const, dose })),
    ...(parts.trackers ?? []).map((answer) => ({ kind: 'tracker' as const, answer })),
  ];
}

/** The person's own words in a line, to search in. */
export function ownWordsOf(line: ShownLine): string {
  switch (line.kind) {
    case 'symptom':
      return line.symptom.text;
    case 'craving':
      return line.craving.text;
    case 'use':
      return `${line.use.text} ${line.use.unit}`;
    case 'no-use':
      return line.text ?? '';
    case 'dose':
      return `${line.dose.text} ${line.dose.note ?? ''}`;
    case 'tracker':
      return line.answer.said.shape === 'choice'
        ? `${line.answer.text} ${line.answer.said.value}`
        : line.answer.text;
    case 'sleep':
    case 'energy':
      return '';
  }
}
