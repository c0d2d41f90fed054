import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { codeRefusalMessages } from '../../platform/camera/code-messages.ts';
import { ScanOrPaste } from '../../platform/camera/ScanOrPaste.tsx';
import { spendIncomingLink } from '../../platform/incoming-link.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { AnswerLinkOutcome } from '../../session/me-contract.ts';
import type { CodeCame } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

type AnswerProblem = Extract<AnswerLinkOutcome, { ok: false }>['reason'];

const problems = {
  ...codeRefusalMessages,
  'no-server': messages.addNoServer,
  offline: messages.addOffline,
  'other-server': messages.addOther,
  'too-old': messages.addOld,
  'too-many-devices': messages.addMany,
} satisfies Record<AnswerProblem, Message>;

/** The old device's side: takes the new one's code, asks, seals the key to it, shows what to compare. */
export function AddDevicePage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const { known, server } = useMeState();
  const [code, setCode] = useState<{ readonly text: string; readonly how: CodeCame } | null>(incoming);
  const [name, setName] = useState(text(messages.addDefault));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [answered, setAnswered] = useState<Extract<AnswerLinkOutcome, { ok: true }> | null>(null);

  const add = async (asked: NonNullable<typeof code>) => {
    setBusy(true);
    const outcome = await me.answerLink(asked.text, asked.how, name.trim()).finally(() => setBusy(false));
    if (outcome.ok) setAnswered(outcome);
    else setProblem(outcome.reason);
    setCode(null);
  };

  if (answered) {
    return (
      <Page onBack={onBack} question={text(messages.addWords)}>
        <p>{text(messages.addWordsText)}</p>
        <Card>
          <div className={styles.stack}>
            <WordGrid words={answered.words} label={text(messages.fourWords)} large />
            <p className={styles.countdown}>{text(messages.entriesNumber, { n: answered.entries })}</p>
          </div>
        </Card>
        <Quiet>{text(messages.addDiffer)}</Quiet>
        <LinkButton href={`${base}/devices`} look="primary" wide>
          {text(messages.addDone)}
        </LinkButton>
      </Page>
    );
  }
  if (server.status === 'none') {
    return (
      <Page onBack={onBack} title={text(messages.addTitle)} known={known}>
        <p>{text(messages.addNoServer)}</p>
        <LinkButton href={`${base}/server`} look="primary">
          {text(messages.serverTitle)}
        </LinkButton>
      </Page>
    );
  }
  if (code) {
    return (
      <Page onBack={() => setCode(null)} question={text(messages.addAskTitle)}>
        <Banner tone="care">{text(messages.addAskText)}</Banner>
        <form
          className={styles.stack}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void add(code);
          }}
        >
          <TextField label={text(messages.addName)} value={name} onChange={setName} maxLength={60} />
          <Button look="primary" wide type="submit" disabled={busy || name.trim() === ''}>
            {text(busy ? messages.adding : messages.addYes)}
          </Button>
        </form>
      </Page>
    );
  }
  return (
    <Page onBack={onBack} title={text(messages.addTitle)}>
      <p>{text(messages.addText)}</p>
      <ScanOrPaste
        label={text(messages.addField)}
        hint={text(messages.addHint)}
        problem={problem && text(problems[problem])}
        onText={(found, how) => {
          setProblem(null);
          setCode({ text: found, how });
        }}
      />
    </Page>
  );
}

function incoming() {
  const link = spendIncomingLink('link');
  return link === null ? null : { text: link, how: 'pasted' as const };
}
