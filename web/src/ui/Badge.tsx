import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classes } from './classes.ts';

/** A short fact beside a name: “checked in person”, “clinician”, “+6”. */
export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'care' | 'alert' | 'good';
  readonly children: ReactNode;
}) {
  return <span className={classes(styles.badge, styles[tone])}>{children}</span>;
}
