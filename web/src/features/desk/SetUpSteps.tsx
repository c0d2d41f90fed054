import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { ScanOrPaste } from '../../platform/camera/ScanOrPaste.tsx';
import { spendIncomingLink } from '../../platform/incoming-link.ts';
import { useDesk } from '../../session/desk-context.tsx';
import { useMe } from '../../session/me-context.tsx';
import type { JoinOutcome, ServerAtHand } from '../../session/me-contract.ts';
import type { CodeCame } from '../../session/sharing-contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Desk.module.css';
import { invitationMessages, joinMessages, linkMessages } from './link-messages.ts';
import { messages } from './messages.ts';

/** The name that people see, as stated. */
export function NameStep() {
  const text = useText();
  const desk = useDesk();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <Page lone note={text(messages.name)} question={text(messages.nameTitle)}>
      <p>{text(messages.nameText)}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(name.trim() === '');
          if (name.trim() !== '') void desk.setName(name.trim());
        }}
      >
        <TextField
          label={text(messages.nameField)}
          hint={text(messages.nameHint)}
          value={name}
          onChange={setName}
          maxLength={100}
          problem={missing && name.trim() === '' ? text(messages.nameMissing) : null}
        />
        <Button look="primary" wide type="submit">
          {text(messages.next)}
        </Button>
      </form>
    </Page>
  );
}

/** Takes an invitation to the server, or a person's sharing link, which lets a clinician in as well. */
export function ServerStep() {
  const text = useText();
  const me = useMe();
  const desk = useDesk();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [server, setServer] = useState<ServerAtHand | null>(null);

  useEffect(() => {
    let gone = false;
    void me.findServer().then((found) => {
      if (!gone) setServer(found);
    });
    return () => {
      gone = true;
    };
  }, [me]);

  // Once a server is joined the desk stands there by itself.
  const joined = useCallback(
    (outcome: JoinOutcome) => {
      if (!outcome.ok) setProblem(text(joinMessages[outcome.reason]));
    },
    [text],
  );

  const take = useCallback(
    async (code: string, how: CodeCame) => {
      setProblem(null);
      const invitation = await me.readInvitation(code, how);
      if (invitation.ok) {
        joined(await me.join(invitation.code));
      } else if (invitation.reason === 'other-code') {
        const opened = await desk.openLink(code, how);
        if (opened.ok) go(`/desk/words/${opened.owner}`);
        else {
          setProblem(text(linkMessages[opened.reason]));
          // The link may have let us in and still not open: then the desk stands there, and its own page says why.
          go('/desk/link', { replace: true, state: { linkProblem: opened.reason } });
        }
      } else {
        setProblem(
          text(
            invitationMessages[invitation.reason],
            invitation.reason === 'other-server' ? { origin: invitation.origin } : {},
          ),
        );
      }
    },
    [me, desk, go, joined, text],
  );

  const busily = useCallback((work: Promise<void>) => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  }, []);

  useEffect(() => {
    const link = spendIncomingLink('i') ?? spendIncomingLink('join');
    if (link !== null) busily(take(link, 'pasted'));
  }, [take, busily]);

  const open = server?.ok === true && server.signups === 'open' ? server.origin : null;
  return (
    <Page lone note={text(messages.name)} question={text(messages.serverTitle)}>
      {open !== null && (
        <>
          <p>{text(messages.serverOpen)}</p>
          <Button look="primary" wide disabled={busy} onClick={() => busily(me.join(null).then(joined))}>
            {text(messages.serverJoinOpen, { origin: new URL(open).host })}
          </Button>
        </>
      )}
      {server?.ok === true && server.signups === 'closed' && <Quiet>{text(messages.serverClosed)}</Quiet>}
      <p>{text(messages.serverText)}</p>
      <ScanOrPaste
        label={text(messages.serverField)}
        onText={(code, how) => busily(take(code, how))}
        problem={problem}
        busy={busy}
      />
      <p role="status">{busy ? text(messages.serverJoining) : ''}</p>
    </Page>
  );
}
