import { MeRooms } from '../features/me/MeRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { MeProvider } from '../session/me-context.tsx';
import { openMe } from '../session/open-me.ts';
import { useSession } from '../session/session-context.tsx';

const meOf = once(openMe);

/** Everything under /me, on the open diary. */
export function MeScreen() {
  const me = meOf(appSessionOf(useSession()).opened());
  return (
    <MeProvider me={me}>
      <MeRooms />
    </MeProvider>
  );
}
