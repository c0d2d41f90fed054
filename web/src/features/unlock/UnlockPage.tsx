import { useState } from 'react';
import { useLocation } from 'wouter';
import { useDeviceWord } from '../../platform/media.ts';
import { useSession } from '../../session/session-context.tsx';
import type { SessionState, UnlockOutcome, UnlockTry } from '../../session/contract.ts';
import { UnlockView } from './UnlockView.tsx';

type Locked = Extract<SessionState, { status: 'locked' }>;

export function UnlockPage({ state }: { readonly state: Locked }) {
  const session = useSession();
  const device = useDeviceWord();
  const [path] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{
    readonly method: UnlockTry['method'];
    readonly reason: UnlockProblem;
  } | null>(null);

  const unlock = async (attempt: UnlockTry) => {
    setBusy(true);
    setProblem(null);
    const outcome = await session.unlock(attempt).finally(() => setBusy(false));
    if (!outcome.ok) setProblem({ method: attempt.method, reason: outcome.reason });
  };

  return (
    <UnlockView
      state={state}
      device={device}
      // The desk holds other people's records: nobody writes there.
      quickEntry={state.quickEntry && !path.startsWith('/desk')}
      busy={busy}
      problem={problem}
      onTry={(attempt) => void unlock(attempt)}
    />
  );
}

export type UnlockProblem = Extract<UnlockOutcome, { ok: false }>['reason'];
