import { Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useText } from '../i18n/use-text.ts';
import { EVERYTHING } from '../session/search-contract.ts';
import { useDiary } from '../session/session-context.tsx';
import { LinkButton } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { EntryScreen } from './EntryScreen.tsx';
import { messages } from './messages.ts';
import { routes } from './routes.tsx';
import { Shell } from './Shell.tsx';
import { TodayScreen } from './TodayScreen.tsx';

/** The screens of an open diary: Today and the entry, and the ways to the others. */
export function DiaryScreens() {
  useForgetSearch();
  return (
    <Shell>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/">
            <TodayScreen />
          </Route>
          <Route path="/entry/:id">{({ id }) => <EntryScreen id={id} />}</Route>
          {routes('open')}
          {/* The ways in end here: what arrived, or was locked, is open now. */}
          <Route path="/(restore|link|quick)">
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

/** What was looked for is gone once somebody is elsewhere. An entry that was found still belongs to the search. */
function useForgetSearch(): void {
  const { search } = useDiary();
  const [path] = useLocation();
  const isThere = /^\/(journal|entry)\b/.test(path);
  useEffect(() => {
    if (!isThere) search.want(EVERYTHING);
  }, [search, isThere]);
}

function Lost() {
  const text = useText();
  return (
    <Page question={text(messages.lostTitle)}>
      <p>{text(messages.lostMore)}</p>
      <LinkButton href="/" look="quiet">
        {text(messages.toStart)}
      </LinkButton>
    </Page>
  );
}
