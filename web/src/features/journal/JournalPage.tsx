import { isLocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useDeferredValue, useEffect, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { dayName } from '../../i18n/dates.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { useToday } from '../../platform/passing-time.ts';
import { useBin, useDiary, useSearch, useTimeline } from '../../session/session-context.tsx';
import { EVERYTHING } from '../../session/search-contract.ts';
import { useMomentLine } from '../../session/use-moment-line.ts';
import { JournalView } from './JournalView.tsx';

/** The journal; under /journal/day/2026-07-14 it stands at that day. */
export function JournalPage() {
  const diary = useDiary();
  const timeline = useTimeline();
  const bin = useBin();
  const device = useDeviceWord();
  const { i18n } = useLingui();
  const line = useMomentLine();
  const search = useSearch();
  const found = useDeferredValue(search.found);
  const [, navigate] = useLocation();
  const [opening, setOpening] = useState(false);
  const binned = useJustBinned();
  const { day: soughtDay } = useParams<{ readonly day?: string }>();

  useEffect(() => {
    if (soughtDay !== undefined && isLocalDay(soughtDay)) void diary.showOlder(soughtDay);
  }, [diary, soughtDay]);

  const showOlder = async () => {
    if (opening) return;
    if (found !== null) {
      diary.search.showMore();
      return;
    }
    setOpening(true);
    await diary.showOlder().finally(() => setOpening(false));
  };

  return (
    <JournalView
      device={device}
      search={search}
      onWant={diary.search.want}
      found={found}
      days={(found ?? timeline).days}
      nameOf={(day) => dayName(i18n, day)}
      lineOf={line}
      more={(found ?? timeline).more}
      opening={opening}
      standAt={soughtDay ?? null}
      today={useToday()}
      months={timeline.months}
      onGoTo={(day) => {
        diary.search.want(EVERYTHING);
        navigate(`/journal/day/${day}`, { replace: day === soughtDay });
      }}
      onOlder={() => void showOlder()}
      binCount={bin.length}
      justBinned={binned.id !== null && bin.some(({ id }) => id === binned.id)}
      onUndoBin={() => {
        if (binned.id !== null) void diary.restore(binned.id);
        binned.forget();
      }}
    />
  );
}

/** The entry page leaves the id of what it moved to the bin in the history state, so that it can be undone here. */
function useJustBinned(): { readonly id: string | null; readonly forget: () => void } {
  const state: unknown = useHistoryState();
  const [, navigate] = useLocation();
  const [forgotten, setForgotten] = useState(false);
  const id =
    !forgotten &&
    typeof state === 'object' &&
    state !== null &&
    'binned' in state &&
    typeof state.binned === 'string'
      ? state.binned
      : null;
  return {
    id,
    forget: () => {
      setForgotten(true);
      navigate('/journal', { replace: true, state: null });
    },
  };
}
