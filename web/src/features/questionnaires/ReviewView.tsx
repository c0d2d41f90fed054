import type { Answers, Wording } from '@evenkeel/instruments';
import { scaleOf, score } from '@evenkeel/instruments';
import type { Ref } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { SaveOutcome } from '../../session/contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { RowButton } from '../../ui/Row.tsx';
import { answerWords } from './answer-words.ts';
import type { Step } from './answering.ts';
import { messages } from './messages.ts';

export type SaveProblem = Extract<SaveOutcome, { ok: false }>['reason'];

type ReviewViewProps = {
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly wording: Wording;
  readonly steps: readonly Step[];
  readonly answers: Answers;
  readonly onBack: () => void;
  readonly onChange: (step: number) => void;
  readonly onSave: () => void;
  readonly saving: boolean;
  readonly problem: SaveProblem | null;
};

/** Every answer once more, before anything is saved. */
export function ReviewView({ wording, steps, answers, problem, ...props }: ReviewViewProps) {
  const text = useText();
  const scored = score(scaleOf(wording.id), answers);
  const open = scored.ok || scored.reason !== 'incomplete' ? 0 : scored.items.length;
  return (
    <Page
      note={wording.title}
      onBack={props.onBack}
      foot={
        <Button look="primary" wide onClick={props.onSave} disabled={props.saving}>
          {text(messages.save)}
        </Button>
      }
    >
      <h1 ref={props.headingRef} tabIndex={-1} data-screen-title>
        {text(messages.review)}
      </h1>
      <Quiet>{text(messages.reviewMore)}</Quiet>
      <Card rows>
        {steps.map((step, index) => (
          <RowButton
            key={step.questions[0]?.id}
            title={step.group?.text ?? step.questions[0]?.text}
            detail={step.questions
              .map((question) =>
                step.group === undefined
                  ? answerWords(text, question, answers)
                  : `${question.text}: ${answerWords(text, question, answers)}`,
              )
              .join(' · ')}
            onClick={() => props.onChange(index)}
          />
        ))}
      </Card>
      {open > 0 && <Quiet>{text(messages.willNotScore, { n: open, title: wording.title })}</Quiet>}
      {scored.ok && <Quiet>{text(messages.willScore)}</Quiet>}
      {problem !== null && (
        <Banner tone="trouble" live>
          {text(problem === 'no-room' ? messages.problemNoRoom : messages.problemOther)}
        </Banner>
      )}
    </Page>
  );
}
