import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { CameraView } from '../../platform/camera/CameraView.tsx';
import type { CameraProblem } from '../../platform/camera/camera.ts';
import { problemMessages } from '../../platform/camera/messages.ts';
import { useArrival } from '../../session/me-context.tsx';
import type { FindDiaryOutcome } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { messages } from './arrival-messages.ts';
import { wordsProblemOf } from './arrival-words.ts';
import { ArrivalLock } from './ArrivalLock.tsx';
import styles from './Me.module.css';

const findMessages = {
  'not-found': messages.notFound,
  offline: messages.offline,
  'no-server-here': messages.noServerHere,
  'other-server': messages.otherServer,
  'behind-kit': messages.behindKit,
  tampered: messages.tampered,
  'newer-app-needed': messages.newerApp,
  'too-many-tries': messages.tooManyTries,
} satisfies Record<Extract<FindDiaryOutcome, { ok: false }>['reason'], Message>;

/** The 24 words: typed, pasted or scanned; checked here first, then looked for on the server. */
export function RestorePage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const arrival = useArrival();
  const [words, setWords] = useState('');
  const [server, setServer] = useState('');
  const [elsewhere, setElsewhere] = useState(false);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState(false);
  const [wordsProblem, setWordsProblem] = useState<string | null>(null);
  const [findProblem, setFindProblem] = useState<keyof typeof findMessages | null>(null);
  const [camera, setCamera] = useState<'off' | 'on' | CameraProblem>('off');

  const find = async (kit: string) => {
    setFindProblem(null);
    const read = await arrival.readKitWords(kit);
    setWordsProblem(read.ok ? null : wordsProblemOf(text, read));
    if (!read.ok) return;
    setBusy(true);
    const address = server.trim();
    const outcome = await arrival
      .findDiary({ words: kit, server: elsewhere && address !== '' ? address : null })
      .finally(() => setBusy(false));
    if (outcome.ok) setFound(true);
    else setFindProblem(outcome.reason);
  };

  if (found) return <ArrivalLock arrive={arrival.restore} onBack={() => setFound(false)} />;
  return (
    <Page lone onBack={onBack} question={text(messages.kitTitle)}>
      <p>{text(messages.kitText)}</p>
      {camera === 'on' ? (
        <CameraView
          onText={(scanned) => {
            setCamera('off');
            void find(scanned);
          }}
          onProblem={setCamera}
          onStop={() => setCamera('off')}
        />
      ) : (
        <>
          {camera !== 'off' && (
            <Banner tone="care" live>
              {text(problemMessages[camera])}
            </Banner>
          )}
          <Button look="quiet" wide onClick={() => setCamera('on')}>
            {text(messages.kitScan)}
          </Button>
        </>
      )}
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void find(words);
        }}
      >
        <TextArea
          label={text(messages.kitField)}
          hint={text(messages.kitHint)}
          rows={5}
          value={words}
          onChange={setWords}
          problem={wordsProblem}
        />
        {elsewhere ? (
          <TextField
            type="url"
            inputMode="url"
            label={text(messages.kitServerField)}
            hint={text(messages.kitServerHint)}
            value={server}
            onChange={setServer}
          />
        ) : (
          <Button look="plain" small onClick={() => setElsewhere(true)}>
            {text(messages.kitServer)}
          </Button>
        )}
        {findProblem && (
          <Banner tone="care" live>
            {text(findMessages[findProblem])}
          </Banner>
        )}
        <Button look="primary" wide type="submit" disabled={busy || words.trim() === ''}>
          {text(busy ? messages.kitFinding : messages.kitFind)}
        </Button>
      </form>
    </Page>
  );
}
