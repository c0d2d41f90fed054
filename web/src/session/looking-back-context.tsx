import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { LookedBack, LookingBack } from './looking-back-contract.ts';
import { MissingProviderError } from './session-context.tsx';

const LookingBackContext = createContext<LookingBack | null>(null);

export function LookingBackProvider({
  lookingBack,
  children,
}: {
  readonly lookingBack: LookingBack;
  readonly children: ReactNode;
}) {
  return <LookingBackContext value={lookingBack}>{children}</LookingBackContext>;
}

/** Only screens that are shown while the session is open may ask for it. */
export function useLookedBack(): LookedBack {
  const lookingBack = useContext(LookingBackContext);
  if (!lookingBack) throw new MissingProviderError('useLookedBack needs a LookingBackProvider above it.');
  return useSyncExternalStore(lookingBack.subscribe, lookingBack.read);
}
