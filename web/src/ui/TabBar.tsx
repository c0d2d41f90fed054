import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../i18n/use-text.ts';
import { messages } from './messages.ts';
import styles from './TabBar.module.css';

export type Tab = {
  readonly href: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly current: boolean;
};

/** The rooms of the app: a bar in reach of the thumb, a rail at the side when there is width. */
export function TabBar({
  tabs,
  name,
  foot,
}: {
  readonly tabs: readonly Tab[];
  readonly name: string;
  readonly foot?: ReactNode;
}) {
  const text = useText();
  return (
    <nav className={styles.nav} aria-label={text(messages.mainMenu)}>
      <p className={styles.name}>{name}</p>
      <ul className={styles.tabs}>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link href={tab.href} className={styles.tab} aria-current={tab.current ? 'page' : undefined}>
              {tab.icon}
              <span>{tab.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </nav>
  );
}
