import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
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
  const lookingBack = useLookingBack();
  return useSyncExternalStore(lookingBack.subscribe, lookingBack.read);
}

/** What was written in a range of days, newest first; read anew when the diary changes. */
export function useWords({ first, last }: { readonly first: string; readonly last: string }) {
  const lookingBack = useLookingBack();
  const looked = useLookedBack();
  return useMemo(
    () => (looked.days.length === 0 ? [] : lookingBack.words(first, last)),
    [lookingBack, looked, first, last],
  );
}

function useLookingBack(): LookingBack {
  const lookingBack = useContext(LookingBackContext);
  if (!lookingBack) throw new MissingProviderError('looking back needs a LookingBackProvider above it.');
  return lookingBack;
}
