import { useLingui } from '@lingui/react';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { saysAnything } from '../features/check-in/check-in.ts';
import { CheckInPanel } from '../features/check-in/CheckInPanel.tsx';
import { MoodSea } from '../features/check-in/MoodSea.tsx';
import { useCheckIn } from '../features/check-in/use-check-in.ts';
import { TodayView } from '../features/today/TodayView.tsx';
import { dateOf, longDay } from '../i18n/dates.ts';
import { useText } from '../i18n/use-text.ts';
import { useDeviceWord, useIsWide } from '../platform/media.ts';
import { useToday } from '../platform/passing-time.ts';
import { safetyWords } from '../session/moment-words.ts';
import { useMoment, useTimeline } from '../session/session-context.tsx';
import { useMomentLine } from '../session/use-moment-line.ts';
import { MomentRow } from '../ui/MomentRow.tsx';
import { holdUpdates } from './update-gate.ts';

// Fetched after the sea is there: nothing of it is needed on most days.
const DueBackup = lazy(async () => ({ default: (await import('./DueBackup.tsx')).DueBackup }));
const DueInstall = lazy(async () => ({ default: (await import('./DueInstall.tsx')).DueInstall }));
const DueReminder = lazy(async () => ({
  default: (await import('../features/reminders/DueReminder.tsx')).DueReminder,
}));
const DueToday = lazy(async () => ({
  default: (await import('../features/questionnaires/DueToday.tsx')).DueToday,
}));

const LockedNotesNotice = lazy(async () => ({
  default: (await import('../features/today/LockedNotesNotice.tsx')).LockedNotesNotice,
}));

/** Entries under the sea: two on a phone, more beside it. */
const lately = { phone: 2, wide: 6 };

/** Today: the sea, the check-in over or beside it, and the newest entries. */
export function TodayScreen() {
  const checkIn = useCheckIn();
  const timeline = useTimeline();
  const text = useText();
  const { i18n } = useLingui();
  const device = useDeviceWord();
  const wide = useIsWide();
  const line = useMomentLine();
  const day = useToday();
  const { open, draft, saved, show } = checkIn;
  const unfinished = saysAnything(draft) && !open;
  // It says where the entry is now, which a server or a backup changes while it is read.
  const safety = useMoment(saved?.id ?? '')?.safety ?? saved?.safety;

  const [asked, forgetAsked] = useShortcut(show);
  // A draft that was closed lies sealed on the device and comes back after a reload.
  useEffect(() => (open ? holdUpdates() : undefined), [open]);

  const newest = timeline.days.flatMap((one) => one.moments).slice(0, wide ? lately.wide : lately.phone);
  const rows = newest.map((moment) => {
    const { title, detail, written, time, day: name } = line(moment);
    const isToday = moment.when.precision !== 'undated' && moment.when.day === day;
    return (
      <MomentRow
        key={moment.id}
        href={`/entry/${moment.id}`}
        mood={moment.mood ?? {}}
        title={title}
        detail={detail}
        lines={1}
        written={detail === '' ? written : ''}
        time={isToday ? time : name}
      />
    );
  });

  return (
    <TodayView
      date={longDay(i18n, day)}
      sea={
        <MoodSea
          point={draft.mood.valence === undefined && draft.mood.arousal === undefined ? null : draft.mood}
          onMove={(point) => checkIn.act({ act: 'place', point })}
          onChoose={show}
        />
      }
      onPickWord={show}
      unfinished={unfinished}
      onGoOn={show}
      onThrowAway={checkIn.discard}
      saved={saved && safety ? safetyWords(text, safety, device, (ms) => dateOf(i18n, ms)) : null}
      onUndo={() => void checkIn.undo()}
      notice={
        <Suspense fallback={null}>
          <LockedNotesNotice />
        </Suspense>
      }
      lately={wide && open ? [] : rows}
      due={
        <Suspense fallback={null}>
          <DueReminder />
          <DueToday />
          <DueBackup />
          <DueInstall />
        </Suspense>
      }
      beside={
        <CheckInPanel
          draft={draft}
          act={checkIn.act}
          open={open}
          onClose={() => {
            forgetAsked();
            checkIn.close();
          }}
          onSave={() => {
            forgetAsked();
            void checkIn.save();
          }}
          saving={checkIn.saving}
          problem={checkIn.problem}
          asked={asked}
        />
      }
    />
  );
}

/**
 * The installed app's shortcut “Check in” opens `/?check-in`: straight to the sheet. A reminder of one part of it
 * opens `/?check-in=sleep`: straight to that part, whether or not it is asked at each check-in. Gives that part,
 * and how to ask for none.
 */
function useShortcut(show: () => void): readonly [string | undefined, () => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<string>();
  useEffect(() => {
    const part = new URLSearchParams(search).get('check-in');
    if (part === null) return;
    setAsked(part === '' ? undefined : part);
    show();
    navigate('/', { replace: true });
  }, [search, show, navigate]);
  return [asked, useCallback(() => setAsked(undefined), [])];
}
