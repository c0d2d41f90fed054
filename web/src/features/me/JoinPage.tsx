import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { ScanOrPaste } from '../../platform/camera/ScanOrPaste.tsx';
import { spendIncomingLink } from '../../platform/incoming-link.ts';
import { useMe } from '../../session/me-context.tsx';
import type { InvitationRead, JoinOutcome } from '../../session/me-contract.ts';
import type { CodeCame } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { invitationMessages, joinMessages } from './join-messages.ts';
import { messages } from './messages.ts';

/** Takes an invitation, says what the server will and will not see, then joins. */
export function JoinPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const [, go] = useLocation();
  const [read, setRead] = useState<InvitationRead | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Extract<JoinOutcome, { ok: false }>['reason'] | null>(null);

  const look = useCallback(
    async (code: string, how: CodeCame) => {
      setBusy(true);
      setProblem(null);
      setRead(await me.readInvitation(code, how).finally(() => setBusy(false)));
    },
    [me],
  );
  useEffect(() => {
    const link = spendIncomingLink('join');
    if (link !== null) void look(link, 'pasted');
  }, [look]);

  const join = async (code: string) => {
    setBusy(true);
    const outcome = await me.join(code).finally(() => setBusy(false));
    if (outcome.ok) go(`${base}/server`);
    else setProblem(outcome.reason);
  };

  if (read?.ok) {
    return (
      <Page
        onBack={() => setRead(null)}
        question={text(messages.joinAskTitle, { host: new URL(read.origin).host })}
      >
        <p>{text(messages.joinSees)}</p>
        <p>{text(messages.joinNotSees)}</p>
        {read.servesApp && <Banner tone="care">{text(messages.alsoApp)}</Banner>}
        <Quiet>{text(messages.joinUp)}</Quiet>
        {problem && (
          <Banner tone="care" live>
            {text(joinMessages[problem])}
          </Banner>
        )}
        <Button look="primary" wide disabled={busy} onClick={() => void join(read.code)}>
          {text(busy ? messages.joining : messages.joinYes)}
        </Button>
      </Page>
    );
  }
  const refused =
    read === null
      ? null
      : text(
          invitationMessages[read.reason],
          read.reason === 'other-server' ? { host: new URL(read.origin).host } : {},
        );
  return (
    <Page onBack={onBack} title={text(messages.joinTitle)}>
      <p>{text(messages.serverWhy)}</p>
      {busy && <Quiet>{text(messages.joinReading)}</Quiet>}
      <ScanOrPaste
        label={text(messages.joinField)}
        hint={text(messages.joinHint)}
        problem={refused}
        busy={busy}
        onText={(code, how) => void look(code, how)}
      />
    </Page>
  );
}
