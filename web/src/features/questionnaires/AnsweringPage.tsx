import { type Answers, type InstrumentId, type Wording, scaleOf, score } from '@evenkeel/instruments';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft, Moment } from '../../session/contract.ts';
import { useQuestionnaires, useStanding } from '../../session/questionnaires-context.tsx';
import { type AnsweringDraft, answeringPath } from '../../session/questionnaires-contract.ts';
import { useDiary, useMoment } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Page } from '../../ui/Page.tsx';
import { answering, begin, beginChange, changesOf, stepsOf } from './answering.ts';
import { HelpCard } from './HelpCard.tsx';
import { messages } from './messages.ts';
import { useMoveOn } from './plan.ts';
import { ReviewView } from './ReviewView.tsx';
import type { SaveProblem } from './ReviewView.tsx';
import { StepView } from './StepView.tsx';
import { useWording } from './use-wording.ts';

type AnsweringPageProps = {
  readonly instrument: InstrumentId;
  /** The moment whose answers are changed; without one, they are new. */
  readonly entry: string | undefined;
};

/** Answering one questionnaire: a screen for each question, the answers to look at, and saving. */
export function AnsweringPage({ instrument, entry }: AnsweringPageProps) {
  const wording = useWording(instrument);
  const questionnaires = useQuestionnaires();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    void questionnaires.ready.then(() => setReady(true));
  }, [questionnaires]);
  const { draft } = useStanding(instrument);
  const moment = useMoment(entry ?? '');
  const text = useText();
  const [, go] = useLocation();
  if (wording === null || !isReady) {
    return (
      <Page title={text(messages.title)} onBack={() => go(`/questionnaires/${instrument}`)}>
        {null}
      </Page>
    );
  }
  if (entry === undefined) return <Asking wording={wording} draft={draft} />;
  const said = moment?.questionnaire;
  if (said?.instrument !== instrument || said.version !== scaleOf(instrument).version)
    return <Redirect to={`/entry/${entry}`} replace />;
  return (
    <Asking
      wording={wording}
      draft={questionnaires.begun(answeringPath(instrument, entry))}
      entry={entry}
      before={said.answers}
    />
  );
}

type AskingProps = {
  readonly wording: Wording;
  readonly draft: AnsweringDraft | null;
  readonly entry?: string;
  /** What the entry says. */
  readonly before?: Answers;
};

function Asking({ wording, draft, entry, before }: AskingProps) {
  const { id } = wording;
  const text = useText();
  const [, go] = useLocation();
  const diary = useDiary();
  const questionnaires = useQuestionnaires();
  const moveOn = useMoveOn();
  const scale = scaleOf(id);
  const steps = useMemo(() => stepsOf(wording), [wording]);
  /** As they were found: what another device changes meanwhile stays changed. */
  const [kept] = useState(before);
  const [now, act] = useReducer(answering(scale, steps.length), draft, (found) =>
    kept === undefined ? begin(found) : beginChange(kept, found, steps.length),
  );
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem | null>(null);
  /** The device had no room for the last answer: it is only on the screen. */
  const [refused, setRefused] = useState(false);
  const { at, answers, card } = now;
  const title = useFocusOnChange(`${at} ${card}`);

  const keepDraft = useCallback(
    (next: AnsweringDraft | null) => questionnaires.keepDraft(answeringPath(id, entry), next),
    [questionnaires, entry, id],
  );
  useKeptDraft(
    { at, answers },
    useCallback(
      (next) => {
        const said = kept === undefined ? next.answers : changesOf(kept, next.answers);
        keepDraft({ at: next.at, answers: said }).then(
          () => setRefused(false),
          () => setRefused(true),
        );
      },
      [keepDraft, kept],
    ),
  );

  const start = kept === undefined ? 0 : steps.length;
  const away = () => {
    if (entry === undefined) return go(`/questionnaires/${id}`);
    void keepDraft(null).catch(() => undefined);
    go(`/entry/${entry}`);
  };
  const saved = async () => {
    if (entry === undefined || kept === undefined) return diary.save(entryOf(wording, answers));
    const moment = diary.moment(entry);
    const changed = { ...moment?.questionnaire?.answers, ...changesOf(kept, answers) };
    return diary.edit(entry, entryOf(wording, changed, moment));
  };
  const save = async () => {
    setSaving(true);
    const outcome = await saved().finally(() => setSaving(false));
    if (!outcome.ok) {
      setProblem(outcome.reason);
      return;
    }
    await keepDraft(null).catch(() => undefined);
    if (entry !== undefined) return go(`/entry/${entry}`, { replace: true });
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
  const onBack = at === start && !card ? away : () => act({ act: 'back' });
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

/** The answers as an entry about now, or in the one that held them, with the total where there is one. */
function entryOf({ id, language }: Wording, answers: Answers, moment?: Moment): CheckInDraft {
  const scale = scaleOf(id);
  const scored = score(scale, answers);
  return {
    mood: {},
    values: [],
    surroundings: {},
    text: '',
    ...moment,
    about: { kind: 'now' },
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
  const kept = useRef(draft);
  useEffect(() => {
    if (kept.current.at === at && kept.current.answers === answers) return;
    kept.current = { at, answers };
    keep({ at, answers });
  }, [at, answers, keep]);
}
