import ChevronLeft from 'lucide-react/icons/chevron-left';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { HelpNow } from '../../ui/TopBar.tsx';
import styles from './Desk.module.css';
import { messages } from './messages.ts';

type DeskPaneProps = {
  readonly head: ReactNode;
  /** The third pane; above the timeline on a phone, since it is what the record opens to. */
  readonly since?: ReactNode;
  readonly children: ReactNode;
};

/** What stands beside the list: a head, what is new, and the rest. One column on a phone. */
export function DeskPane({ head, since, children }: DeskPaneProps) {
  const text = useText();
  return (
    <main className={styles.main} data-panes={since ? 3 : 2}>
      <div className={styles.bar}>
        <Link href="/desk" className={styles.toList}>
          <ChevronLeft aria-hidden />
          {text(messages.back)}
        </Link>
        <HelpNow />
      </div>
      <div className={styles.head}>{head}</div>
      {since && (
        <section className={styles.since} aria-label={text(messages.sinceTitle)}>
          {since}
        </section>
      )}
      <div className={styles.body}>{children}</div>
    </main>
  );
}
