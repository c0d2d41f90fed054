import Lock from 'lucide-react/icons/lock';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import X from 'lucide-react/icons/x';
import { clockTime, dayInside } from '../../i18n/dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { Rich } from '../../i18n/Rich.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useIsWide } from '../../platform/media.ts';
import { useNow } from '../../platform/passing-time.ts';
import type { About, CheckInDraft } from '../../session/contract.ts';
import { useDiary, useTracked } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, IconButton, InlineButton } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Dialog.tsx';
import { LeaveButton } from '../../ui/TopBar.tsx';
import { saysAnything } from './check-in.ts';
import type { CheckInAct } from './check-in.ts';
import { CheckInForm } from './CheckInForm.tsx';
import styles from './CheckInPanel.module.css';
import { messages } from './messages.ts';
import type { SaveProblem } from './use-check-in.ts';

const problems = {
  'no-room': messages.problemNoRoom,
  'no-such-time': messages.problemTime,
  'too-much': messages.problemTooMuch,
  gone: messages.problemGone,
  'draft-not-kept': messages.problemDraft,
} satisfies Record<SaveProblem, Message>;

type CheckInPanelProps = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSave: () => void;
  /** Offered where closing would keep what was changed. */
  readonly onThrowAway?: () => void;
  readonly saving: boolean;
  readonly problem: SaveProblem | null;
  /** The part a reminder asks for. */
  readonly asked?: string | undefined;
  /** Changing a saved entry: what its time says now. */
  readonly editing?: { readonly time: string };
};

/**
 * The check-in around its form: a sheet over the whole phone, a column beside the sea on a wide screen.
 * “Help now” stays where it is in both, and Save never scrolls away.
 */
export function CheckInPanel(props: CheckInPanelProps) {
  const { draft, act, open, onClose, editing } = props;
  const text = useText();
  const wide = useIsWide();
  const diary = useDiary();
  const tracked = useTracked();
  const [timeOpen, setTimeOpen] = useState(false);

  const title = text(editing ? messages.editTitle : messages.title);
  const form = (
    <CheckInForm
      draft={draft}
      act={act}
      tracked={tracked}
      asked={props.asked}
      onTurnOn={(what) => void diary.setTracked(what, true)}
      timeOpen={timeOpen}
      onTimeDone={() => setTimeOpen(false)}
      editing={editing !== undefined}
    />
  );
  const time = <TimeLine about={draft.about} editing={editing} onChange={() => setTimeOpen(!timeOpen)} />;
  const foot = <Foot {...props} />;

  if (wide)
    return open ? <Column title={title} time={time} onClose={onClose} body={form} foot={foot} /> : null;
  return (
    <Sheet open={open} onClose={onClose} title={title} foot={foot} whole={time}>
      {form}
    </Sheet>
  );
}

type ColumnProps = {
  readonly title: string;
  readonly time: ReactNode;
  readonly onClose: () => void;
  readonly body: ReactNode;
  readonly foot: ReactNode;
};

function Column({ title, time, onClose, body, foot }: ColumnProps) {
  const text = useText();
  const id = useId();
  return (
    <section className={styles.column} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.name}>
          <h2 id={id}>{title}</h2>
          <div className={styles.time}>{time}</div>
        </div>
        <LeaveButton />
        <IconButton label={text(messages.close)} icon={<X aria-hidden />} onClick={onClose} />
      </div>
      <div className={styles.body}>{body}</div>
      <div className={styles.foot}>{foot}</div>
    </section>
  );
}

function Foot({ draft, onSave, onThrowAway, saving, problem, editing }: CheckInPanelProps) {
  const text = useText();
  return (
    <>
      {problem && (
        <Banner tone="trouble" live>
          {text(problems[problem])}
        </Banner>
      )}
      <Button look="primary" wide onClick={onSave} disabled={saving || !saysAnything(draft)}>
        {text(editing ? messages.saveChanges : messages.save)}
      </Button>
      {onThrowAway && (
        <Button look="plain" wide onClick={onThrowAway}>
          {text(messages.throwAway)}
        </Button>
      )}
      <p className={styles.sealed}>
        <Lock aria-hidden />
        {text(messages.sealed)}
      </p>
    </>
  );
}

type TimeLineProps = {
  readonly about: About;
  readonly editing: { readonly time: string } | undefined;
  readonly onChange: () => void;
};

function TimeLine({ about, editing, onChange }: TimeLineProps) {
  const text = useText();
  const { i18n } = useLingui();
  const now = useNow((ms) => clockTime(i18n, ms));
  const said = () => {
    switch (about.kind) {
      case 'now':
        return editing?.time ?? text(messages.now, { time: now });
      case 'day':
        return text(messages.aboutDay, { day: dayInside(i18n, about.day) });
      case 'minute':
        return text(messages.aboutDayTime, { day: dayInside(i18n, about.day), time: about.time });
    }
  };
  return (
    <Rich
      of={messages.timeLine}
      values={{ time: said() }}
      parts={[<InlineButton key="change" onClick={onChange} aria-label={text(messages.changeSpoken)} />]}
    />
  );
}
