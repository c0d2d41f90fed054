import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useText } from '../i18n/use-text.ts';
import { LinkButton } from '../ui/Button.tsx';
import { TopBar } from '../ui/TopBar.tsx';
import { EntryScreen } from './EntryScreen.tsx';
import { messages } from './messages.ts';
import { routes } from './routes.tsx';
import { Shell } from './Shell.tsx';
import { TodayScreen } from './TodayScreen.tsx';

/** The screens of an open diary: Today and the entry, and the ways to the others. */
export function DiaryScreens() {
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
