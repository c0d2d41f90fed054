import { useId } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { InlineButton } from '../../ui/Button.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';

type SectionFrameProps = {
  readonly title: string;
  readonly note?: string;
  /** Takes back what was said; offered while something was. */
  readonly onLeaveOut?: () => void;
  readonly children: ReactNode;
};

/** One part of the form with its heading, and the way to leave it unsaid again. */
export function SectionFrame({ title, note, onLeaveOut, children }: SectionFrameProps) {
  const text = useText();
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <div className={styles.heading}>
          <h2 id={id}>{title}</h2>
          {note !== undefined && <p className={styles.quiet}>{note}</p>}
        </div>
        {onLeaveOut && (
          <InlineButton onClick={onLeaveOut} aria-label={text(messages.leaveOutSpoken, { title })}>
            {text(messages.leaveOut)}
          </InlineButton>
        )}
      </div>
      {children}
    </section>
  );
}
