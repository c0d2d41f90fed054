import { MeRooms } from '../features/me/MeRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { BackupsProvider } from '../session/backups-context.tsx';
import { MeProvider } from '../session/me-context.tsx';
import { backupsOf } from '../session/open-backups.ts';
import { openMe } from '../session/open-me.ts';
import { useSession } from '../session/session-context.tsx';

const meOf = once(openMe);

/** Everything under /me, on the open diary. */
export function MeScreen() {
  const opened = appSessionOf(useSession()).opened();
  return (
    <MeProvider me={meOf(opened)}>
      <BackupsProvider backups={backupsOf(opened)}>
        <MeRooms />
      </BackupsProvider>
    </MeProvider>
  );
}
