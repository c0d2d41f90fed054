import { useLingui } from '@lingui/react';
import { useState, useSyncExternalStore } from 'react';
import { readHostNumbers } from '../../platform/host-numbers.ts';
import { dateOf } from '../../i18n/dates.ts';
import type { Diary } from '../../session/contract.ts';
import { useSessionState } from '../../session/session-context.tsx';
import { HelpNowView } from './HelpNowView.tsx';
import type { OwnHelp } from './HelpNowView.tsx';
import { shownNumbers } from './shown-numbers.ts';

/** Needs no unlocking, no network and no consent. While the diary is locked nothing of it is shown but a plan left open. */
export function HelpNowPage() {
  const { i18n } = useLingui();
  const own = useOwnHelp();
  // As it lies here when the page opens: nothing moves under a finger when another list comes.
  const [shown] = useState(() => shownNumbers(readHostNumbers()));
  return (
    <HelpNowView
      own={own}
      shown={shown}
      dateOf={(day) => dateOf(i18n, Date.parse(`${day}T12:00:00Z`))}
      onClose={() => {
        if (window.history.length > 1) window.history.back();
        else window.location.assign('/');
      }}
    />
  );
}

function useOwnHelp(): OwnHelp {
  const state = useSessionState();
  const diary = state.status === 'open' ? state.diary : null;
  const plan = useSyncExternalStore(diary?.subscribe ?? neverChanges, diary?.plan ?? noPlan);
  if (state.status === 'locked') return { status: 'locked', plan: state.plan };
  if (diary === null) return { status: 'none' };
  return { status: 'open', plan };
}

const nothing: ReturnType<Diary['plan']> = [];
const noPlan = () => nothing;
const neverChanges = () => () => undefined;
