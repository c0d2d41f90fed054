import { InsightsRooms } from '../features/insights/InsightsRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { LookingBackProvider } from '../session/looking-back-context.tsx';
import { openLookingBack } from '../session/open-looking-back.ts';
import { useSession } from '../session/session-context.tsx';

const lookingBackOf = once(openLookingBack);

/** Everything under /insights, on the open diary. */
export function InsightsScreen() {
  const lookingBack = lookingBackOf(appSessionOf(useSession()).opened());
  return (
    <LookingBackProvider lookingBack={lookingBack}>
      <InsightsRooms />
    </LookingBackProvider>
  );
}
