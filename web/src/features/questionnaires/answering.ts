/** Answering a questionnaire, one screen after the other. Pure: what is kept or saved is decided elsewhere. */
import type { Answers, Group, Question, Scale, Wording } from '@evenkeel/instruments';
import { itemsToNotice } from '@evenkeel/instruments';
import type { AnsweringDraft } from '../../session/questionnaires-contract.ts';

/** What is asked on one screen: one question, or the few of a group. */
export type Step = { readonly group?: Group; readonly questions: readonly Question[] };

export type Answering = AnsweringDraft & {
  /** The help card is shown, because of the answer just given. */
  readonly card: boolean;
  /** Came from the review to change one answer, and goes back there. */
  readonly reviewing: boolean;
};

export type AnsweringAct =
  /** An answer that ends its screen: an option, or “rather not say”. */
  | { readonly act: 'answer'; readonly answers: Answers }
  /** A number or a word that is being typed; undefined takes it back. */
  | { readonly act: 'set'; readonly id: string; readonly answer: number | string | undefined }
  | { readonly act: 'next' }
  | { readonly act: 'back' }
  | { readonly act: 'change'; readonly step: number };

export function stepsOf({ questions, groups }: Wording): readonly Step[] {
  const steps: { readonly group?: Group; readonly questions: Question[] }[] = [];
  for (const question of questions) {
    const last = steps.at(-1);
    const group = groups.find(({ id }) => id === question.group);
    if (group !== undefined && last?.group === group) last.questions.push(question);
    else steps.push({ ...(group !== undefined && { group }), questions: [question] });
  }
  return steps;
}

export function begin(draft: AnsweringDraft | null): Answering {
  return { at: draft?.at ?? 0, answers: draft?.answers ?? {}, card: false, reviewing: false };
}

/** Answers that are kept already, opened at their review. The draft holds only what was changed so far. */
export function beginChange(kept: Answers, draft: AnsweringDraft | null, steps: number): Answering {
  const at = draft?.at ?? steps;
  return { ...begin({ at, answers: { ...kept, ...draft?.answers } }), reviewing: at < steps };
}

/** What differs from what is kept; an answer that was taken back is “rather not say”. */
export function changesOf(kept: Answers, answers: Answers): Answers {
  const asked = Object.keys({ ...kept, ...answers });
  return Object.fromEntries(
    asked.flatMap((id) => (kept[id] === answers[id] ? [] : [[id, answers[id] ?? null]])),
  );
}

/** `scale` says which answers are worth a calm look; `steps` is how many screens there are before the review. */
export function answering(scale: Scale, steps: number) {
  return (now: Answering, act: AnsweringAct): Answering => {
    switch (act.act) {
      case 'answer': {
        const answers = { ...now.answers, ...act.answers };
        const card = itemsToNotice(scale, act.answers).length > 0;
        return { ...onward({ ...now, answers }, steps), card };
      }
      case 'set':
        return { ...now, answers: withAnswer(now.answers, act.id, act.answer) };
      case 'next':
        return now.card ? { ...now, card: false } : onward(now, steps);
      case 'back':
        return now.reviewing ? onward(now, steps) : { ...now, at: Math.max(0, now.at - 1), card: false };
      case 'change':
        return { ...now, at: act.step, card: false, reviewing: true };
    }
  };
}

/** Whether every question of a screen has an answer, “rather not say” among them. */
export function isAnswered({ questions }: Step, answers: Answers): boolean {
  return questions.every(({ id }) => Object.hasOwn(answers, id));
}

/** “Rather not say” to every question of a screen. */
export function declined({ questions }: Step): Answers {
  return Object.fromEntries(questions.map(({ id }) => [id, null]));
}

function onward(now: Answering, steps: number): Answering {
  return now.reviewing
    ? { ...now, at: steps, reviewing: false }
    : { ...now, at: Math.min(steps, now.at + 1) };
}

function withAnswer(answers: Answers, id: string, answer: number | string | undefined): Answers {
  const { [id]: _, ...others } = answers;
  return answer === undefined ? others : { ...others, [id]: answer };
}
