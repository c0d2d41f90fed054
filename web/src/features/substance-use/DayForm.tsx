import type { ReactNode } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { SaveOutcome } from '../../session/contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Quiet } from '../../ui/Page.tsx';
import { messages } from './messages.ts';
import styles from './UseCalendar.module.css';

type Problem = Extract<SaveOutcome, { ok: false }>['reason'];

const problems = {
  'no-room': messages.problemRoom,
  'no-such-time': messages.problemDay,
  'too-much': messages.problemTooMuch,
  gone: messages.problemGone,
} satisfies Record<Problem, Message>;

type DayFormProps = {
  readonly problem: Problem | null;
  readonly onSave: () => void;
  readonly children: ReactNode;
};

/** One day of the calendar, to note what there was or was not. */
export function DayForm({ problem, onSave, children }: DayFormProps) {
  const text = useText();
  return (
    <div className={styles.form}>
      {children}
      <Quiet>{text(messages.others)}</Quiet>
      {problem !== null && (
        <Banner tone="trouble" live>
          {text(problems[problem])}
        </Banner>
      )}
      <Button look="primary" wide onClick={onSave}>
        {text(messages.save)}
      </Button>
    </div>
  );
}
