import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useSharing, useSharingState } from '../../session/sharing-context.tsx';
import type { Contact, Invitation, Share } from '../../session/sharing-contract.ts';
import { Confirm } from '../../ui/Dialog.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { messages } from './messages.ts';
import { NoServerView, SharingView } from './SharingView.tsx';

type Asking =
  | { readonly about: 'stop'; readonly share: Share }
  | { readonly about: 'remove'; readonly contact: Contact }
  | { readonly about: 'withdraw'; readonly invitation: Invitation };

/** Who sees what. Stop is one touch and a confirmation. */
export function SharingPage() {
  const text = useText();
  const sharing = useSharing();
  const state = useSharingState();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly tone: 'calm' | 'care'; readonly words: string } | null>(null);

  const agree = async (question: Asking) => {
    setBusy(true);
    const words = await act(question).finally(() => setBusy(false));
    setAsking(null);
    setSaid(words);
  };

  const act = async (question: Asking): Promise<typeof said> => {
    switch (question.about) {
      case 'stop': {
        const { name } = question.share.with;
        const outcome = await sharing.stop(question.share.grant);
        if (!outcome.ok) return { tone: 'calm', words: text(messages.gone) };
        return outcome.reached === 'server'
          ? { tone: 'calm', words: text(messages.stoppedServer, { name }) }
          : { tone: 'care', words: text(messages.stoppedWaiting) };
      }
      case 'remove':
        await sharing.forget(question.contact.acct);
        return null;
      case 'withdraw': {
        const outcome = await sharing.withdraw(question.invitation.id);
        return outcome.ok ? null : { tone: 'care', words: text(messages.withdrawOffline) };
      }
    }
  };

  return (
    <Page title={text(messages.title)}>
      {state.status === 'opening' && <Quiet>{text(messages.opening)}</Quiet>}
      {state.status === 'no-server' && <NoServerView />}
      {state.status === 'ready' && (
        <SharingView
          online={state.online}
          shares={state.shares}
          contacts={state.contacts}
          invitations={state.invitations}
          ended={state.ended}
          said={said}
          onStop={(share) => setAsking({ about: 'stop', share })}
          onRemove={(contact) => setAsking({ about: 'remove', contact })}
          onWithdraw={(invitation) => setAsking({ about: 'withdraw', invitation })}
        />
      )}
      <Confirm
        open={asking?.about === 'stop'}
        title={text(messages.stopTitle, { name: asking?.about === 'stop' ? asking.share.with.name : '' })}
        yes={text(messages.stopYes)}
        no={text(messages.stopNo)}
        stop
        busy={busy}
        onYes={() => asking && void agree(asking)}
        onNo={() => setAsking(null)}
      >
        <p>{text(messages.stopNow)}</p>
        <p>{text(messages.stopSeen)}</p>
        <p>{text(messages.stopServer)}</p>
        {state.status === 'ready' && state.shares.length > 1 && <p>{text(messages.stopOthers)}</p>}
      </Confirm>
      <Confirm
        open={asking?.about === 'remove'}
        title={text(messages.removeTitle, { name: asking?.about === 'remove' ? asking.contact.name : '' })}
        yes={text(messages.remove)}
        stop
        busy={busy}
        onYes={() => asking && void agree(asking)}
        onNo={() => setAsking(null)}
      >
        <p>{text(messages.removeText)}</p>
      </Confirm>
      <Confirm
        open={asking?.about === 'withdraw'}
        title={text(messages.withdrawTitle)}
        yes={text(messages.withdraw)}
        stop
        busy={busy}
        onYes={() => asking && void agree(asking)}
        onNo={() => setAsking(null)}
      >
        <p>{text(messages.withdrawText)}</p>
      </Confirm>
    </Page>
  );
}
