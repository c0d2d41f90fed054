import CloudCheck from 'lucide-react/icons/cloud-check';
import Smartphone from 'lucide-react/icons/smartphone';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { MoodPoint } from './mood-colour.ts';
import { MoodMark } from './MoodMark.tsx';
import styles from './MomentRow.module.css';

type MomentRowProps = {
  readonly mood: MoodPoint;
  readonly title: string;
  readonly detail?: string;
  /** Lines of the detail that are shown, where a list is glanced at; all of them by default. */
  readonly lines?: 1 | 2;
  /** What was written; two lines of it are shown. */
  readonly written?: string;
  /** The time, or the day. */
  readonly time: string;
  /** Where it is safe. */
  readonly safety?: { readonly words: string; readonly elsewhere: boolean };
  /** Small facts: “not for sharing”, “written Thursday”. */
  readonly notes?: ReactNode;
  readonly href?: string;
};

/** One moment in a list: its colour, what was felt, what was around, when, and where it is safe. */
export function MomentRow({ href, ...row }: MomentRowProps) {
  if (href === undefined) return <div className={styles.row}>{inside(row)}</div>;
  return (
    <Link href={href} className={styles.row}>
      {inside(row)}
    </Link>
  );
}

function inside({ mood, title, detail, lines, written, time, safety, notes }: MomentRowProps) {
  return (
    <>
      <MoodMark mood={mood} />
      <span className={styles.words}>
        <span className={styles.first}>
          <span className={styles.title}>{title}</span>
          <span className={styles.time}>{time}</span>
        </span>
        {detail && (
          <span className={styles.detail} data-lines={lines}>
            {detail}
          </span>
        )}
        {written && <span className={styles.written}>{written}</span>}
        {(safety !== undefined || notes !== undefined) && (
          <span className={styles.notes}>
            {safety !== undefined && (
              <span className={styles.safety}>
                {safety.elsewhere ? <CloudCheck aria-hidden /> : <Smartphone aria-hidden />}
                {safety.words}
              </span>
            )}
            {notes}
          </span>
        )}
      </span>
    </>
  );
}
