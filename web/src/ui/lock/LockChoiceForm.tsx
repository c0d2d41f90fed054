import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, InlineButton } from '../Button.tsx';
import { PasswordField } from '../TextField.tsx';
import styles from './LockChoiceForm.module.css';
import { messages } from './messages.ts';
import { isEasyPin, judgePassphrase, shortestPassphrase, shortestPin } from './passphrase-strength.ts';
import type { PassphraseVerdict } from './passphrase-strength.ts';

/** A finished choice of what opens this device. */
export type ChosenLock =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'own'; readonly passphrase: string }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'none' };

type Kind = ChosenLock['kind'];

type LockChoiceFormProps = {
  readonly device: 'phone' | 'computer';
  /** Whether this device's own lock can open it. Null until that is known: a way more must not push the others down. */
  readonly passkey: boolean | null;
  /** Whether “no lock” is offered; not where others use the device, nor where other people's records lie. */
  readonly none: boolean;
  readonly proposeWords: () => Promise<readonly string[]>;
  readonly busy: boolean;
  readonly submit: string;
  /** Why the last try did not work. */
  readonly problem?: ReactNode;
  readonly onChoose: (lock: ChosenLock) => void;
};

const names: Readonly<Record<Kind, { readonly name: Message; readonly more: Message }>> = {
  passkey: { name: messages.passkey, more: messages.passkeyMore },
  words: { name: messages.words, more: messages.wordsMore },
  own: { name: messages.own, more: messages.ownMore },
  pin: { name: messages.pin, more: messages.pinMore },
  none: { name: messages.none, more: messages.noneMore },
};

/** The ways to lock a device, each with the plain truth about it. */
export function LockChoiceForm({
  device,
  passkey,
  none,
  proposeWords,
  busy,
  submit,
  problem,
  onChoose,
}: LockChoiceFormProps) {
  const text = useText();
  const group = useId();
  const kinds: readonly Kind[] = [
    ...(passkey ? (['passkey'] as const) : []),
    'words',
    'own',
    'pin',
    ...(none ? (['none'] as const) : []),
  ];
  const [picked, setKind] = useState<Kind>('words');
  // What is not offered any more (the device became a shared one meanwhile) is not chosen either.
  const kind = kinds.includes(picked) ? picked : 'words';
  const [words, setWords] = useState<readonly string[]>([]);
  const [wroteDown, setWroteDown] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [pin, setPin] = useState('');
  useEffect(() => {
    void proposeWords().then(setWords);
  }, [proposeWords]);

  const verdict = judgePassphrase(passphrase);
  const choice = choiceOf({ kind, words, wroteDown, passphrase, verdict, pin });
  const drawAgain = () => {
    setWroteDown(false);
    void proposeWords().then(setWords);
  };
  const details: Readonly<Record<Kind, ReactNode>> = {
    passkey: <p className={styles.quiet}>{text(messages.passkeyTruth)}</p>,
    words: (
      <FiveWords words={words} wroteDown={wroteDown} onWroteDown={setWroteDown} onDrawAgain={drawAgain} />
    ),
    own: <OwnPhrase passphrase={passphrase} verdict={verdict} onChange={setPassphrase} />,
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

  if (passkey === null) return null;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (choice !== null) onChoose(choice);
      }}
    >
      <fieldset className={styles.choices} aria-label={text(messages.choose)} disabled={busy}>
        {kinds.map((one) => (
          <div key={one} className={styles.choice}>
            <label className={styles.pick}>
              <input
                type="radio"
                name={group}
                value={one}
                checked={kind === one}
                onChange={() => setKind(one)}
              />
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
        {problem}
        <Button look="primary" wide type="submit" disabled={choice === null || busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

type FiveWordsProps = {
  readonly words: readonly string[];
  readonly wroteDown: boolean;
  readonly onWroteDown: (wroteDown: boolean) => void;
  readonly onDrawAgain: () => void;
};

function FiveWords({ words, wroteDown, onWroteDown, onDrawAgain }: FiveWordsProps) {
  const text = useText();
  return (
    <>
      <p className={styles.words} role="group" aria-label={text(messages.yourWords)} data-five-words>
        {words.map((word, index) => (
          <span key={`${index} ${word}`} translate="no">
            {word}
          </span>
        ))}
      </p>
      <p className={styles.quiet}>{text(messages.writeDown)}</p>
      <label className={styles.wrote}>
        <input
          type="checkbox"
          checked={wroteDown}
          onChange={(event) => onWroteDown(event.currentTarget.checked)}
        />
        {text(messages.wroteDown)}
      </label>
      <p>
        <InlineButton onClick={onDrawAgain}>{text(messages.drawAgain)}</InlineButton>
      </p>
    </>
  );
}

type OwnPhraseProps = {
  readonly passphrase: string;
  readonly verdict: PassphraseVerdict;
  readonly onChange: (passphrase: string) => void;
};

const said: Readonly<Record<PassphraseVerdict, Message>> = {
  'too-short': messages.phraseShort,
  'too-common': messages.phraseCommon,
  weak: messages.phraseWeak,
  good: messages.phraseGood,
  strong: messages.phraseStrong,
};
const levels: Readonly<Record<PassphraseVerdict, number>> = {
  'too-short': 0,
  'too-common': 0,
  weak: 1,
  good: 2,
  strong: 3,
};

function OwnPhrase({ passphrase, verdict, onChange }: OwnPhraseProps) {
  const text = useText();
  const missing = Math.max(0, shortestPassphrase - [...passphrase.trim()].length);
  return (
    <>
      <PasswordField
        label={text(messages.phrase)}
        value={passphrase}
        onChange={onChange}
        hint={text(messages.phraseHint)}
        autoComplete="new-password"
      />
      <div>
        <div className={styles.meter} aria-hidden>
          {[1, 2, 3].map((step) => (
            <span key={step} data-on={levels[verdict] >= step} />
          ))}
        </div>
        <p className={styles.quiet} role="status">
          {passphrase === '' ? '' : text(said[verdict], { n: missing })}
        </p>
      </div>
    </>
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
function choiceOf({ kind, words, wroteDown, passphrase, verdict, pin }: Filled): ChosenLock | null {
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
