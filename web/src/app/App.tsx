import { I18nProvider } from '@lingui/react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { UnlockPage } from '../features/unlock/UnlockPage.tsx';
import { i18n } from '../i18n/i18n.ts';
import type { Session, SessionState } from '../session/contract.ts';
import { SessionProvider, useSessionState } from '../session/session-context.tsx';
import { ErrorEdge } from './ErrorEdge.tsx';
import { QuickExit } from './QuickExit.tsx';
import { routes } from './routes.tsx';
import { UnavailablePage } from './UnavailablePage.tsx';

const loadDiary = () => import('./DiaryScreens.tsx');
const DiaryScreens = lazy(async () => ({ default: (await loadDiary()).DiaryScreens }));
const WelcomePage = lazy(async () => {
  const page = await import('../features/welcome/WelcomePage.tsx');
  fetchDiary();
  return { default: page.WelcomePage };
});
const DeskWelcome = lazy(async () => ({
  default: (await import('../features/desk/DeskWelcome.tsx')).DeskWelcome,
}));
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
  useDiaryAhead(state);
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
    case 'opening':
      return null;
    case 'welcome':
      return <Closed first={<WelcomePage />} desk={<DeskWelcome />} />;
    case 'locked':
      return <Closed first={<UnlockPage state={state} />} writes={state.quickEntry} />;
    case 'unavailable':
      return <Closed first={<UnavailablePage reason={state.reason} />} />;
    case 'open':
      return <Open />;
  }
}

/** Before a diary is open, every address but a few leads to the door. */
function Closed({
  first,
  desk,
  writes = false,
}: {
  readonly first: ReactNode;
  readonly desk?: ReactNode;
  /** Whether the installed app's shortcut “Check in” can be answered without opening. */
  readonly writes?: boolean;
}) {
  const [path] = useLocation();
  const asked = new URLSearchParams(useSearch()).has('check-in');
  if (writes && asked && path === '/') return <Redirect to="/quick" replace />;
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
        <DiaryScreens />
      </Route>
    </Switch>
  );
}

/** Behind the lock lies a diary: its screens are fetched while it is being opened. */
function useDiaryAhead({ status }: SessionState): void {
  const ahead = status === 'opening' || status === 'locked' || status === 'open';
  useEffect(() => {
    if (ahead) fetchDiary();
  }, [ahead]);
}

/** One that fails is asked for again when it is shown. */
function fetchDiary(): void {
  loadDiary().catch(() => undefined);
}

/** After a change of screen its heading takes the focus and the page starts at the top, as after a page load. */
function useNewScreenFocus(path: string): void {
  const shown = useRef(path);
  // Before the effects of the screen, which may go further down.
  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    return focusTitle();
  }, [path]);
}

/**
 * Focuses the heading of the screen as soon as it stands there: a screen's code may have to be read first. One further
 * down that the screen went to, and that has the focus by now, keeps it.
 */
function focusTitle(): () => void {
  const find = (): boolean => {
    const titles = document.querySelectorAll<HTMLElement>('[data-screen-title]');
    const shown = [...titles].filter((one) => one.checkVisibility());
    const title = shown.find((one) => one === document.activeElement) ?? shown[0];
    title?.focus({ preventScroll: true });
    return title !== undefined;
  };
  const seen = new MutationObserver(() => {
    if (find()) seen.disconnect();
  });
  const frame = requestAnimationFrame(() => {
    if (!find()) seen.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  return () => {
    cancelAnimationFrame(frame);
    seen.disconnect();
  };
}
