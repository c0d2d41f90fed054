import type {
  Craving,
  Sleep,
  Substances,
  Symptom,
  Symptoms,
  TrackerAnswer,
  Trackable,
} from '@evenkeel/journal';
import type { CheckInDraft } from '../../session/contract.ts';

/** Whether a draft says something of what can be switched on, so that it is shown even when it is off. */
export function isAnswered(what: Trackable, draft: CheckInDraft): boolean {
  switch (what) {
    case 'values':
      return draft.values.length > 0;
    case 'surroundings':
      return Object.values(draft.surroundings).some((words) => words.length > 0);
    case 'sleep':
      return Object.keys(draft.sleep ?? {}).length > 0;
    case 'energy':
      return draft.symptoms?.energy !== undefined;
    case 'symptoms':
      return (draft.symptoms?.symptoms ?? []).length > 0;
    case 'cravings':
      return (draft.symptoms?.cravings ?? []).length > 0;
    case 'substances':
      return saysUse(draft.substances ?? {});
    case 'medication':
      return (draft.medication ?? []).length > 0;
    case 'trackers':
      return (draft.trackers ?? []).length > 0;
    case 'questionnaires':
      return draft.questionnaire !== undefined;
    case 'conditions':
    case 'plan':
      return false;
  }
}

function saysUse({ uses = [], none = [], nothing = false }: Substances): boolean {
  return uses.length > 0 || none.length > 0 || nothing;
}

/** Sleep with one part said anew; undefined takes it back. */
export function withSleep<Part extends keyof Sleep>(
  sleep: Sleep | undefined,
  part: Part,
  value: Sleep[Part] | undefined,
): Sleep {
  const { [part]: _, ...others } = sleep ?? {};
  return value === undefined ? others : { ...others, [part]: value };
}

export function withEnergy(symptoms: Symptoms | undefined, energy: number | undefined): Symptoms {
  const { energy: _, ...others } = symptoms ?? {};
  return energy === undefined ? others : { ...others, energy };
}

/** The answers about one symptom, in place of those that were there. */
export function withSymptom(
  symptoms: Symptoms | undefined,
  id: string,
  answers: readonly Symptom[],
): Symptoms {
  const others = (symptoms?.symptoms ?? []).filter((known) => known.id !== id);
  return { ...symptoms, symptoms: [...others, ...answers] };
}

/** One craving said anew; null takes it back. */
export function withCraving(symptoms: Symptoms | undefined, id: string, craving: Craving | null): Symptoms {
  const others = (symptoms?.cravings ?? []).filter((known) => known.id !== id);
  return { ...symptoms, cravings: craving === null ? others : [...others, craving] };
}

/** One tracker answered anew; null takes it back. */
export function withTracker(
  answers: readonly TrackerAnswer[] | undefined,
  tracker: string,
  answer: TrackerAnswer | null,
): readonly TrackerAnswer[] {
  const others = (answers ?? []).filter((known) => known.tracker !== tracker);
  return answer === null ? others : [...others, answer];
}
