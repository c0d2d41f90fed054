import { LONGEST_WORDS } from '@evenkeel/journal';
import type { Trackable } from '@evenkeel/journal';
import { Suspense, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { TextArea } from '../../ui/TextField.tsx';
import { AboutTime } from './AboutTime.tsx';
import type { CheckInAct } from './check-in.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import { isAnswered } from './more-answers.ts';
import { MoreToLog } from './MoreToLog.tsx';
import { sections } from './sections.ts';
import { WhichWords } from './WhichWords.tsx';
import { YourPoint } from './YourPoint.tsx';

type CheckInFormProps = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
  /** What is switched on; what the draft says already is shown as well. */
  readonly tracked: ReadonlySet<Trackable>;
  /** The part that a reminder asks for, or `part:item`: shown whatever is switched on, and gone to. */
  readonly asked?: string | undefined;
  readonly onTurnOn: (what: Trackable) => void;
  /** Whether the line with the time is open for change, and what it says when it is closed. */
  readonly timeOpen: boolean;
  readonly onTimeDone: () => void;
  /** Changing a saved entry: its time stays unless it is changed. */
  readonly editing?: boolean;
};

/** Everything one can say of a moment. Nothing in it is needed to save but one answer. */
export function CheckInForm(props: CheckInFormProps) {
  const { draft, act, tracked } = props;
  const [asked, item] = props.asked?.split(':') ?? [];
  const text = useText();
  const shown = sections.filter(({ what }) => tracked.has(what) || isAnswered(what, draft) || what === asked);
  return (
    <div className={styles.form}>
      {props.timeOpen && (
        <AboutTime about={draft.about} act={act} onDone={props.onTimeDone} editing={props.editing ?? false} />
      )}
      <WhichWords draft={draft} act={act} />
      <YourPoint draft={draft} act={act} />
      {shown.map(({ what, Part }) => (
        <Suspense key={what} fallback={null}>
          {what === asked ? (
            <Asked item={item}>
              <Part draft={draft} act={act} />
            </Asked>
          ) : (
            <Part draft={draft} act={act} />
          )}
        </Suspense>
      ))}
      <MoreToLog off={sections.filter((section) => !shown.includes(section))} onTurnOn={props.onTurnOn} />
      <TextArea
        label={text(messages.words)}
        quietLabel
        value={draft.text}
        maxLength={LONGEST_WORDS}
        onChange={(written) => act({ act: 'write', text: written })}
      />
    </div>
  );
}

/** Comes into view and takes the focus when it is there: a part is fetched when it is first shown. */
function Asked({ item, children }: { readonly item: string | undefined; readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const one = [...(ref.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const place = one.find(({ dataset }) => dataset['item'] === item) ?? ref.current;
    place?.scrollIntoView({ block: 'start' });
    place?.focus({ preventScroll: true });
  }, [item]);
  return (
    <div ref={ref} tabIndex={-1} className={styles.asked}>
      {children}
    </div>
  );
}
