import { useLingui } from '@lingui/react';
import { lazy, Suspense, useEffect, useReducer, useState } from 'react';
import { useLocation } from 'wouter';
import { checkIn, draftOf } from '../features/check-in/check-in.ts';
import { CheckInPanel } from '../features/check-in/CheckInPanel.tsx';
import type { SaveProblem } from '../features/check-in/use-check-in.ts';
import { EntryHistory } from '../features/entry/EntryHistory.tsx';
import { EntryView } from '../features/entry/EntryView.tsx';
import { messages } from '../features/entry/messages.ts';
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
  const moment = useMoment(id);
  const text = useText();
  const [, navigate] = useLocation();
  if (moment) return <Entry key={id} moment={moment} />;
  return (
    <>
      <TopBar title={text(messages.gone)} onBack={() => navigate('/journal')} />
      <p className={styles.gone}>{text(messages.goneMore)}</p>
      <LinkButton href="/journal" look="quiet">
        {text(messages.toJournal)}
      </LinkButton>
    </>
  );
}

function Entry({ moment }: { readonly moment: Moment }) {
  const diary = useDiary();
  const text = useText();
  const { i18n } = useLingui();
  const line = useMomentLine();
  const wide = useIsWide();
  const [, navigate] = useLocation();
  const [editing, setEditing] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem | null>(null);
  const [draft, act] = useReducer(checkIn, moment, draftOf);
  useEffect(() => (editing ? holdUpdates() : undefined), [editing]);

  const dayAndTime = (ms: number) =>
    text(messages.about, { day: dayInside(i18n, localDayOf(ms)), time: clockTime(i18n, ms) });
  const shown = line(moment);
  const day = moment.when.precision === 'undated' ? localDayOf(moment.written) : moment.when.day;
  const aboutOn = (name: string) =>
    moment.when.precision === 'minute'
      ? text(messages.about, { day: name, time: shown.time })
      : text(messages.onlyDay, { day: name });
  const about = aboutOn(dayName(i18n, day));
  const writtenAtOnce =
    moment.when.precision === 'minute' && Math.abs(moment.written - moment.when.at) < 120_000;

  const edit = () => {
    act({ act: 'start-over', draft: draftOf(moment) });
    setProblem(null);
    setEditing(true);
  };
  const save = async () => {
    setSaving(true);
    const outcome = await diary.edit(moment.id, draft).finally(() => setSaving(false));
    if (outcome.ok) setEditing(false);
    else setProblem(outcome.reason);
  };
  const bin = async () => {
    await diary.moveToBin(moment.id);
    navigate('/journal', { state: { binned: moment.id } });
  };

  return (
    <div className={styles.screen} data-editing={wide && editing}>
      <EntryView
        moment={moment}
        line={shown}
        when={
          writtenAtOnce
            ? about
            : text(messages.whenBoth, {
                about: aboutOn(dayInside(i18n, day)),
                written: dayAndTime(moment.written),
              })
        }
        edited={moment.edited === undefined ? null : editedWords(dayAndTime(moment.edited))}
        onBack={() => navigate('/journal')}
        onEdit={edit}
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
      <CheckInPanel
        draft={draft}
        act={act}
        open={editing}
        onClose={() => setEditing(false)}
        onSave={() => void save()}
        saving={saving}
        problem={problem}
        editing={{ time: about }}
      />
    </div>
  );

  function editedWords(when: string): string {
    return text(messages.edited, { when });
  }
}
