import BookOpen from 'lucide-react/icons/book-open';
import ChartLine from 'lucide-react/icons/chart-line';
import CircleUserRound from 'lucide-react/icons/circle-user-round';
import House from 'lucide-react/icons/house';
import Users from 'lucide-react/icons/users';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../i18n/use-text.ts';
import { faces } from '../platform/faces.ts';
import { useDeviceWord } from '../platform/media.ts';
import { useFace } from '../platform/shown-face.ts';
import { TabBar } from '../ui/TabBar.tsx';
import { messages } from './messages.ts';
import styles from './Shell.module.css';
import { UpdateOffer } from './UpdateOffer.tsx';

/** The frame of every screen of an open diary: the five rooms, and the screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const device = useDeviceWord();
  const { name } = faces[useFace()];
  const [path] = useLocation();
  const isIn = (room: string) => path === room || path.startsWith(`${room}/`);
  return (
    <div className={styles.shell}>
      <main className={styles.main}>
        <div className={styles.offer}>
          <UpdateOffer />
        </div>
        {children}
      </main>
      <div className={styles.nav}>
        <TabBar
          name={name}
          foot={text(messages.sealed, { device })}
          tabs={[
            { href: '/', label: text(messages.today), icon: <House aria-hidden />, current: path === '/' },
            {
              href: '/journal',
              label: text(messages.journal),
              icon: <BookOpen aria-hidden />,
              current: isIn('/journal') || isIn('/entry'),
            },
            {
              href: '/insights',
              label: text(messages.insights),
              icon: <ChartLine aria-hidden />,
              current: isIn('/insights'),
            },
            {
              href: '/sharing',
              label: text(messages.sharing),
              icon: <Users aria-hidden />,
              current: isIn('/sharing'),
            },
            {
              href: '/me',
              label: text(messages.me),
              icon: <CircleUserRound aria-hidden />,
              current: isIn('/me') || isIn('/plan') || isIn('/questionnaires'),
            },
          ]}
        />
      </div>
    </div>
  );
}
