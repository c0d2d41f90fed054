import { useLingui } from '@lingui/react';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { localDayOf } from '../../i18n/dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSharing } from '../../session/sharing-context.tsx';
import type {
  CategoryCount,
  ChangeKind,
  Contact,
  Share,
  ShareOutcome,
  SharePreview,
  SharingState,
  ShareTerms,
} from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { consentSentences, consentVersion } from './consent-text.ts';
import { messages } from './messages.ts';
import { PreviewStep } from './PreviewStep.tsx';
import { changeDraft, draftOf, newDraft, periodOf, termsOf } from './share-draft.ts';
import type { TermsProblem } from './share-draft.ts';
import { WhatStep } from './WhatStep.tsx';
import { WordsStep } from './WordsStep.tsx';

type Ready = Extract<SharingState, { status: 'ready' }>;

type ShareFlowPageProps = {
  readonly state: Ready;
  readonly contact: Contact;
  /** The share that is being changed; null for a new one. */
  readonly changing: Share | null;
};

type Step = 'words' | 'what' | 'preview' | 'done';
const stepNumber = { words: 2, what: 3, preview: 4, done: 4 } as const satisfies Record<Step, number>;

/** Steps 2 to 4 with one person: check words, what and when, see it as they will; then the keys are made. */
export function ShareFlowPage({ state, contact, changing }: ShareFlowPageProps) {
  const text = useText();
  const { i18n } = useLingui();
  const sharing = useSharing();
  const [, go] = useLocation();
  const [step, setStep] = useState<Step>(changing ? 'what' : 'words');
  const [draft, change] = useReducer(
    changeDraft,
    changing ? draftOf(changing.terms) : newDraft(state.personName),
  );
  const [tried, setTried] = useState<TermsProblem | null>(null);
  const [agreed, setAgreed] = useState<{ readonly terms: ShareTerms; readonly shownAt: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ShareOutcome | null>(null);
  const today = localDayOf(Date.now());
  const name = contact.name || text(messages.unnamed);
  const counts = useCounts(draft.from, draft.to, today);
  const preview = usePreview(agreed?.terms ?? null);
  useHeadingFocus(step);

  const toPreview = () => {
    const finished = termsOf(draft, today, Date.now());
    if (!finished.ok) {
      setTried(finished.reason);
      return;
    }
    setTried(null);
    setOutcome(null);
    setAgreed({ terms: finished.terms, shownAt: Date.now() });
    setStep('preview');
  };

  const sentences = useMemo(
    () => (agreed ? consentSentences(text, i18n, name, agreed.terms) : []),
    [agreed, text, i18n, name],
  );
  const kind = changing && agreed ? sharing.changeKind(changing.grant, agreed.terms) : null;

  const isHalfDone = outcome?.ok === false && outcome.reason === 'only-stopped';

  const agree = async () => {
    if (!agreed) return;
    const consent = {
      version: consentVersion,
      language: i18n.locale,
      text: sentences.join('\n'),
      shownAt: agreed.shownAt,
    };
    setBusy(true);
    const given = await (
      changing
        ? sharing.change(changing.grant, agreed.terms, consent)
        : sharing.share(contact.acct, agreed.terms, consent)
    ).finally(() => setBusy(false));
    setOutcome(given);
    if (given.ok) setStep('done');
  };

  const back = () => {
    if (step === 'preview') setStep('what');
    else if (step === 'what' && !changing && contact.words !== null) setStep('words');
    else go('/sharing');
  };

  const waits = outcome?.ok === true && outcome.reached === 'waiting';
  const note = step === 'done' || changing ? undefined : text(messages.step, { n: stepNumber[step] });
  const bar = { ...(note === undefined ? {} : { note }), ...(step === 'done' ? {} : { onBack: back }) };
  switch (step) {
    case 'words':
      return (
        <Page {...bar} question={text(messages.wordsTitle)}>
          <WordsStep
            contact={contact}
            onSame={() => {
              if (contact.checked.how === 'not-yet') void sharing.wordsMatch(contact.acct);
              setStep('what');
            }}
            onThrowAway={() => {
              void sharing.forget(contact.acct);
              go('/sharing');
            }}
          />
        </Page>
      );
    case 'what':
      return (
        <Page
          {...bar}
          question={text(messages.whatTitle, { name })}
          foot={
            <Button look="primary" wide onClick={toPreview}>
              {text(messages.seeIt)}
            </Button>
          }
        >
          <WhatStep
            draft={draft}
            onChange={change}
            counts={counts}
            today={today}
            firstDay={state.firstDay}
            problem={tried}
          />
        </Page>
      );
    case 'preview':
      return (
        <Page
          {...bar}
          question={text(messages.previewTitle, { name })}
          broad
          foot={
            <>
              {outcome && !outcome.ok && (
                <Banner tone="care" live>
                  {text(refusals[outcome.reason])}
                </Banner>
              )}
              <Button
                look="primary"
                wide
                disabled={busy || preview === null || kind === 'same' || isHalfDone}
                onClick={() => void agree()}
              >
                {busy
                  ? text(messages.sharing)
                  : changing
                    ? text(messages.changeYes)
                    : text(messages.shareYes, { name })}
              </Button>
            </>
          }
        >
          {agreed && (
            <PreviewStep
              terms={agreed.terms}
              preview={preview}
              today={today}
              consent={sentences}
              changing={kind === null ? null : text(changeMessages[kind])}
            />
          )}
        </Page>
      );
    case 'done':
      return (
        <Page question={text(waits ? messages.doneWaitingTitle : messages.doneTitle, { name })}>
          <p>{text(waits ? messages.doneWaiting : messages.doneText, { name })}</p>
          {waits && changing && <p>{text(messages.changeWaiting, { name })}</p>}
          <LinkButton href="/sharing" look="primary" wide>
            {text(messages.done)}
          </LinkButton>
        </Page>
      );
  }
}

const refusals = {
  offline: messages.shareOffline,
  'not-checked': messages.shareUnchecked,
  'nothing-chosen': messages.shareNothing,
  refused: messages.shareRefused,
  'only-stopped': messages.onlyStopped,
} satisfies Record<Extract<ShareOutcome, { ok: false }>['reason'], Message>;

const changeMessages = {
  same: messages.changeSame,
  wider: messages.changeWider,
  narrower: messages.changeNarrower,
  other: messages.changeOther,
} satisfies Record<ChangeKind, Message>;

/** Entries in the chosen days, by kind; null while they are counted. */
function useCounts(
  ...[from, to, today]: readonly [
    Parameters<typeof periodOf>[0]['from'],
    Parameters<typeof periodOf>[0]['to'],
    string,
  ]
) {
  const sharing = useSharing();
  const [counts, setCounts] = useState<readonly CategoryCount[] | null>(null);
  const days = useMemo(() => periodOf({ from, to }, today), [from, to, today]);
  useEffect(() => {
    let gone = false;
    if (!days.ok) return;
    void sharing.count(days.period).then((found) => {
      if (!gone) setCounts(found);
    });
    return () => {
      gone = true;
    };
  }, [sharing, days]);
  return counts;
}

function usePreview(terms: ShareTerms | null): SharePreview | null {
  const sharing = useSharing();
  const [drawn, setDrawn] = useState<{ readonly of: ShareTerms; readonly preview: SharePreview } | null>(
    null,
  );
  const draw = useCallback(
    async (of: ShareTerms) => ({ of, preview: await sharing.preview(of.scope) }),
    [sharing],
  );
  useEffect(() => {
    if (!terms) return;
    let gone = false;
    void draw(terms).then((made) => {
      if (!gone) setDrawn(made);
    });
    return () => {
      gone = true;
    };
  }, [draw, terms]);
  return terms !== null && drawn?.of === terms ? drawn.preview : null;
}

/** Each step is a new place: it begins at its top, and its heading is read. */
function useHeadingFocus(step: Step): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-title]')?.focus({ preventScroll: true });
  }, [step]);
}
