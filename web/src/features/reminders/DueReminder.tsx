import Bell from 'lucide-react/icons/bell';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useReminderList, useReminders } from '../../session/open-reminders.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import { addressOf } from './reminder-words.ts';
import styles from './Reminders.module.css';

const WEEK_DAYS = 7;

/** The line on Today for a reminder that rang meanwhile, and the way from a notice or a calendar to its form. */
export function DueReminder() {
  const text = useText();
  const reminders = useReminders();
  const due = useSyncExternalStore(reminders.subscribe, reminders.due);
  const [more, setMore] = useState(false);
  useArrival(due);
  if (due === null) {
    // Another day's line begins small again.
    if (more) setMore(false);
    return null;
  }
  return (
    <section aria-label={text(messages.dueGroup)}>
      <Card rows>
        <RowLink
          href={addressOf(due)}
          lead={<Bell aria-hidden />}
          title={due.text}
          detail={text(messages.dueMore)}
        />
        <div className={styles.actions}>
          <Button look="plain" small onClick={() => void reminders.putAway()}>
            {text(messages.notNow)}
          </Button>
          {more ? (
            <>
              <Button look="plain" small onClick={() => void reminders.pause([due.id], WEEK_DAYS)}>
                {text(messages.pauseWeek)}
              </Button>
              <Button look="plain" small onClick={() => void reminders.turnOff(due.id)}>
                {text(messages.turnOff)}
              </Button>
              <LinkButton look="plain" small href={`/me/reminders/${due.id}`}>
                {text(messages.change)}
              </LinkButton>
            </>
          ) : (
            <Button look="plain" small aria-expanded={false} onClick={() => setMore(true)}>
              {text(messages.more)}
            </Button>
          )}
        </div>
      </Card>
    </section>
  );
}

/** `/?reminder=ID` comes from a calendar, `/?reminder` from a notice, which does not say which one it was. */
function useArrival(due: ReturnType<ReturnType<typeof useReminders>['due']>): void {
  const search = useSearch();
  const [, navigate] = useLocation();
  const list = useReminderList();
  const reminders = useReminders();
  useEffect(() => {
    const asked = new URLSearchParams(search).get('reminder');
    if (asked === null) return;
    // As it is by now: an effect may come later than what was drawn before it.
    const meant = asked === '' ? reminders.due() : reminders.list().find(({ id }) => id === asked);
    if (!meant && !reminders.isWhole()) return;
    navigate(meant ? addressOf(meant) : '/', { replace: true });
  }, [search, due, list, reminders, navigate]);
}
