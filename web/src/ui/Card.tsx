import type { ReactNode } from 'react';
import styles from './Card.module.css';
import { classes } from './classes.ts';

type CardProps = {
  readonly children: ReactNode;
  /** Rows reach the edges of the card; hairlines between them. */
  readonly rows?: boolean;
  readonly as?: 'div' | 'section' | 'article' | 'ul';
  readonly label?: string;
};

export function Card({ children, rows = false, as: Tag = 'div', label }: CardProps) {
  return (
    <Tag className={classes(styles.card, rows && styles.rows)} aria-label={label}>
      {children}
    </Tag>
  );
}
