import { useEffect, useState } from 'react';
import { useSession } from './session-context.tsx';

/** Whether this device's own lock can open a diary here. Null until the browser has said so. */
export function useCanUsePasskey(): boolean | null {
  const session = useSession();
  const [can, setCan] = useState<boolean | null>(null);
  useEffect(() => {
    void session.canUsePasskey().then(setCan);
  }, [session]);
  return can;
}
