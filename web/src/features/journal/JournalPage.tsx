import { isLocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { dayName } from '../../i18n/dates.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { useBin, useDiary, useTimeline } from '../../session/session-context.tsx';
import { useMomentLine } from '../../session/use-moment-line.ts';
import { JournalView } from './JournalView.tsx';
import { searchDays } from './journal-search.ts';

/** The journal; under /journal/day/2026-07-14 it stands at that day. */
export function JournalPage() {
  const diary = useDiary();
  const timeline = useTimeline();
  const bin = useBin();
  const device = useDeviceWord();
  const { i18n } = useLingui();
  const line = useMomentLine();
  const [sought, setSought] = useState('');
  const [opening, setOpening] = useState(false);
  const soughtLater = useDeferredValue(sought);
  const binned = useJustBinned();
  const { day: soughtDay } = useParams<{ readonly day?: string }>();

  useEffect(() => {
    if (soughtDay !== undefined && isLocalDay(soughtDay)) void diary.showOlder(soughtDay);
  }, [diary, soughtDay]);

  const days = useMemo(
    () =>
      searchDays(timeline.days, soughtLater, (moment) => {
        const { title, detail, written } = line(moment);
        return `${title} ${detail} ${written}`;
      }),
    [timeline.days, soughtLater, line],
  );

  const showOlder = async () => {
    if (opening) return;
    setOpening(true);
    await diary.showOlder().finally(() => setOpening(false));
  };

  return (
    <JournalView
      device={device}
      sought={sought}
      onSeek={setSought}
      days={days}
      nameOf={(day) => dayName(i18n, day)}
      lineOf={line}
      more={timeline.more}
      opening={opening}
      standAt={soughtDay ?? null}
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
