import { I18nProvider } from '@lingui/react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { UnlockPage } from '../features/unlock/UnlockPage.tsx';
import { i18n } from '../i18n/i18n.ts';
import { useText } from '../i18n/use-text.ts';
import type { Session, SessionState } from '../session/contract.ts';
import { SessionProvider, useSessionState } from '../session/session-context.tsx';
import { LinkButton } from '../ui/Button.tsx';
import { TopBar } from '../ui/TopBar.tsx';
import { EntryScreen } from './EntryScreen.tsx';
import { ErrorEdge } from './ErrorEdge.tsx';
import { messages } from './messages.ts';
import { QuickExit } from './QuickExit.tsx';
import { screens } from './screens.ts';
import type { Screen } from './screens.ts';
import { Shell } from './Shell.tsx';
import { TodayScreen } from './TodayScreen.tsx';
import { UnavailablePage } from './UnavailablePage.tsx';

const WelcomePage = lazy(async () => ({ default: (await import('../features/welcome/WelcomePage.tsx')).WelcomePage }));
const DeskWelcome = lazy(async () => ({ default: (await import('../features/desk/DeskWelcome.tsx')).DeskWelcome }));
const DeskScreen = lazy(async () => ({ default: (await import('./DeskScreen.tsx')).DeskScreen }));

export function App({ session }: { readonly session: Session }) {
  return (
    <I18nProvider i18n={i18n}>
      <ErrorEdge>
        <SessionProvider session={session}>
          <Screens />
        </SessionProvider>
      </ErrorEdge>
    </I18nProvider>
  );
}

function Screens() {
  const state = useSessionState();
  const [path] = useLocation();
  useNewScreenFocus(path);
  return (
    <>
      <QuickExit button={path !== '/help'} />
      {/* A screen's code is on the device: nothing is drawn for the instant it takes to read it. */}
      <Suspense fallback={null}>
        <Switch>
          {routes('always')}
          <Route>
            <ByState state={state} />
          </Route>
        </Switch>
      </Suspense>
    </>
  );
}

function ByState({ state }: { readonly state: SessionState }) {
  switch (state.status) {
    case 'starting':
      return null;
    case 'welcome':
      return <Closed first={<WelcomePage />} desk={<DeskWelcome />} />;
    case 'locked':
      return <Closed first={<UnlockPage state={state} />} />;
    case 'unavailable':
      return <Closed first={<UnavailablePage reason={state.reason} />} />;
    case 'open':
      return <Open />;
  }
}

/** Before a diary is open, every address but a few leads to the door. */
function Closed({ first, desk }: { readonly first: ReactNode; readonly desk?: ReactNode }) {
  return (
    <Switch>
      {routes('closed')}
      {desk !== undefined && <Route path="/desk/*?">{desk}</Route>}
      <Route>{first}</Route>
    </Switch>
  );
}

function Open() {
  return (
    <Switch>
      <Route path="/desk/*?">
        <DeskScreen />
      </Route>
      <Route>
        <Diary />
      </Route>
    </Switch>
  );
}

function Diary() {
  return (
    <Shell>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/">
            <TodayScreen />
          </Route>
          <Route path="/entry/:id">{({ id }) => <EntryScreen id={id} />}</Route>
          {routes('open')}
          {/* The ways in end here: what arrived is open now. */}
          <Route path="/(restore|link)">
            <Redirect to="/" replace />
          </Route>
          <Route>
            <Lost />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  );
}

function Lost() {
  const text = useText();
  return (
    <>
      <TopBar title={text(messages.lostTitle)} />
      <p>{text(messages.lostMore)}</p>
      <LinkButton href="/" look="quiet">
        {text(messages.toStart)}
      </LinkButton>
    </>
  );
}

function routes(when: Screen['when']) {
  return screens
    .filter((screen) => screen.when === when)
    .map(({ path, screen: ScreenPage }) => (
      <Route key={path} path={path}>
        <ScreenPage />
      </Route>
    ));
}

/** After a change of screen its heading takes the focus and the page starts at the top, as after a page load. */
function useNewScreenFocus(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[data-screen-title]')?.focus({ preventScroll: true });
    });
  }, [path]);
}
