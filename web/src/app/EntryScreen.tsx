import { useLingui } from '@lingui/react';
import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { CheckInPanel } from '../features/check-in/CheckInPanel.tsx';
import { type Change, useChange } from '../features/check-in/use-change.ts';
import { EntryHistory } from '../features/entry/EntryHistory.tsx';
import { EntryView } from '../features/entry/EntryView.tsx';
import { messages } from '../features/entry/messages.ts';
import { useAbout } from '../features/entry/use-about.ts';
import { clockTime, dayInside, dayName, localDayOf } from '../i18n/dates.ts';
import { useText } from '../i18n/use-text.ts';
import { useIsWide } from '../platform/media.ts';
import type { Moment } from '../session/contract.ts';
import { useDiary, useMoment } from '../session/session-context.tsx';
import { useMomentLine } from '../session/use-moment-line.ts';
import { LinkButton } from '../ui/Button.tsx';
import { TopBar } from '../ui/TopBar.tsx';
import styles from './EntryScreen.module.css';
import { holdUpdates } from './update-gate.ts';

const AnswersPart = lazy(async () => ({
  default: (await import('../features/questionnaires/AnswersPart.tsx')).AnswersPart,
}));

export function EntryScreen({ id }: { readonly id: string }) {
  return <Entry key={id} id={id} />;
}

function Entry({ id }: { readonly id: string }) {
  const moment = useMoment(id);
  const about = useAbout();
  const wide = useIsWide();
  const [, navigate] = useLocation();
  const change = useChange(id, moment, (made) => navigate(`/entry/${made}`, { replace: true }));
  useEffect(() => (change.open ? holdUpdates() : undefined), [change.open]);
  return (
    <div className={styles.screen} data-editing={wide && change.open}>
      {moment ? <Held moment={moment} change={change} /> : <Gone />}
      <CheckInPanel
        draft={change.draft}
        act={change.act}
        open={change.open}
        onClose={change.close}
        onSave={() => void change.save()}
        {...(change.begun && { onThrowAway: change.throwAway })}
        saving={change.saving}
        problem={change.problem}
        {...(moment && { editing: { time: about(moment, dayName) } })}
      />
    </div>
  );
}

function Gone() {
  const text = useText();
  const [, navigate] = useLocation();
  return (
    <div>
      <TopBar title={text(messages.gone)} onBack={() => navigate('/journal')} />
      <p className={styles.gone}>{text(messages.goneMore)}</p>
      <LinkButton href="/journal" look="quiet">
        {text(messages.toJournal)}
      </LinkButton>
    </div>
  );
}

function Held({ moment, change }: { readonly moment: Moment; readonly change: Change }) {
  const diary = useDiary();
  const text = useText();
  const { i18n } = useLingui();
  const line = useMomentLine();
  const [, navigate] = useLocation();

  const about = useAbout();
  const dayAndTime = (ms: number) =>
    text(messages.about, { day: dayInside(i18n, localDayOf(ms)), time: clockTime(i18n, ms) });
  const shown = line(moment);
  const writtenAtOnce =
    moment.when.precision === 'minute' && Math.abs(moment.written - moment.when.at) < 120_000;

  const bin = async () => {
    // What was begun stays with the entry, should it be put back.
    change.close();
    await diary.moveToBin(moment.id);
    navigate('/journal', { state: { binned: moment.id } });
  };

  return (
    <EntryView
      moment={moment}
      line={shown}
      when={
        writtenAtOnce
          ? about(moment, dayName)
          : text(messages.whenBoth, { about: about(moment, dayInside), written: dayAndTime(moment.written) })
      }
      edited={moment.edited === undefined ? null : text(messages.edited, { when: dayAndTime(moment.edited) })}
      begun={change.begun && !change.open}
      onBack={() => navigate('/journal')}
      onEdit={change.show}
      onBin={() => void bin()}
      onNotForSharing={(notForSharing) => void diary.setNotForSharing(moment.id, notForSharing)}
      {...(moment.questionnaire && {
        answers: (
          <Suspense fallback={null}>
            <AnswersPart said={moment.questionnaire} entry={moment.id} />
          </Suspense>
        ),
      })}
      history={<EntryHistory moment={moment} />}
    />
  );
}
