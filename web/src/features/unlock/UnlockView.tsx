import Fingerprint from 'lucide-react/icons/fingerprint-pattern';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Message } from '../../i18n/define-messages.ts';
import { Rich } from '../../i18n/Rich.tsx';
import { useText } from '../../i18n/use-text.ts';
import type { SessionState, UnlockTry } from '../../session/contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { PasswordField } from '../../ui/TextField.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { messages } from './messages.ts';
import type { UnlockProblem } from './UnlockPage.tsx';
import styles from './Unlock.module.css';

type UnlockViewProps = {
  readonly state: Extract<SessionState, { status: 'locked' }>;
  readonly device: 'phone' | 'computer';
  /** Whether something can be written without opening. */
  readonly quickEntry: boolean;
  readonly busy: boolean;
  readonly problem: { readonly method: UnlockTry['method']; readonly reason: UnlockProblem } | null;
  readonly onTry: (attempt: UnlockTry) => void;
};

export function UnlockView({ state, device, quickEntry, busy, problem, onTry }: UnlockViewProps) {
  const text = useText();
  const { methods, pinTriesLeft } = state;
  const passphrase = methods.find((method) => method === 'words' || method === 'own');
  const wrong = (method: UnlockTry['method']) =>
    problem?.method === method && problem.reason === 'wrong' ? text(wrongMessages[method]) : null;
  const general = problem && generalMessageOf(problem);
  const removed = state.pinWasRemoved && general === null ? messages.pinRemoved : null;

  return (
    <main className={styles.screen}>
      <TopBar />
      <div className={styles.middle}>
        <h1 tabIndex={-1} data-screen-title>
          {text(messages.title)}
        </h1>
        {(general ?? removed) && (
          <Banner tone="care" live>
            {text(general ?? removed ?? messages.cancelled)}
          </Banner>
        )}
        {methods.includes('pin') && (
          <SecretForm
            digits
            label={text(messages.pin)}
            busy={busy}
            problem={wrong('pin')}
            hint={
              pinTriesLeft !== null && pinTriesLeft < 10
                ? text(messages.triesLeft, { n: pinTriesLeft })
                : undefined
            }
            onSubmit={(pin) => onTry({ method: 'pin', pin })}
          />
        )}
        {passphrase && (
          <SecretForm
            label={text(passphrase === 'words' ? messages.words : messages.own)}
            busy={busy}
            problem={wrong(passphrase)}
            onSubmit={(typed) => onTry({ method: passphrase, passphrase: typed })}
          />
        )}
        {methods.includes('passkey') && (
          <Button
            look={methods.length === 1 ? 'primary' : 'quiet'}
            wide
            icon={<Fingerprint aria-hidden />}
            disabled={busy}
            onClick={() => onTry({ method: 'passkey' })}
          >
            {text(messages.passkey, { device })}
          </Button>
        )}
      </div>
      {quickEntry && (
        <LinkButton href="/quick" wide icon={<Pencil aria-hidden />}>
          {text(messages.quickEntry)}
        </LinkButton>
      )}
      <p className={styles.kit}>
        <Rich of={messages.kit} parts={[<Link key="kit" href="/restore" />]} />
      </p>
    </main>
  );
}

const wrongMessages: Readonly<Record<UnlockTry['method'], Message>> = {
  words: messages.wrongWords,
  own: messages.wrongOwn,
  pin: messages.wrongPin,
  passkey: messages.noPasskey,
};

const generalMessages = {
  'pin-removed': messages.pinRemoved,
  cancelled: messages.cancelled,
  'no-passkey': messages.noPasskey,
  tampered: messages.tampered,
  'newer-app-needed': messages.newerApp,
} satisfies Record<Exclude<UnlockProblem, 'wrong'>, Message>;

/** What is said above the ways in; what belongs to one field stands under that field. */
function generalMessageOf({ method, reason }: NonNullable<UnlockViewProps['problem']>): Message | null {
  if (reason !== 'wrong') return generalMessages[reason];
  return method === 'passkey' ? wrongMessages.passkey : null;
}

type SecretFormProps = {
  readonly label: string;
  readonly digits?: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly hint?: string | undefined;
  readonly onSubmit: (secret: string) => void;
};

function SecretForm({ label, digits = false, busy, problem, hint, onSubmit }: SecretFormProps) {
  const text = useText();
  const [secret, setSecret] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (secret !== '' && !busy) onSubmit(secret);
      }}
    >
      <PasswordField
        label={label}
        quietLabel
        digits={digits}
        value={secret}
        onChange={setSecret}
        problem={problem}
        {...(hint !== undefined && { hint })}
        autoComplete="current-password"
      />
      <Button look="primary" wide type="submit" disabled={busy || secret === ''}>
        {text(busy ? messages.opening : messages.open)}
      </Button>
    </form>
  );
}
