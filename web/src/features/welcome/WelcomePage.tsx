import { useEffect, useRef, useState } from 'react';
import { useDeviceWord } from '../../platform/media.ts';
import { useSession } from '../../session/session-context.tsx';
import { useCanUsePasskey } from '../../session/use-can-use-passkey.ts';
import type { Beginning, BeginOutcome } from '../../session/contract.ts';
import { LockStep } from './LockStep.tsx';
import { PhoneStep, WhatStep, WhoStep } from './WelcomeSteps.tsx';

type Step = 'what' | 'who' | 'phone' | 'lock';
const before: Readonly<Record<Step, Step>> = { what: 'what', who: 'what', phone: 'who', lock: 'phone' };

/** The first run: four short screens, then the sea. Nothing is asked that could wait. */
export function WelcomePage() {
  const session = useSession();
  const device = useDeviceWord();
  const [step, setStep] = useState<Step>('what');
  const [phone, setPhone] = useState<Beginning['phone']>('own');
  const passkey = useCanUsePasskey();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Extract<BeginOutcome, { ok: false }>['reason'] | null>(null);
  useHeadingFocus(step);

  const begin = async (lock: Beginning['lock']) => {
    setBusy(true);
    setProblem(null);
    const outcome = await session.begin({ lock, phone }).finally(() => setBusy(false));
    if (!outcome.ok) setProblem(outcome.reason);
  };

  switch (step) {
    case 'what':
      return <WhatStep device={device} onStart={() => setStep('who')} />;
    case 'who':
      return <WhoStep onBack={() => setStep(before.who)} onNext={() => setStep('phone')} />;
    case 'phone':
      return (
        <PhoneStep
          device={device}
          onBack={() => setStep(before.phone)}
          onChoose={(chosen) => {
            setPhone(chosen);
            setStep('lock');
          }}
        />
      );
    case 'lock':
      return (
        <LockStep
          device={device}
          phone={phone}
          passkey={passkey}
          proposeWords={session.proposeWords}
          onBack={() => setStep(before.lock)}
          onChoose={(lock) => void begin(lock)}
          busy={busy}
          problem={problem}
        />
      );
  }
}

/** Each new step is a new place: its heading takes the focus, so that it is read. */
function useHeadingFocus(step: Step): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    document.querySelector<HTMLElement>('[data-screen-title]')?.focus();
  }, [step]);
}
