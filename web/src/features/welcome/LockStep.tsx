import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Beginning, BeginOutcome, LockChoice } from '../../session/contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, InlineButton } from '../../ui/Button.tsx';
import { PasswordField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';
import { isEasyPin, judgePassphrase, shortestPassphrase, shortestPin } from './passphrase-strength.ts';
import type { PassphraseVerdict } from './passphrase-strength.ts';
import styles from './Welcome.module.css';
import { Step } from './WelcomeSteps.tsx';

type LockStepProps = {
  readonly device: 'phone' | 'computer';
  readonly phone: Beginning['phone'];
  /** Whether this device's own lock can open the diary. */
  readonly passkey: boolean;
  readonly proposeWords: () => Promise<readonly string[]>;
  readonly onBack: () => void;
  readonly onChoose: (lock: LockChoice) => void;
  readonly busy: boolean;
  readonly problem: Extract<BeginOutcome, { ok: false }>['reason'] | null;
};

type Kind = LockChoice['kind'];

const problems = {
  cancelled: messages.problemCancelled,
  'no-passkey': messages.problemNoPasskey,
  'no-storage': messages.problemNoStorage,
} satisfies Record<NonNullable<LockStepProps['problem']>, Message>;

const names: Readonly<Record<Kind, { readonly name: Message; readonly more: Message }>> = {
  passkey: { name: messages.passkey, more: messages.passkeyMore },
  words: { name: messages.words, more: messages.wordsMore },
  own: { name: messages.ownPhrase, more: messages.ownPhraseMore },
  pin: { name: messages.pin, more: messages.pinMore },
  none: { name: messages.none, more: messages.noneMore },
};

/** Five ways to open the diary, each with the plain truth about it. A shared phone is not offered “no lock”. */
export function LockStep({ device, phone, passkey, proposeWords, onBack, onChoose, busy, problem }: LockStepProps) {
  const text = useText();
  const [kind, setKind] = useState<Kind>('words');
  const [words, setWords] = useState<readonly string[]>([]);
  const [wroteDown, setWroteDown] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [pin, setPin] = useState('');

  useEffect(() => {
    void proposeWords().then(setWords);
  }, [proposeWords]);

  const kinds: readonly Kind[] = [
    ...(passkey ? (['passkey'] as const) : []),
    'words',
    'own',
    'pin',
    ...(phone === 'own' ? (['none'] as const) : []),
  ];
  const verdict = judgePassphrase(passphrase);
  const choice = choiceOf({ kind, words, wroteDown, passphrase, verdict, pin });

  const details: Readonly<Record<Kind, ReactNode>> = {
    passkey: <p className={styles.quiet}>{text(messages.passkeyTruth)}</p>,
    words: (
      <>
        <p className={styles.words} aria-label={text(messages.yourWords)} data-five-words>
          {words.map((word, index) => (
            <span key={`${index} ${word}`}>{word}</span>
          ))}
        </p>
        <p className={styles.quiet}>{text(messages.writeDown)}</p>
        <label className={styles.wrote}>
          <input type="checkbox" checked={wroteDown} onChange={(event) => setWroteDown(event.currentTarget.checked)} />
          {text(messages.wroteDown)}
        </label>
        <p>
          <InlineButton
            onClick={() => {
              setWroteDown(false);
              void proposeWords().then(setWords);
            }}
          >
            {text(messages.drawAgain)}
          </InlineButton>
        </p>
      </>
    ),
    own: (
      <>
        <PasswordField
          label={text(messages.phrase)}
          value={passphrase}
          onChange={setPassphrase}
          hint={text(messages.phraseHint)}
          autoComplete="new-password"
        />
        <Strength passphrase={passphrase} verdict={verdict} />
      </>
    ),
    pin: (
      <>
        <p className={styles.truth}>{text(messages.pinTruth, { device })}</p>
        <PasswordField
          digits
          label={text(messages.pinField)}
          value={pin}
          onChange={setPin}
          hint={text(messages.pinTries)}
          problem={pinProblem(pin) && text(pinProblem(pin) ?? messages.pinDigits)}
          autoComplete="new-password"
        />
      </>
    ),
    none: <p className={styles.truth}>{text(messages.noneTruth, { device })}</p>,
  };

  return (
    <Step n={4} onBack={onBack} title={text(messages.lock)}>
      <p className={styles.text}>{text(messages.lockMore)}</p>
      <fieldset className={styles.choices} aria-label={text(messages.lock)} disabled={busy}>
        {kinds.map((one) => (
          <div key={one} className={styles.choice}>
            <label className={styles.pick}>
              <input type="radio" name="lock" value={one} checked={kind === one} onChange={() => setKind(one)} />
              <span className={styles.name}>
                <b>{text(names[one].name, { device })}</b>
                <span>{text(names[one].more)}</span>
              </span>
            </label>
            {kind === one && <div className={styles.detail}>{details[one]}</div>}
          </div>
        ))}
      </fieldset>
      <div className={styles.push}>
        {problem && (
          <Banner tone="trouble" live>
            {text(problems[problem])}
          </Banner>
        )}
        <Button look="primary" wide disabled={choice === null || busy} onClick={() => choice && onChoose(choice)}>
          {text(busy ? messages.opening : messages.open)}
        </Button>
      </div>
    </Step>
  );
}

function Strength({ passphrase, verdict }: { readonly passphrase: string; readonly verdict: PassphraseVerdict }) {
  const text = useText();
  const said: Readonly<Record<PassphraseVerdict, Message>> = {
    'too-short': messages.phraseShort,
    'too-common': messages.phraseCommon,
    weak: messages.phraseWeak,
    good: messages.phraseGood,
    strong: messages.phraseStrong,
  };
  const level = { 'too-short': 0, 'too-common': 0, weak: 1, good: 2, strong: 3 }[verdict];
  const missing = Math.max(0, shortestPassphrase - [...passphrase.trim()].length);
  return (
    <div>
      <div className={styles.meter} aria-hidden>
        {[1, 2, 3].map((step) => (
          <span key={step} data-on={level >= step} />
        ))}
      </div>
      <p className={styles.quiet} role="status">
        {passphrase === '' ? '' : text(said[verdict], { n: missing })}
      </p>
    </div>
  );
}

type Filled = {
  readonly kind: Kind;
  readonly words: readonly string[];
  readonly wroteDown: boolean;
  readonly passphrase: string;
  readonly verdict: PassphraseVerdict;
  readonly pin: string;
};

/** The choice once it is complete, else null. */
function choiceOf({ kind, words, wroteDown, passphrase, verdict, pin }: Filled): LockChoice | null {
  switch (kind) {
    case 'passkey':
    case 'none':
      return { kind };
    case 'words':
      return wroteDown && words.length > 0 ? { kind, words } : null;
    case 'own':
      return verdict === 'too-short' || verdict === 'too-common' ? null : { kind, passphrase };
    case 'pin':
      return pin.length >= shortestPin && pinProblem(pin) === null ? { kind, pin } : null;
  }
}

function pinProblem(pin: string): Message | null {
  if (/\D/.test(pin)) return messages.pinDigits;
  return pin.length >= shortestPin && isEasyPin(pin) ? messages.pinEasy : null;
}
