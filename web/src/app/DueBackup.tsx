import { BackupReminder } from '../features/me/BackupReminder.tsx';
import { appSessionOf } from '../session/app-session.ts';
import { BackupsProvider } from '../session/backups-context.tsx';
import { backupsOf } from '../session/open-backups.ts';
import { useSession } from '../session/session-context.tsx';

/** The line on Today when the last backup is older than the person wants. */
export function DueBackup() {
  return (
    <BackupsProvider backups={backupsOf(appSessionOf(useSession()).opened())}>
      <BackupReminder />
    </BackupsProvider>
  );
}
