/**
 * Whatever else is logged, as one number for each day: energy, symptoms, cravings, trackers of one's own. A yes is
 * 1 and a no is 0; a choice among several is a yes or a no for each of them.
 */
import { type LocalDay, MOST_SEVERITY, type Symptoms, type TrackerAnswer } from '@evenkeel/journal';
import { dailyAmounts } from './amounts.ts';
import { type DailyMean, type Said, dailyMeans } from './daily-means.ts';
import { type DayNumber, type DayRange, isWithin } from './day-range.ts';
import { percentile } from './usual-range.ts';

/** What one moment says of its day. */
export type LoggedOnDay = {
  readonly day: LocalDay;
  readonly symptoms?: Symptoms;
  readonly trackers?: readonly TrackerAnswer[];
};

type Named = {
  readonly id: string;
  readonly kind: 'energy' | 'symptom' | 'craving' | 'scale' | 'count' | 'duration' | 'yes-no';
  /** As the person called it last; empty for energy, which the app names. */
  readonly text: string;
  /** What a count counts; may be empty. A duration is in minutes. */
  readonly unit: string;
  /** The ends of its scale; of what has none, 0 and the greatest day. */
  readonly least: number;
  readonly most: number;
};

export type LoggedNumber = Named & {
  /** In order of time. Days on which it was not answered are not in the list. */
  readonly days: readonly DailyMean[];
};

/** What was answered in the range; what was answered on most days first. */
export function loggedNumbers(said: readonly LoggedOnDay[], range: DayRange): readonly LoggedNumber[] {
  const answers = said.filter(({ day }) => isWithin(day, range)).flatMap(answersOf);
  return [...Map.groupBy(withChoices(answers), ({ id }) => id).values()]
    .map((each) => {
      const { id, kind, text, unit } = each.reduce((last, one) => (one.day < last.day ? last : one));
      const days = daysOf(kind, each);
      return {
        id,
        kind,
        text,
        unit,
        least: Math.min(...each.map(({ least }) => least)),
        most: Math.max(...each.map(({ most }) => most), ...days.map(({ mean }) => mean)),
        days,
      };
    })
    .toSorted((a, b) => b.days.length - a.days.length || (a.text < b.text ? -1 : 1));
}

/**
 * Of each day: whether it was there, or, of what is more or less and never absent, whether it was more than on the
 * person's own middle day. A day right in the middle is not more.
 */
export function sidesOfNumber({
  kind,
  days,
}: Pick<LoggedNumber, 'kind' | 'days'>): ReadonlyMap<DayNumber, boolean> {
  const numbers = days.map(({ mean }) => mean).toSorted((a, b) => a - b);
  const over = isThereOrNot(kind) ? 0 : percentile(numbers, 0.5);
  return new Map(days.map(({ day, mean }) => [day, mean > over]));
}

export function isThereOrNot(kind: LoggedNumber['kind']): boolean {
  return kind === 'symptom' || kind === 'craving' || kind === 'yes-no';
}

type Answer = Named & Said & { readonly choice?: string };

function answersOf({ day, symptoms: said = {}, trackers = [] }: LoggedOnDay): readonly Answer[] {
  const bare = { day, text: '', unit: '', least: 0 };
  const { energy, symptoms = [], cravings = [] } = said;
  return [
    ...(energy === undefined
      ? []
      : [{ ...bare, id: 'energy', kind: 'energy' as const, most: 10, number: energy }]),
    ...symptoms.map(({ id, text, severity }) => ({
      ...bare,
      id: `symptom:${id}`,
      kind: 'symptom' as const,
      text,
      most: MOST_SEVERITY,
      number: severity,
    })),
    ...cravings.map(({ id, text, strength }) => ({
      ...bare,
      id: `craving:${id}`,
      kind: 'craving' as const,
      text,
      most: 10,
      number: strength,
    })),
    ...trackers.map(({ tracker, text, said: answer }): Answer => {
      const asked = { ...bare, id: `tracker:${tracker}`, text, most: 1 };
      switch (answer.shape) {
        case 'scale':
          return { ...asked, kind: 'scale', least: answer.min, most: answer.max, number: answer.value };
        case 'count':
          return { ...asked, kind: 'count', unit: answer.unit, number: answer.value };
        case 'choice':
          return { ...asked, kind: 'yes-no', choice: answer.value, number: 1 };
        default:
          return { ...asked, kind: answer.shape, number: Number(answer.value) };
      }
    }),
  ];
}

/** Each choice as a question of its own: chosen, or another one was. */
function withChoices(answers: readonly Answer[]): readonly Answer[] {
  const asked = Map.groupBy(answers, ({ id }) => id);
  return answers.flatMap((answer) => {
    if (answer.choice === undefined) return [answer];
    const choices = new Set((asked.get(answer.id) ?? []).flatMap(({ choice }) => choice ?? []));
    return [...choices].map((choice) => ({
      ...answer,
      id: `${answer.id}:${choice}`,
      text: `${answer.text}: ${choice}`,
      number: Number(choice === answer.choice),
    }));
  });
}

/** What is counted adds up over a day, yes is yes whatever else was said, and a rating is a mean. */
function daysOf(kind: LoggedNumber['kind'], said: readonly Said[]): readonly DailyMean[] {
  if (kind !== 'count' && kind !== 'duration' && kind !== 'yes-no') return dailyMeans(said);
  return dailyAmounts(said).map(({ day, amount }) => ({
    day,
    mean: kind === 'yes-no' ? Math.min(1, amount) : amount,
  }));
}
