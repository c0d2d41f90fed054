import { type Answers, type InstrumentId, type Wording, scaleOf, score } from '@evenkeel/instruments';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { useQuestionnaires, useStanding } from '../../session/questionnaires-context.tsx';
import type { AnsweringDraft } from '../../session/questionnaires-contract.ts';
import { useDiary } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Page } from '../../ui/Page.tsx';
import { answering, begin, stepsOf } from './answering.ts';
import { HelpCard } from './HelpCard.tsx';
import { messages } from './messages.ts';
import { useMoveOn } from './plan.ts';
import { ReviewView } from './ReviewView.tsx';
import type { SaveProblem } from './ReviewView.tsx';
import { StepView } from './StepView.tsx';
import { useWording } from './use-wording.ts';

/** Answering one questionnaire: a screen for each question, the answers to look at, and saving. */
export function AnsweringPage({ instrument }: { readonly instrument: InstrumentId }) {
  const wording = useWording(instrument);
  const questionnaires = useQuestionnaires();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    void questionnaires.ready.then(() => setReady(true));
  }, [questionnaires]);
  const { draft } = useStanding(instrument);
  const text = useText();
  const [, go] = useLocation();
  if (wording === null || !isReady) {
    return (
      <Page title={text(messages.title)} onBack={() => go(`/questionnaires/${instrument}`)}>
        {null}
      </Page>
    );
  }
  return <Asking wording={wording} draft={draft} />;
}

function Asking({ wording, draft }: { readonly wording: Wording; readonly draft: AnsweringDraft | null }) {
  const { id } = wording;
  const text = useText();
  const [, go] = useLocation();
  const diary = useDiary();
  const questionnaires = useQuestionnaires();
  const moveOn = useMoveOn();
  const scale = scaleOf(id);
  const steps = useMemo(() => stepsOf(wording), [wording]);
  const [now, act] = useReducer(answering(scale, steps.length), draft, begin);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem | null>(null);
  /** The device had no room for the last answer: it is only on the screen. */
  const [refused, setRefused] = useState(false);
  const { at, answers, card } = now;
  const title = useFocusOnChange(`${at} ${card}`);

  useKeptDraft(
    { at, answers },
    useCallback(
      (kept) => {
        questionnaires.keepDraft(id, kept).then(
          () => setRefused(false),
          () => setRefused(true),
        );
      },
      [questionnaires, id],
    ),
  );

  const away = () => go(`/questionnaires/${id}`);
  const save = async () => {
    setSaving(true);
    const outcome = await diary.save(entryOf(wording, answers)).finally(() => setSaving(false));
    if (!outcome.ok) {
      setProblem(outcome.reason);
      return;
    }
    await questionnaires.keepDraft(id, null).catch(() => undefined);
    await moveOn(id);
    go(`/questionnaires/${id}`, { replace: true, state: { saved: outcome.id } });
  };

  const step = steps[at];
  const [first] = steps;
  const question = step?.questions[0];
  const note = text(messages.step, {
    title: wording.title,
    n: Math.min(at + 1, steps.length),
    of: steps.length,
  });
  const onBack = at === 0 && !card ? away : () => act({ act: 'back' });
  if (card) {
    return (
      <Page note={note} onBack={onBack}>
        <HelpCard headingRef={title} last={at >= steps.length} onGoOn={() => act({ act: 'next' })} />
      </Page>
    );
  }
  if (step === undefined || question === undefined || first === undefined) {
    return (
      <ReviewView
        headingRef={title}
        wording={wording}
        steps={steps}
        answers={answers}
        onBack={onBack}
        onChange={(changed) => act({ act: 'change', step: changed })}
        onSave={() => void save()}
        saving={saving}
        problem={problem}
      />
    );
  }
  return (
    <Page note={note} onBack={onBack}>
      {refused && (
        <Banner tone="trouble" live>
          {text(messages.draftNotKept)}
        </Banner>
      )}
      <StepView
        key={at}
        headingRef={title}
        wording={wording}
        scale={scale}
        step={step}
        at={at}
        of={steps.length}
        answers={answers}
        act={act}
      />
    </Page>
  );
}

/** The answers as an entry about now, with the total where there is one. */
function entryOf({ id, language }: Wording, answers: Answers): CheckInDraft {
  const scale = scaleOf(id);
  const scored = score(scale, answers);
  return {
    about: { kind: 'now' },
    mood: {},
    values: [],
    surroundings: {},
    text: '',
    questionnaire: {
      instrument: id,
      version: scale.version,
      language,
      answers,
      total: scored.ok ? scored.total : null,
    },
  };
}

/** Each new screen begins at its heading, for those who hear it; not the first one, which the page announces. */
function useFocusOnChange(screen: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [screen]);
  return heading;
}

/** Keeps each new state sealed at once: a lock, a closed page or an empty battery lose nothing. */
function useKeptDraft(draft: AnsweringDraft, keep: (draft: AnsweringDraft) => void): void {
  const { at, answers } = draft;
  const kept = useRef(answers);
  useEffect(() => {
    if (at === 0 && kept.current === answers) return;
    kept.current = answers;
    keep({ at, answers });
  }, [at, answers, keep]);
}
