import { useLingui } from '@lingui/react';
import Bell from 'lucide-react/icons/bell';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import Compass from 'lucide-react/icons/compass';
import FileText from 'lucide-react/icons/file-text';
import Info from 'lucide-react/icons/info';
import KeyRound from 'lucide-react/icons/key-round';
import LifeBuoy from 'lucide-react/icons/life-buoy';
import ListChecks from 'lucide-react/icons/list-checks';
import LockIcon from 'lucide-react/icons/lock';
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone';
import Palette from 'lucide-react/icons/palette';
import ServerIcon from 'lucide-react/icons/server';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { useMeState } from '../../session/me-context.tsx';
import type { MeState } from '../../session/me-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { appearanceMessages } from './AppearancePage.tsx';
import type { Appearance } from './AppearancePage.tsx';
import { lockedMessages, wayMessages } from './lock-words.ts';
import { messages } from './messages.ts';
import styles from './Me.module.css';
import { safetyFacts } from './safety.ts';
import type { SafetyFact } from './safety.ts';

type MePageProps = {
  /** Address of this page; the others lie below it. */
  readonly base: string;
  /** A clinician's computer has no diary of its own to save or bring in. */
  readonly face: 'person' | 'clinician';
  readonly appearance: Appearance;
  /** On the desk, where this is not one of the rooms of the bar. */
  readonly onBack?: () => void;
};

/** What keeps the diary safe, and the way to everything else. */
export function MePage({ base, face, appearance, onBack }: MePageProps) {
  const text = useText();
  const { i18n } = useLingui();
  const state = useMeState();
  const device = useDeviceWord();
  const { lock, devices, kit, server } = state;
  const facts = safetyFacts(state);
  const current = devices.filter((one) => one.removedAt === null).length;
  const [way] = lock.methods;
  return (
    <Page
      title={text(face === 'person' ? messages.title : messages.titleComputer)}
      {...(onBack ? { onBack } : {})}
    >
      {face === 'person' && (
        <Card as="section">
          <div className={styles.safeHead}>
            <h2 className={styles.title}>{text(messages.safe)}</h2>
            <Badge>
              {text(messages.safeCount, { n: facts.filter((fact) => fact.good).length, of: facts.length })}
            </Badge>
          </div>
          <ul>
            {facts.map((fact) => (
              <li key={fact.about} className={styles.fact} data-good={fact.good}>
                {fact.good ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
                <span>{factWords(text, fact, state, device)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {face === 'person' && (
        <Card rows>
          <RowLink
            href="/plan"
            lead={<LifeBuoy aria-hidden />}
            title={text(messages.plan)}
            detail={text(messages.planDetail)}
          />
          <RowLink
            href="/me/track"
            lead={<ListChecks aria-hidden />}
            title={text(messages.track)}
            detail={text(messages.trackDetail)}
          />
          <RowLink
            href="/me/values"
            lead={<Compass aria-hidden />}
            title={text(messages.values)}
            detail={text(messages.valuesDetail)}
          />
          <RowLink
            href="/questionnaires"
            lead={<ClipboardList aria-hidden />}
            title={text(messages.questionnaires)}
            detail={text(messages.questionnairesDetail)}
          />
          <RowLink
            href="/me/reminders"
            lead={<Bell aria-hidden />}
            title={text(messages.reminders)}
            detail={text(messages.remindersDetail)}
          />
        </Card>
      )}
      <Card rows>
        <RowLink
          href={`${base}/lock`}
          lead={<LockIcon aria-hidden />}
          title={text(messages.lock)}
          detail={
            way === undefined
              ? text(messages.wayNone)
              : text(messages.lockDetail, {
                  way: lock.methods.map((one) => text(wayMessages[one])).join(', '),
                  n: lock.autoLockMinutes,
                })
          }
        />
        <RowLink
          href={`${base}/devices`}
          lead={<MonitorSmartphone aria-hidden />}
          title={text(messages.devices)}
          detail={text(messages.deviceCount, { n: current })}
        />
        <RowLink
          href={`${base}/kit`}
          lead={<KeyRound aria-hidden />}
          title={text(messages.kit)}
          detail={
            kit.status === 'checked'
              ? text(messages.kitDetailChecked, { date: dayAndMonth(i18n, kit.checkedAt) })
              : text(kit.status === 'none' ? messages.kitDetailNone : messages.kitDetailUnchecked)
          }
        />
        <RowLink
          href={`${base}/server`}
          lead={<ServerIcon aria-hidden />}
          title={text(messages.server)}
          detail={server.status === 'joined' ? new URL(server.origin).host : text(messages.serverNone)}
        />
        {face === 'person' && (
          <RowLink
            href={`${base}/data`}
            lead={<FileText aria-hidden />}
            title={text(messages.data)}
            detail={text(messages.dataDetail)}
          />
        )}
        <RowLink
          href={`${base}/appearance`}
          lead={<Palette aria-hidden />}
          title={text(messages.appearance)}
          detail={text(appearanceMessages[appearance])}
        />
        <RowLink
          href={`${base}/about`}
          lead={<Info aria-hidden />}
          title={text(messages.about)}
          detail={text(messages.aboutDetail)}
        />
      </Card>
    </Page>
  );
}

function factWords(text: Text, fact: SafetyFact, { lock }: MeState, device: 'phone' | 'computer'): string {
  switch (fact.about) {
    case 'lock': {
      const way = lock.methods.find((method) => method !== 'pin') ?? lock.methods[0];
      return text(way === undefined ? messages.notLocked : lockedMessages[way]);
    }
    case 'server':
      if (!fact.joined) return text(messages.onlyHere, { device });
      return fact.good
        ? text(messages.allOnServer, { n: fact.entries })
        : text(messages.someOnServer, { onServer: fact.onServer, of: fact.entries });
    case 'kit':
      return text(
        { checked: messages.kitChecked, unchecked: messages.kitUnchecked, none: messages.kitNone }[
          fact.status
        ],
      );
  }
}
