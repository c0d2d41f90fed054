import type { Answers, Question, Scale, Wording } from '@evenkeel/instruments';
import Lock from 'lucide-react/icons/lock';
import { useEffect, useId } from 'react';
import type { Ref } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { Button } from '../../ui/Button.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { declined, isAnswered } from './answering.ts';
import type { AnsweringAct, Step } from './answering.ts';
import { messages } from './messages.ts';
import { NumberField } from './NumberField.tsx';
import styles from './Questionnaires.module.css';

type StepViewProps = {
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly wording: Wording;
  readonly scale: Scale;
  readonly step: Step;
  readonly at: number;
  readonly of: number;
  readonly answers: Answers;
  readonly act: (act: AnsweringAct) => void;
};

/** One screen: one question with its answers as large buttons, or the numbers that belong together. */
export function StepView({ headingRef, wording, scale, step, at, of, answers, act }: StepViewProps) {
  const text = useText();
  const device = useDeviceWord();
  const id = useId();
  const [question] = step.questions;
  const isChoice = step.group === undefined && question?.kind === 'choice';
  const hint = step.group?.hint ?? (step.group === undefined ? question?.hint : undefined);
  return (
    <div className={styles.step}>
      <progress
        className={styles.progress}
        max={of}
        value={at + 1}
        aria-label={text(messages.progress, { n: at + 1, of })}
      />
      <div className={styles.asked}>
        <p className={styles.recall} id={`${id}-recall`}>
          {wording.recall}
        </p>
        <h1
          className={styles.question}
          id={`${id}-question`}
          ref={headingRef}
          tabIndex={-1}
          data-screen-title
          lang={wording.language}
        >
          {step.group?.text ?? question?.text}
        </h1>
        {hint !== undefined && <p className={styles.recall}>{hint}</p>}
      </div>
      <div role="group" aria-labelledby={`${id}-recall ${id}-question`} className={styles.answers}>
        {isChoice ? (
          <Options question={question} answers={answers} act={act} />
        ) : (
          <form
            className={styles.answers}
            onSubmit={(event) => {
              event.preventDefault();
              act({ act: 'next' });
            }}
          >
            <div className={styles.numbers}>
              {step.questions.map((one) => (
                <Typed
                  key={one.id}
                  question={one}
                  scale={scale}
                  answers={answers}
                  act={act}
                  named={step.group !== undefined}
                />
              ))}
            </div>
            <Button look="primary" wide type="submit">
              {text(messages.nextStep)}
            </Button>
          </form>
        )}
      </div>
      <div className={styles.under}>
        <Button look="plain" onClick={() => act({ act: 'answer', answers: declined(step) })}>
          {text(messages.ratherNotSay)}
        </Button>
        {isChoice && isAnswered(step, answers) && (
          <Button look="quiet" onClick={() => act({ act: 'next' })}>
            {text(messages.nextStep)}
          </Button>
        )}
      </div>
      <p className={styles.foot}>
        <Lock aria-hidden />
        {text(scale.total === null ? messages.keptHere : messages.scoredHere, { device })}
      </p>
    </div>
  );
}

type OptionsProps = {
  readonly question: Question & { readonly kind: 'choice' };
  readonly answers: Answers;
  readonly act: (act: AnsweringAct) => void;
};

/** The answers of one question. A touch answers and goes on; so does the digit that stands before it. */
function Options({ question, answers, act }: OptionsProps) {
  const { id, options } = question;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
      if (option !== undefined) act({ act: 'answer', answers: { [id]: option.score } });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [id, options, act]);
  return options.map((option, index) => (
    <button
      key={option.score}
      type="button"
      className={styles.option}
      aria-pressed={answers[id] === option.score}
      aria-keyshortcuts={String(index + 1)}
      onClick={() => act({ act: 'answer', answers: { [id]: option.score } })}
    >
      <span>{option.label}</span>
      <kbd aria-hidden className={styles.digit}>
        {index + 1}
      </kbd>
    </button>
  ));
}

type TypedProps = {
  readonly question: Question;
  readonly scale: Scale;
  readonly answers: Answers;
  readonly act: (act: AnsweringAct) => void;
  /** Whether each field needs its own name on the screen; alone, the heading is its name. */
  readonly named: boolean;
};

function Typed({ question, scale, answers, act, named }: TypedProps) {
  const text = useText();
  const { id } = question;
  const item = scale.items.find((one) => one.id === id);
  const answer = answers[id];
  if (question.kind === 'text') {
    return (
      <TextField
        label={question.text}
        value={typeof answer === 'string' ? answer : ''}
        onChange={(said) => act({ act: 'set', id, answer: said === '' ? undefined : said })}
        {...(item?.kind === 'text' && { maxLength: item.longest })}
      />
    );
  }
  if (question.kind !== 'number' || item?.kind !== 'number') return null;
  const said = typeof answer === 'number' ? answer : null;
  if (question.ends !== undefined) {
    const words =
      said === null ? text(messages.notAnswered) : text(messages.outOf, { n: said, of: item.most });
    return (
      <div>
        {!named && (
          <p aria-hidden className={styles.said}>
            {words}
          </p>
        )}
        <Slider
          label={question.text}
          hideLabel={!named}
          min={0}
          max={item.most}
          step={1}
          value={said}
          words={words}
          low={question.ends.low}
          high={question.ends.high}
          onChange={(value) => act({ act: 'set', id, answer: value })}
        />
      </div>
    );
  }
  return (
    <NumberField
      label={question.unit === undefined ? question.text : `${question.text} (${question.unit})`}
      value={said}
      most={item.most}
      fractions={item.fractions === true}
      onChange={(value) => act({ act: 'set', id, answer: value })}
    />
  );
}
