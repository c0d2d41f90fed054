import { InsightsPage } from './InsightsPage.tsx';

/** Everything under /insights. */
export function InsightsRooms() {
  return <InsightsPage />;
}
