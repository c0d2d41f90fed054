import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Page.module.css';
import { TopBar } from './TopBar.tsx';

type PageProps = {
  /** The name of the screen in its top bar. */
  readonly title?: ReactNode;
  /** A quieter line in the top bar: “Step 3 of 4”. */
  readonly note?: ReactNode;
  readonly onBack?: () => void;
  readonly closes?: boolean;
  /** A question that stands under the top bar as the heading, when the bar holds only a note. */
  readonly question?: ReactNode;
  readonly children: ReactNode;
  /** Until what it says is known, it says nothing but its name. */
  readonly known?: boolean;
  /** The next step. On a lone page it stays in reach of the thumb. */
  readonly foot?: ReactNode;
  /** Room for charts beside plain reading. */
  readonly broad?: boolean;
  /** Not inside the shell: before the diary is open. Brings its own landmark and edges. */
  readonly lone?: boolean;
};

/** One screen under the top bar: a column of reading width. */
export function Page({
  title,
  note,
  onBack,
  closes,
  question,
  children,
  known = true,
  foot,
  broad = false,
  lone = false,
}: PageProps) {
  const Tag = lone ? 'main' : 'div';
  return (
    <Tag className={classes(styles.page, broad && styles.broad, lone && styles.lone)}>
      <TopBar
        {...(title === undefined ? {} : { title })}
        {...(note === undefined ? {} : { note })}
        {...(onBack ? { onBack } : {})}
        {...(closes ? { closes } : {})}
      />
      <div className={styles.body}>
        {question !== undefined && (
          <h1 tabIndex={-1} data-screen-title className={styles.question}>
            {question}
          </h1>
        )}
        {known && children}
      </div>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </Tag>
  );
}

/** A part of a page with its own small heading. */
export function PagePart({
  title,
  note,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.part}>
      <div>
        <h2 className={styles.partTitle}>{title}</h2>
        {note !== undefined && <p className={styles.quiet}>{note}</p>}
      </div>
      {children}
    </section>
  );
}

/** Words that are read once, smaller and quieter than the rest. */
export function Quiet({ children }: { readonly children: ReactNode }) {
  return <p className={styles.quiet}>{children}</p>;
}
