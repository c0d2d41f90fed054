import Copy from 'lucide-react/icons/copy';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useArrival } from '../../session/me-context.tsx';
import type { LinkArrival, StartLinkOutcome } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { minutesAndSeconds } from '../../ui/countdown.ts';
import { Page, PagePart } from '../../ui/Page.tsx';
import { Qr } from '../../ui/Qr.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { messages } from './arrival-messages.ts';
import { ArrivalLock } from './ArrivalLock.tsx';
import { inGroups } from './link-code.ts';
import styles from './Me.module.css';

type LinkProblem = Extract<StartLinkOutcome | LinkArrival, { ok: false }>['reason'];
type Shown = Extract<StartLinkOutcome, { ok: true }>;

type Step =
  | { readonly at: 'starting' }
  | { readonly at: 'showing'; readonly shown: Shown }
  | { readonly at: 'compare'; readonly words: readonly string[]; readonly entries: number }
  | { readonly at: 'lock' }
  | { readonly at: 'dropped' }
  | { readonly at: 'failed'; readonly reason: LinkProblem };

const problems = {
  offline: messages.linkOffline,
  'no-server-here': messages.linkNoServer,
  expired: messages.linkExpired,
  tampered: messages.linkTampered,
  stopped: messages.linkStopped,
} satisfies Record<LinkProblem, Message>;

/** The new device's side: shows a code, waits, compares four words, and stores nothing until they are the same. */
export function LinkArrivalPage() {
  const text = useText();
  const arrival = useArrival();
  const [, go] = useLocation();
  const [step, setStep] = useState<Step>({ at: 'starting' });

  const start = useCallback(
    async (isWanted: () => boolean) => {
      setStep({ at: 'starting' });
      const shown = await arrival.startLink();
      if (!isWanted()) return;
      if (!shown.ok) {
        setStep({ at: 'failed', reason: shown.reason });
        return;
      }
      setStep({ at: 'showing', shown });
      const came = await arrival.awaitLink();
      if (!isWanted()) return;
      setStep(
        came.ok
          ? { at: 'compare', words: came.words, entries: came.entries }
          : { at: 'failed', reason: came.reason },
      );
    },
    [arrival],
  );
  // Counts the tries: a new code is a new run, and leaving ends it.
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    void start(() => !gone);
    return () => {
      gone = true;
    };
  }, [start, tries]);

  const leave = () => {
    arrival.dropLink();
    go('/restore');
  };
  switch (step.at) {
    case 'starting':
      return (
        <Page lone onBack={leave} question={text(messages.linkTitle)}>
          <p role="status">{text(messages.linkStarting)}</p>
        </Page>
      );
    case 'showing':
      return (
        <Page lone onBack={leave} question={text(messages.linkTitle)}>
          <p>{text(messages.linkText)}</p>
          <ShownCode shown={step.shown} />
        </Page>
      );
    case 'compare':
      return (
        <Page lone onBack={leave} question={text(messages.wordsTitle)}>
          <p>{text(messages.wordsText)}</p>
          <Card>
            <div className={styles.stack}>
              <WordGrid words={step.words} label={text(messages.fourWords)} large />
              <p className={styles.countdown}>{text(messages.entries, { n: step.entries })}</p>
            </div>
          </Card>
          <Button look="primary" wide onClick={() => setStep({ at: 'lock' })}>
            {text(messages.same)}
          </Button>
          <Button
            look="line"
            wide
            onClick={() => {
              arrival.dropLink();
              setStep({ at: 'dropped' });
            }}
          >
            {text(messages.notSame)}
          </Button>
        </Page>
      );
    case 'lock':
      return <ArrivalLock arrive={arrival.acceptLink} onBack={leave} />;
    case 'dropped':
      return (
        <Page lone onBack={leave} question={text(messages.droppedTitle)}>
          <p>{text(messages.droppedText)}</p>
          <Button look="primary" wide onClick={() => setTries(tries + 1)}>
            {text(messages.linkAgain)}
          </Button>
        </Page>
      );
    case 'failed':
      return (
        <Page lone onBack={leave} question={text(messages.linkTitle)}>
          <Banner tone="care" live>
            {text(problems[step.reason])}
          </Banner>
          <Button look="primary" wide onClick={() => setTries(tries + 1)}>
            {text(messages.linkAgain)}
          </Button>
        </Page>
      );
  }
}

function ShownCode({ shown }: { readonly shown: Shown }) {
  const text = useText();
  const [now, setNow] = useState(() => Date.now());
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, []);
  return (
    <>
      <Card>
        <Qr value={shown.link} label={text(messages.linkQr)} />
        <p className={styles.countdown} role="timer">
          {text(messages.linkGood, minutesAndSeconds(shown.expires - now))}
        </p>
      </Card>
      <p role="status">{text(messages.linkWaiting)}</p>
      <PagePart title={text(messages.linkCode)}>
        <p className={styles.code} translate="no" data-link-code>
          {inGroups(shown.code)}
        </p>
        <Button
          look="line"
          wide
          icon={<Copy aria-hidden />}
          onClick={() => {
            void navigator.clipboard.writeText(shown.link).then(() => setCopied(true));
          }}
        >
          {text(messages.linkCopy)}
        </Button>
        <p className={styles.quiet} role="status">
          {copied ? text(messages.linkCopied) : ''}
        </p>
      </PagePart>
    </>
  );
}
