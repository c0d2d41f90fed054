import { useEffect, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { JoinOutcome, ServerAtHand } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { joinMessages } from './join-messages.ts';
import { JoinedServer } from './JoinedServer.tsx';
import { messages } from './messages.ts';

/** What the server holds of this diary, or how to join one. */
export function ServerPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const { known, server } = useMeState();
  return (
    <Page title={text(messages.serverTitle)} onBack={onBack} known={known}>
      {server.status === 'joined' ? (
        <JoinedServer
          server={server}
          onPause={() => void me.pauseSync()}
          onResume={() => void me.resumeSync()}
        />
      ) : (
        <NoServer base={base} />
      )}
    </Page>
  );
}

function NoServer({ base }: { readonly base: string }) {
  const text = useText();
  const me = useMe();
  const [found, setFound] = useState<ServerAtHand | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Extract<JoinOutcome, { ok: false }>['reason'] | null>(null);
  useEffect(() => {
    let gone = false;
    void me.findServer().then((answer) => {
      if (!gone) setFound(answer);
    });
    return () => {
      gone = true;
    };
  }, [me]);

  const join = async () => {
    setBusy(true);
    const outcome = await me.join(null).finally(() => setBusy(false));
    setProblem(outcome.ok ? null : outcome.reason);
  };
  return (
    <>
      <p>{text(messages.serverWhy)}</p>
      <Quiet>{text(messages.serverFree)}</Quiet>
      {found?.ok === false && (
        <Quiet>{text(found.reason === 'offline' ? messages.serverOffline : messages.noServerHere)}</Quiet>
      )}
      {found?.ok === true && found.signups === 'closed' && <Quiet>{text(messages.serverClosedText)}</Quiet>}
      {found?.ok === true && found.signups === 'open' && (
        <>
          <Quiet>
            {text(messages.serverOpenText)} {found.servesApp && text(messages.alsoApp)}
          </Quiet>
          <Button look="primary" wide disabled={busy} onClick={() => void join()}>
            {busy ? text(messages.joining) : text(messages.joinOpen, { host: new URL(found.origin).host })}
          </Button>
        </>
      )}
      {problem && (
        <Banner tone="care" live>
          {text(joinMessages[problem])}
        </Banner>
      )}
      <LinkButton
        href={`${base}/server/join`}
        look={found?.ok === true && found.signups === 'open' ? 'quiet' : 'primary'}
        wide
      >
        {text(messages.joinButton)}
      </LinkButton>
    </>
  );
}
