import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { Backups, BackupState } from './backup-contract.ts';
import { MissingProviderError } from './session-context.tsx';

const BackupsContext = createContext<Backups | null>(null);

export function BackupsProvider({
  backups,
  children,
}: {
  readonly backups: Backups;
  readonly children: ReactNode;
}) {
  return <BackupsContext value={backups}>{children}</BackupsContext>;
}

/** Backups of the open diary. */
export function useBackups(): Backups {
  const backups = useContext(BackupsContext);
  if (!backups) throw new MissingProviderError('useBackups needs a BackupsProvider above it.');
  return backups;
}

export function useBackupState(): BackupState {
  const backups = useBackups();
  return useSyncExternalStore(backups.subscribe, backups.read);
}
