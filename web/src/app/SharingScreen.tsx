import { SharingRooms } from '../features/sharing/SharingRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { openSharing } from '../session/open-sharing.ts';
import { SharingProvider } from '../session/sharing-context.tsx';
import { useSession } from '../session/session-context.tsx';

const sharingOf = once(openSharing);

/** Everything under /sharing, on the open diary. */
export function SharingScreen() {
  const sharing = sharingOf(appSessionOf(useSession()).opened());
  return (
    <SharingProvider sharing={sharing}>
      <SharingRooms />
    </SharingProvider>
  );
}
