import { useLingui } from '@lingui/react';
import Bell from 'lucide-react/icons/bell';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import Compass from 'lucide-react/icons/compass';
import Download from 'lucide-react/icons/download';
import FileText from 'lucide-react/icons/file-text';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import IdCard from 'lucide-react/icons/id-card';
import Info from 'lucide-react/icons/info';
import KeyRound from 'lucide-react/icons/key-round';
import LifeBuoy from 'lucide-react/icons/life-buoy';
import ListChecks from 'lucide-react/icons/list-checks';
import LockIcon from 'lucide-react/icons/lock';
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone';
import Palette from 'lucide-react/icons/palette';
import Save from 'lucide-react/icons/save';
import ServerIcon from 'lucide-react/icons/server';
import { useText } from '../../i18n/use-text.ts';
import { dayAndMonth, nearMoment } from '../../i18n/short-dates.ts';
import { faces } from '../../platform/faces.ts';
import { useFace } from '../../platform/shown-face.ts';
import { useBackupState } from '../../session/backups-context.tsx';
import { useMeState } from '../../session/me-context.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { appearanceMessages } from './AppearancePage.tsx';
import type { Appearance } from './AppearancePage.tsx';
import { messages as installMessages } from './install-messages.ts';
import { wayMessages } from './lock-words.ts';
import { messages } from './messages.ts';
import { messages as nameMessages } from './name-messages.ts';
import { SafeCard } from './SafeCard.tsx';

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
  const { lock, devices, kit, server } = state;
  /** Keeps the line's place until it is known what to say. */
  const known = (words: string) => (state.known ? words : '\u00a0');
  const current = devices.filter((one) => one.removedAt === null).length;
  const [way] = lock.methods;
  const { name } = faces[useFace()];
  return (
    <Page
      title={text(face === 'person' ? messages.title : messages.titleComputer)}
      {...(onBack ? { onBack } : {})}
    >
      {face === 'person' && <SafeCard />}
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
            href="/me/conditions"
            lead={<HeartPulse aria-hidden />}
            title={text(messages.conditions)}
            detail={text(messages.conditionsDetail)}
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
          detail={known(
            way === undefined
              ? text(messages.wayNone)
              : text(messages.lockDetail, {
                  way: lock.methods.map((one) => text(wayMessages[one])).join(', '),
                  n: lock.autoLockMinutes,
                }),
          )}
        />
        <RowLink
          href={`${base}/devices`}
          lead={<MonitorSmartphone aria-hidden />}
          title={text(messages.devices)}
          detail={known(text(messages.deviceCount, { n: current }))}
        />
        <RowLink
          href={`${base}/kit`}
          lead={<KeyRound aria-hidden />}
          title={text(messages.kit)}
          detail={known(
            kit.status === 'checked'
              ? text(messages.kitDetailChecked, { date: dayAndMonth(i18n, kit.checkedAt) })
              : text(kit.status === 'none' ? messages.kitDetailNone : messages.kitDetailUnchecked),
          )}
        />
        <RowLink
          href={`${base}/server`}
          lead={<ServerIcon aria-hidden />}
          title={text(messages.server)}
          detail={known(server.status === 'joined' ? new URL(server.origin).host : text(messages.serverNone))}
        />
        {face === 'person' && <BackupRow href={`${base}/backup`} />}
        {face === 'person' && (
          <RowLink
            href={`${base}/data`}
            lead={<FileText aria-hidden />}
            title={text(messages.data)}
            detail={text(messages.dataDetail)}
          />
        )}
        {face === 'person' && (
          <RowLink
            href={`${base}/install`}
            lead={<Download aria-hidden />}
            title={text(installMessages.title)}
            detail={text(installMessages.detail)}
          />
        )}
        {face === 'person' && (
          <RowLink
            href={`${base}/name`}
            lead={<IdCard aria-hidden />}
            title={text(nameMessages.title)}
            detail={text(nameMessages.detail, { name })}
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

function BackupRow({ href }: { readonly href: string }) {
  const text = useText();
  const { i18n } = useLingui();
  const { last } = useBackupState();
  return (
    <RowLink
      href={href}
      lead={<Save aria-hidden />}
      title={text(messages.backup)}
      detail={
        last === null
          ? text(messages.backupNone)
          : text(messages.backupDetail, { when: nearMoment(i18n, last.at) })
      }
    />
  );
}
