import { useLingui } from '@lingui/react';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { dateOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { useArrival } from '../../session/me-context.tsx';
import type {
  BackupSecret,
  KitWordsRead,
  OpenBackupOutcome,
  ReadBackupFile,
} from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { PasswordField, TextArea } from '../../ui/TextField.tsx';
import { ArrivalLock } from './ArrivalLock.tsx';
import { wordsProblemOf } from './arrival-words.ts';
import { messages } from './backup-messages.ts';
import { backupFaults } from './backup-words.ts';
import { ChooseFile } from './ChooseFile.tsx';
import styles from './Me.module.css';

type Chosen = Extract<ReadBackupFile, { ok: true }>;
type Found = Extract<OpenBackupOutcome, { ok: true }>;

const fileProblems = {
  ...backupFaults,
  'other-diary': messages.otherDiary,
  'no-file': messages.noFile,
} satisfies Record<Extract<ReadBackupFile, { ok: false }>['reason'], Message>;

type OpenReason = Extract<OpenBackupOutcome, { ok: false }>['reason'];
const openProblems = {
  damaged: messages.damaged,
  'newer-app-needed': messages.newerApp,
  'no-room': messages.roomGone,
  'no-storage': messages.noStorage,
} satisfies Record<Exclude<OpenReason, 'wrong-secret'>, Message>;
const wrong = {
  recovery: messages.wrongWords,
  passphrase: messages.wrongPassphrase,
} satisfies Record<BackupSecret['way'], Message>;

/** A backup file, what opens it, and a lock: the whole diary, with no network. */
export function RestoreFilePage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const arrival = useArrival();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [reading, setReading] = useState(false);
  const [problem, setProblem] = useState<Message | null>(null);

  const read = async (file: File) => {
    setProblem(null);
    setReading(true);
    const outcome = await arrival.readBackupFile(file).finally(() => setReading(false));
    if (outcome.ok) setChosen(outcome);
    else setProblem(fileProblems[outcome.reason]);
  };
  const leave = () => {
    void arrival.dropBackup();
    onBack();
  };

  if (found) {
    return (
      <ArrivalLock
        arrive={arrival.settleBackup}
        onBack={leave}
        found={<Banner tone={isWhole(found) ? 'calm' : 'care'}>{foundWords(text, found)}</Banner>}
      />
    );
  }
  return (
    <Page lone onBack={leave} question={text(messages.restoreTitle)}>
      {chosen === null ? (
        <>
          <p>{text(messages.restoreText)}</p>
          {problem && (
            <Banner tone="care" live>
              {text(problem)}
            </Banner>
          )}
          <ChooseFile
            label={text(reading ? messages.restoreReading : messages.backFile)}
            accept=".ekb,application/octet-stream"
            busy={reading}
            onFile={(file) => void read(file)}
          />
        </>
      ) : (
        <>
          <p>{text(messages.restoreMade, { date: dateOf(i18n, chosen.madeAt) })}</p>
          <OpenIt chosen={chosen} onFound={setFound} />
          <Button look="plain" wide onClick={() => setChosen(null)}>
            {text(messages.anotherFile)}
          </Button>
        </>
      )}
    </Page>
  );
}

/** The words or the passphrase: whichever the file was made with, and a way from one to the other. */
function OpenIt({ chosen, onFound }: { readonly chosen: Chosen; readonly onFound: (found: Found) => void }) {
  const text = useText();
  const arrival = useArrival();
  const [way, setWay] = useState<BackupSecret['way']>(
    chosen.opensWith.includes('recovery') ? 'recovery' : 'passphrase',
  );
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const [typedProblem, setTypedProblem] = useState<string | null>(null);
  const [problem, setProblem] = useState<Message | null>(null);

  const open = async () => {
    setProblem(null);
    setTypedProblem(null);
    if (way === 'recovery') {
      const read: KitWordsRead = await arrival.readKitWords(typed);
      if (!read.ok) return setTypedProblem(wordsProblemOf(text, read));
    }
    setBusy(true);
    const secret: BackupSecret = way === 'recovery' ? { way, words: typed } : { way, passphrase: typed };
    const outcome = await arrival.openBackup(secret, setProgress).finally(() => {
      setBusy(false);
      setProgress(null);
    });
    if (outcome.ok) return onFound(outcome);
    if (outcome.reason === 'wrong-secret') return setTypedProblem(text(wrong[way]));
    return setProblem(openProblems[outcome.reason]);
  };
  const other = way === 'recovery' ? 'passphrase' : 'recovery';
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      {way === 'recovery' ? (
        <TextArea
          label={text(messages.restoreWords)}
          hint={text(messages.restoreWordsHint)}
          rows={5}
          value={typed}
          onChange={setTyped}
          problem={typedProblem}
        />
      ) : (
        <PasswordField
          label={text(messages.restorePassphrase)}
          hint={text(messages.restorePassphraseHint)}
          value={typed}
          onChange={setTyped}
          problem={typedProblem}
        />
      )}
      {problem && (
        <Banner tone="trouble" live>
          {text(problem)}
        </Banner>
      )}
      {busy && (
        <Progress
          label={text(messages.opening)}
          done={progress === null || progress.of === 0 ? null : progress.done / progress.of}
        />
      )}
      <Button look="primary" wide type="submit" disabled={busy || typed.trim() === ''}>
        {text(messages.openIt)}
      </Button>
      {chosen.opensWith.includes(other) && (
        <Button
          look="plain"
          wide
          disabled={busy}
          onClick={() => {
            setWay(other);
            setTyped('');
            setTypedProblem(null);
          }}
        >
          {text(other === 'recovery' ? messages.useWords : messages.usePassphrase)}
        </Button>
      )}
    </form>
  );
}

function isWhole(found: Found): boolean {
  return 'alreadyHere' in found || found.unreadable === 0;
}

function foundWords(text: Text, found: Found): string {
  if ('alreadyHere' in found) return text(messages.alreadyHere);
  const entries = text(messages.found, { n: found.entries });
  return found.unreadable === 0
    ? entries
    : `${entries} ${text(messages.foundUnreadable, { n: found.unreadable })}`;
}
