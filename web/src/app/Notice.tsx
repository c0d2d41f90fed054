import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** A whole page that says one thing. */
export function Notice({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <main className={styles.notice}>
      <h1 tabIndex={-1} data-screen-title>
        {title}
      </h1>
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </main>
  );
}
