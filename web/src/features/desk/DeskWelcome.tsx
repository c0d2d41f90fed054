import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import type { BeginOutcome, LockChoice } from '../../session/contract.ts';
import { useSession } from '../../session/session-context.tsx';
import { useCanUsePasskey } from '../../session/use-can-use-passkey.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { LockChoiceForm } from '../../ui/lock/LockChoiceForm.tsx';
import { Page } from '../../ui/Page.tsx';
import { messages } from './messages.ts';

type BeginProblem = Extract<BeginOutcome, { ok: false }>['reason'];

const problems = {
  cancelled: messages.beginCancelled,
  'no-passkey': messages.beginNoPasskey,
  'no-storage': messages.beginNoStorage,
} satisfies Record<BeginProblem, Message>;

/** A clinician's first run, before any keys: what this is, and a lock for this computer. */
export function DeskWelcome() {
  const text = useText();
  const session = useSession();
  const device = useDeviceWord();
  const [step, setStep] = useState<'what' | 'lock'>('what');
  const passkey = useCanUsePasskey();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<BeginProblem | null>(null);

  const begin = async (lock: LockChoice) => {
    setBusy(true);
    setProblem(null);
    const outcome = await session.begin({ lock, phone: 'own' }).finally(() => setBusy(false));
    if (!outcome.ok) setProblem(outcome.reason);
  };

  if (step === 'what') {
    return (
      <Page
        lone
        note={text(messages.name)}
        question={text(messages.welcomeTitle)}
        foot={
          <>
            <Button look="primary" wide onClick={() => setStep('lock')}>
              {text(messages.welcomeStart)}
            </Button>
            <LinkButton href="/" look="plain" wide>
              {text(messages.welcomePerson)}
            </LinkButton>
          </>
        }
      >
        <p>{text(messages.welcomeText)}</p>
        <p>{text(messages.welcomeWatch)}</p>
        <p>{text(messages.welcomeKeys)}</p>
      </Page>
    );
  }
  return (
    <Page lone onBack={() => setStep('what')} question={text(messages.welcomeLock)}>
      <p>{text(messages.welcomeLockText)}</p>
      <LockChoiceForm
        device={device}
        passkey={passkey}
        // Other people's records lie here.
        none={false}
        proposeWords={session.proposeWords}
        busy={busy}
        submit={text(busy ? messages.welcomeMaking : messages.welcomeMake)}
        onChoose={(lock) => void begin(lock)}
        problem={
          problem && (
            <Banner tone="trouble" live>
              {text(problems[problem])}
            </Banner>
          )
        }
      />
    </Page>
  );
}
