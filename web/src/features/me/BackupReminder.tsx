import { useLingui } from '@lingui/react';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useBackups, useBackupState } from '../../session/backups-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { messages } from './backup-messages.ts';

/** One quiet line, and a week of silence after “not now”. */
export function BackupReminder() {
  const text = useText();
  const { i18n } = useLingui();
  const backups = useBackups();
  const { last, isDue } = useBackupState();
  if (!isDue || last === null) return null;
  return (
    <Banner
      actions={
        <>
          <LinkButton href="/me/backup" look="quiet" small>
            {text(messages.dueDo)}
          </LinkButton>
          <Button look="plain" small onClick={() => void backups.remindLater()}>
            {text(messages.later)}
          </Button>
        </>
      }
    >
      {text(messages.due, { date: dayAndMonth(i18n, last.at), n: last.newer })}
    </Banner>
  );
}
