import { ArrivalRooms } from '../features/me/ArrivalRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { ArrivalProvider } from '../session/me-context.tsx';
import { openArrival } from '../session/open-arrival.ts';
import { useSession } from '../session/session-context.tsx';

const arrivalOf = once((session: ReturnType<typeof appSessionOf>) => openArrival(session));

/** How a diary comes to an empty browser: /restore and /link. */
export function ArrivalScreen() {
  const arrival = arrivalOf(appSessionOf(useSession()));
  return (
    <ArrivalProvider arrival={arrival}>
      <ArrivalRooms />
    </ArrivalProvider>
  );
}
