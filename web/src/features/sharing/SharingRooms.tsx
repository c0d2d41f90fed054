import { useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useSharingState } from '../../session/sharing-context.tsx';
import type { SharingState } from '../../session/sharing-contract.ts';
import { Page, Quiet } from '../../ui/Page.tsx';
import { LinkView } from './LinkStep.tsx';
import { messages } from './messages.ts';
import { ShareFlowPage } from './ShareFlowPage.tsx';
import { ShareWithPage } from './ShareWithPage.tsx';
import { SharingPage } from './SharingPage.tsx';
import { WhoOpenedPage } from './WhoOpenedPage.tsx';
import type { ReactNode } from 'react';

type Ready = Extract<SharingState, { status: 'ready' }>;

/** Everything under /sharing. */
export function SharingRooms() {
  return (
    <Switch>
      <Route path="/sharing/new">
        <WhenReady>{(state) => <ShareWithPage state={state} />}</WhenReady>
      </Route>
      <Route path="/sharing/with/:acct">
        {({ acct }) => (
          <WhenReady>
            {(state) => {
              const contact =
                state.contacts.find((one) => one.acct === acct) ??
                state.shares.find((one) => one.with.acct === acct)?.with;
              return contact ? (
                <ShareFlowPage key={acct} state={state} contact={contact} changing={null} />
              ) : (
                <Redirect to="/sharing" replace />
              );
            }}
          </WhenReady>
        )}
      </Route>
      <Route path="/sharing/change/:grant">
        {({ grant }) => (
          <WhenReady>{(state) => <ChangePage key={grant} state={state} grant={grant} />}</WhenReady>
        )}
      </Route>
      <Route path="/sharing/link/:id">
        {({ id }) => <WhenReady>{(state) => <LinkPage state={state} id={id} />}</WhenReady>}
      </Route>
      <Route path="/sharing/opened/:grant">{({ grant }) => <WhoOpenedPage grant={grant} />}</Route>
      <Route>
        <SharingPage />
      </Route>
    </Switch>
  );
}

/** A change that takes something away ends the share it began with: its page stays until it was read. */
function ChangePage({ state, grant }: { readonly state: Ready; readonly grant: string }) {
  const [share] = useState(() => state.shares.find((one) => one.grant === grant));
  return share ? (
    <ShareFlowPage state={state} contact={share.with} changing={share} />
  ) : (
    <Redirect to="/sharing" replace />
  );
}

function LinkPage({ state, id }: { readonly state: Ready; readonly id: string }) {
  const text = useText();
  const invitation = state.invitations.find((one) => one.id === id);
  if (!invitation) return <Redirect to="/sharing" replace />;
  return (
    <Page onBack={() => window.history.back()} note={invitation.forWhom} question={text(messages.linkReady)}>
      <LinkView invitation={invitation} />
    </Page>
  );
}

/** Steps that act wait until the grant log is read; without a server there is nothing to do here. */
function WhenReady({ children }: { readonly children: (state: Ready) => ReactNode }) {
  const text = useText();
  const state = useSharingState();
  if (state.status === 'opening')
    return (
      <Page title={text(messages.title)}>
        <Quiet>{text(messages.opening)}</Quiet>
      </Page>
    );
  if (state.status === 'no-server') return <Redirect to="/sharing" replace />;
  return children(state);
}
