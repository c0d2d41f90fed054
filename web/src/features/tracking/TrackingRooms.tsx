import { Route, Switch, useLocation } from 'wouter';
import { OwnListPage, SurroundingsPage } from './OwnListPages.tsx';
import { TrackPage } from './TrackPage.tsx';
import { TrackersPage } from './TrackersPage.tsx';
import { MedicationListPage, SubstancesListPage } from './UseListPages.tsx';
import { ValuesPage } from './ValuesPage.tsx';
import { ValuesReviewPage } from './ValuesReviewPage.tsx';

/** Everything under /me/track and /me/values. */
export function TrackingRooms() {
  const [, go] = useLocation();
  const toTrack = () => go('/me/track');
  return (
    <Switch>
      <Route path="/me/track/symptoms">
        <OwnListPage kind="symptom" onBack={toTrack} />
      </Route>
      <Route path="/me/track/cravings">
        <OwnListPage kind="craving" onBack={toTrack} />
      </Route>
      <Route path="/me/track/around">
        <SurroundingsPage onBack={toTrack} />
      </Route>
      <Route path="/me/track/substances">
        <SubstancesListPage onBack={toTrack} />
      </Route>
      <Route path="/me/track/medication">
        <MedicationListPage onBack={toTrack} />
      </Route>
      <Route path="/me/track/trackers">
        <TrackersPage onBack={toTrack} />
      </Route>
      <Route path="/me/values">
        <ValuesPage onBack={() => go('/me')} />
      </Route>
      <Route path="/me/values/review">
        <ValuesReviewPage onBack={() => go('/me/values')} />
      </Route>
      <Route>
        <TrackPage onBack={() => go('/me')} />
      </Route>
    </Switch>
  );
}
