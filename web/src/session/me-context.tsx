import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { Arrival, Me, MeState } from './me-contract.ts';
import { MissingProviderError } from './session-context.tsx';

const MeContext = createContext<Me | null>(null);
const ArrivalContext = createContext<Arrival | null>(null);

export function MeProvider({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Lock, devices, kit, server, data. Only screens that are shown while the session is open may ask for it. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new MissingProviderError('useMe needs a MeProvider above it.');
  return me;
}

export function useMeState(): MeState {
  const me = useMe();
  return useSyncExternalStore(me.subscribe, me.read);
}

export function ArrivalProvider({
  arrival,
  children,
}: {
  readonly arrival: Arrival;
  readonly children: ReactNode;
}) {
  return <ArrivalContext value={arrival}>{children}</ArrivalContext>;
}

/** How a diary comes to an empty browser. For the screens of the `welcome` state. */
export function useArrival(): Arrival {
  const arrival = useContext(ArrivalContext);
  if (!arrival) throw new MissingProviderError('useArrival needs an ArrivalProvider above it.');
  return arrival;
}
