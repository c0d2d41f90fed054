import { useLingui } from '@lingui/react';
import { useEffect } from 'react';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { useBackups, useBackupState } from '../../session/backups-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { messages } from './backup-messages.ts';

/** One quiet line, and a week of silence after “not now”. */
export function BackupReminder() {
  const text = useText();
  const { i18n } = useLingui();
  const backups = useBackups();
  const device = useDeviceWord();
  const { last, due } = useBackupState();
  // Kit and server are changed elsewhere.
  useEffect(() => void backups.look(), [backups]);
  if (due === null) return null;
  return (
    <Banner
      actions={
        <>
          <LinkButton href={last === null ? '/me' : '/me/backup'} look="quiet" small>
            {text(last === null ? messages.firstDo : messages.dueDo)}
          </LinkButton>
          <Button look="plain" small onClick={() => void backups.remindLater()}>
            {text(messages.later)}
          </Button>
        </>
      }
    >
      {last !== null
        ? text(messages.due, { date: dayAndMonth(i18n, last.at), n: last.newer })
        : text(due === 'closed' ? messages.firstClosed : messages.first, { device })}
    </Banner>
  );
}
