import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { classes } from './classes.ts';

type BannerProps = {
  /** `calm`: something to know. `care`: something to look at. `trouble`: something went wrong. */
  readonly tone?: 'calm' | 'care' | 'trouble';
  readonly icon?: ReactNode;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Spoken when it appears, without moving the focus. */
  readonly live?: boolean;
};

export function Banner({ tone = 'calm', icon, title, children, actions, live = false }: BannerProps) {
  return (
    <div
      className={classes(styles.banner, styles[tone])}
      role={live ? (tone === 'trouble' ? 'alert' : 'status') : undefined}
    >
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children !== undefined && <div className={styles.text}>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
