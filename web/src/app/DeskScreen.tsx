import { lazy, Suspense } from 'react';
import { DeskRooms } from '../features/desk/DeskRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { DeskProvider } from '../session/desk-context.tsx';
import { MeProvider } from '../session/me-context.tsx';
import { openDesk } from '../session/open-desk.ts';
import { openMe } from '../session/open-me.ts';
import { useSession } from '../session/session-context.tsx';

const MeRooms = lazy(async () => ({ default: (await import('../features/me/MeRooms.tsx')).MeRooms }));

const deskOf = once(openDesk);
const meOf = once(openMe);

/** Everything under /desk, on the clinician's own account. */
export function DeskScreen() {
  const opened = appSessionOf(useSession()).opened();
  return (
    <MeProvider me={meOf(opened)}>
      <DeskProvider desk={deskOf(opened)}>
        <DeskRooms
          device={
            <Suspense fallback={null}>
              <MeRooms at="/desk/device" />
            </Suspense>
          }
        />
      </DeskProvider>
    </MeProvider>
  );
}
