/**
 * Adding up, as far as the source allows. None of the sources here is certain to allow filling in for a missing
 * answer, so a total needs every item; items to notice are found all the same.
 */
import type { Band, ReliableChange, RiskItem, Scale, ScaleItem, Subscale } from './scale.ts';

/** What was answered, by item. Null is "rather not say"; an item that is not there was not reached. */
export type Answers = Readonly<Record<string, number | string | null>>;

export type Scored =
  | { readonly ok: true; readonly total: number; readonly band: Band | undefined }
  /** Items that a total needs were left out, or "rather not say". */
  | { readonly ok: false; readonly reason: 'incomplete'; readonly items: readonly string[] }
  /** Answers that the instrument does not have, or that lie outside of what it asks for. */
  | { readonly ok: false; readonly reason: 'not-an-answer'; readonly items: readonly string[] }
  /** The source has no sum; read the parts. */
  | { readonly ok: false; readonly reason: 'no-total' };

export function score(scale: Scale, answers: Answers): Scored {
  const wrong = wrongAnswers(scale, answers);
  if (wrong.length > 0) return { ok: false, reason: 'not-an-answer', items: wrong };
  if (scale.total === null) return { ok: false, reason: 'no-total' };
  const missing = scale.items.filter(({ id }) => numberAt(answers, id) === undefined).map(({ id }) => id);
  if (missing.length > 0) return { ok: false, reason: 'incomplete', items: missing };
  const total = sum(scale.items.map(({ id }) => numberAt(answers, id) ?? 0));
  return { ok: true, total, band: bandOf(scale, total) };
}

/** The screening range of a total; undefined where there are no ranges, or no such total. */
export function bandOf(scale: Scale, total: number): Band | undefined {
  return scale.bands.find(({ min, max }) => Number.isInteger(total) && total >= min && total <= max);
}

/** Items answered high enough to be noticed, whatever the total and whether or not there is one. */
export function itemsToNotice(scale: Scale, answers: Answers): readonly RiskItem[] {
  return scale.riskItems.filter(({ item, from }) => (numberAt(answers, item) ?? 0) >= from);
}

export type Part = { readonly subscale: Subscale; readonly total: number | undefined };

/** Each part's own total; undefined where one of its items has no number. */
export function parts(scale: Scale, answers: Answers): readonly Part[] {
  return scale.subscales.map((subscale) => {
    const numbers = subscale.items.flatMap((item) => numberAt(answers, item) ?? []);
    return { subscale, total: numbers.length === subscale.items.length ? sum(numbers) : undefined };
  });
}

export type Difference = {
  readonly points: number;
  /** `unclear`: less than the source calls reliable, in either direction. */
  readonly direction: 'lower' | 'higher' | 'unclear';
  readonly reliable: ReliableChange;
};

/** How the later total differs from the earlier one; undefined where no source says what is reliable. */
export function differenceOf(scale: Scale, earlier: number, later: number): Difference | undefined {
  const reliable = scale.reliableChange;
  if (reliable === undefined) return undefined;
  const points = Math.abs(later - earlier);
  const direction = points < reliable.points ? 'unclear' : later < earlier ? 'lower' : 'higher';
  return { points, direction, reliable };
}

/** Items whose answer the instrument does not have. */
function wrongAnswers(scale: Scale, answers: Answers): readonly string[] {
  return Object.entries(answers)
    .filter(
      ([id, answer]) =>
        answer !== null &&
        !isAnswer(
          scale.items.find((item) => item.id === id),
          answer,
        ),
    )
    .map(([id]) => id);
}

function isAnswer(item: ScaleItem | undefined, answer: number | string): boolean {
  switch (item?.kind) {
    case undefined:
      return false;
    case 'text':
      return typeof answer === 'string' && answer.length <= item.longest;
    case 'choice':
      return typeof answer === 'number' && item.scores.includes(answer);
    case 'number':
      return (
        typeof answer === 'number' &&
        answer >= 0 &&
        answer <= item.most &&
        (item.fractions === true || Number.isInteger(answer))
      );
  }
}

function numberAt(answers: Answers, item: string): number | undefined {
  const answer = Object.hasOwn(answers, item) ? answers[item] : undefined;
  return typeof answer === 'number' ? answer : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
