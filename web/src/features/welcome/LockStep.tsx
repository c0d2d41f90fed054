import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Beginning, BeginOutcome, LockChoice } from '../../session/contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { LockChoiceForm } from '../../ui/lock/LockChoiceForm.tsx';
import { messages } from './messages.ts';
import styles from './Welcome.module.css';
import { Step } from './WelcomeSteps.tsx';

type LockStepProps = {
  readonly device: 'phone' | 'computer';
  readonly phone: Beginning['phone'];
  /** Whether this device's own lock can open the diary; null until that is known. */
  readonly passkey: boolean | null;
  readonly proposeWords: () => Promise<readonly string[]>;
  readonly onBack: () => void;
  readonly onChoose: (lock: LockChoice) => void;
  readonly busy: boolean;
  readonly problem: Extract<BeginOutcome, { ok: false }>['reason'] | null;
};

const problems = {
  cancelled: messages.problemCancelled,
  'no-passkey': messages.problemNoPasskey,
  'no-storage': messages.problemNoStorage,
} satisfies Record<NonNullable<LockStepProps['problem']>, Message>;

/** The ways to open the diary, each with the plain truth about it. A shared phone is not offered “no lock”. */
export function LockStep({
  device,
  phone,
  passkey,
  proposeWords,
  onBack,
  onChoose,
  busy,
  problem,
}: LockStepProps) {
  const text = useText();
  return (
    <Step n={4} onBack={onBack} title={text(messages.lock)}>
      <p className={styles.text}>{text(messages.lockMore)}</p>
      <LockChoiceForm
        device={device}
        passkey={passkey}
        none={phone === 'own'}
        proposeWords={proposeWords}
        busy={busy}
        submit={text(busy ? messages.opening : messages.open)}
        onChoose={onChoose}
        problem={
          problem && (
            <Banner tone="trouble" live>
              {text(problems[problem])}
            </Banner>
          )
        }
      />
    </Step>
  );
}
