import { useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useSharing } from '../../session/sharing-context.tsx';
import type { Contact, Invitation, InviteOutcome, SharingState } from '../../session/sharing-contract.ts';
import { Page } from '../../ui/Page.tsx';
import { LinkView, MakeLink } from './LinkStep.tsx';
import { messages } from './messages.ts';
import { ShareFlowPage } from './ShareFlowPage.tsx';
import { ScanStep, WhoStep } from './WhoStep.tsx';
import type { CardProblem } from './WhoStep.tsx';

type Ready = Extract<SharingState, { status: 'ready' }>;

/** Step 1, and on with whoever was found. */
export function ShareWithPage({ state }: { readonly state: Ready }) {
  const text = useText();
  const sharing = useSharing();
  const [, go] = useLocation();
  const [way, setWay] = useState<'choose' | 'scan' | 'link'>('choose');
  const [found, setFound] = useState<Contact | null>(null);
  const [cardProblem, setCardProblem] = useState<CardProblem | null>(null);
  const [linkProblem, setLinkProblem] = useState<Extract<InviteOutcome, { ok: false }>['reason'] | null>(
    null,
  );
  const [made, setMade] = useState<Invitation | null>(null);
  const [busy, setBusy] = useState(false);

  const readCard = async (scanned: string) => {
    const outcome = await sharing.readCard(scanned, 'scanned');
    if (outcome.ok) setFound(outcome.contact);
    else setCardProblem(outcome.reason);
  };
  const makeLink = async (forWhom: string) => {
    setBusy(true);
    const outcome = await sharing.invite(forWhom).finally(() => setBusy(false));
    if (outcome.ok) setMade(outcome.invitation);
    else setLinkProblem(outcome.reason);
  };

  if (found) return <ShareFlowPage state={state} contact={found} changing={null} />;
  const note = text(messages.step, { n: 1 });
  if (way === 'scan') {
    return (
      <Page note={note} onBack={() => setWay('choose')} question={text(messages.scanTitle)}>
        <ScanStep
          problem={cardProblem}
          onText={(scanned) => void readCard(scanned)}
          onLink={() => setWay('link')}
        />
      </Page>
    );
  }
  if (way === 'link') {
    return (
      <Page
        note={note}
        onBack={() => (made ? go('/sharing') : setWay('choose'))}
        question={text(made ? messages.linkReady : messages.linkTitle)}
      >
        {made ? (
          <LinkView invitation={made} />
        ) : (
          <MakeLink busy={busy} problem={linkProblem} onMake={(forWhom) => void makeLink(forWhom)} />
        )}
      </Page>
    );
  }
  return (
    <Page note={note} onBack={() => go('/sharing')} question={text(messages.whoTitle)}>
      <WhoStep
        contacts={state.contacts}
        onScan={() => setWay('scan')}
        onLink={() => setWay('link')}
        onKnown={setFound}
      />
    </Page>
  );
}
