import { Route, Switch } from 'wouter';
import { InsightsPage } from './InsightsPage.tsx';
import { SummaryPage } from './SummaryPage.tsx';

/** Everything under /insights. */
export function InsightsRooms() {
  return (
    <Switch>
      <Route path="/insights/summary">
        <SummaryPage />
      </Route>
      <Route>
        <InsightsPage />
      </Route>
    </Switch>
  );
}
