import ChevronRight from 'lucide-react/icons/chevron-right';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Row.module.css';
import { classes } from './classes.ts';

type RowProps = {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Stands before the words: an icon or a MoodMark. */
  readonly lead?: ReactNode;
  /** Stands after the words: a time, a badge, a switch. */
  readonly end?: ReactNode;
};

/** One line of a list in a Card: what it is, a quieter line, something before and after. */
export function Row({ title, detail, lead, end }: RowProps) {
  return <div className={styles.row}>{inside({ title, detail, lead, end })}</div>;
}

/** A row that opens another screen. */
export function RowLink({ href, ...row }: RowProps & { readonly href: string }) {
  return (
    <Link href={href} className={classes(styles.row, styles.act)}>
      {inside({ ...row, end: row.end ?? <ChevronRight aria-hidden className={styles.chevron} /> })}
    </Link>
  );
}

/** A row that leaves the app: a telephone number, a message, or a site beside it, which is not told where from. */
export function RowOutLink({ href, ...row }: RowProps & { readonly href: string }) {
  const beside = href.startsWith('https:') ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return (
    <a href={href} {...beside} className={classes(styles.row, styles.act)}>
      {inside(row)}
    </a>
  );
}

/** A row that does something here. */
export function RowButton({ onClick, ...row }: RowProps & { readonly onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={classes(styles.row, styles.act)}>
      {inside({ ...row, end: row.end ?? <ChevronRight aria-hidden className={styles.chevron} /> })}
    </button>
  );
}

function inside({ title, detail, lead, end }: RowProps) {
  return (
    <>
      {lead !== undefined && <span className={styles.lead}>{lead}</span>}
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </>
  );
}
