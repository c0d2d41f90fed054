import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { AccountId } from '@evenkeel/protocol';
import type { Desk, DeskRecord, DeskState } from './desk-contract.ts';
import { MissingProviderError } from './session-context.tsx';

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The clinician's verbs. Only screens that are shown while the session is open may ask for it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new MissingProviderError('useDesk needs a DeskProvider above it.');
  return desk;
}

export function useDeskState(): DeskState {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.read);
}

export function useDeskRecord(owner: AccountId): DeskRecord {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, () => desk.record(owner));
}
