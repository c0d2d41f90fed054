import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { MissingProviderError } from './session-context.tsx';
import type { Sharing, SharingState } from './sharing-contract.ts';

const SharingContext = createContext<Sharing | null>(null);

export function SharingProvider({
  sharing,
  children,
}: {
  readonly sharing: Sharing;
  readonly children: ReactNode;
}) {
  return <SharingContext value={sharing}>{children}</SharingContext>;
}

/** The verbs of sharing. Only screens that are shown while the session is open may ask for it. */
export function useSharing(): Sharing {
  const sharing = useContext(SharingContext);
  if (!sharing) throw new MissingProviderError('useSharing needs a SharingProvider above it.');
  return sharing;
}

export function useSharingState(): SharingState {
  const sharing = useSharing();
  return useSyncExternalStore(sharing.subscribe, sharing.read);
}
