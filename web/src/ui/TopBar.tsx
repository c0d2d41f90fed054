import ChevronLeft from 'lucide-react/icons/chevron-left';
import DoorOpen from 'lucide-react/icons/door-open';
import LifeBuoy from 'lucide-react/icons/life-buoy';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../i18n/use-text.ts';
import { IconButton } from './Button.tsx';
import { messages } from './messages.ts';
import styles from './TopBar.module.css';

type TopBarProps = {
  /** The name of the screen as its heading. */
  readonly title?: ReactNode;
  /** A quieter line instead of a title: a date, “Step 3 of 4”. */
  readonly note?: ReactNode;
  readonly onBack?: () => void;
  /** A cross instead of the arrow: leaves something that was opened on top. */
  readonly closes?: boolean;
  /** With the way to a blank page, for what makes the rest of the screen unreachable. */
  readonly leaves?: boolean;
};

/** Stands at the top of every screen, with “Help now” always in the same place (WCAG 3.2.6). */
export function TopBar({ title, note, onBack, closes = false, leaves = false }: TopBarProps) {
  const text = useText();
  return (
    <header className={styles.bar}>
      {/* First in the order of focus, not in the line. */}
      {leaves && (
        <span className={styles.leave}>
          <LeaveButton />
        </span>
      )}
      {onBack && (
        <span className={styles.back}>
          <IconButton
            label={text(closes ? messages.close : messages.back)}
            icon={closes ? <X aria-hidden /> : <ChevronLeft aria-hidden />}
            onClick={onBack}
          />
        </span>
      )}
      <div className={styles.words}>
        {title !== undefined && (
          <h1 className={styles.title} tabIndex={-1} data-screen-title>
            {title}
          </h1>
        )}
        {note !== undefined && <div className={styles.note}>{note}</div>}
      </div>
      <HelpNow />
    </header>
  );
}

/** A blank page at once; whoever listens for `data-quick-exit` brings it (app/QuickExit.tsx). */
export function LeaveButton() {
  return <IconButton label={useText()(messages.leave)} icon={<DoorOpen aria-hidden />} data-quick-exit />;
}

/** The lifebuoy. It needs no unlocking, no network and no consent. */
export function HelpNow() {
  const text = useText();
  return (
    <Link href="/help" className={styles.help} data-help-now>
      <LifeBuoy aria-hidden />
      {text(messages.helpNow)}
    </Link>
  );
}
