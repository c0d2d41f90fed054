import { useLingui } from '@lingui/react';
import type { I18n } from '@lingui/core';
import Bell from 'lucide-react/icons/bell';
import Plus from 'lucide-react/icons/plus';
import { useEffect, useState } from 'react';
import { clockTime, dayInside, localDayOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { faces } from '../../platform/faces.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { saveFile } from '../../platform/save-file.ts';
import { useFace } from '../../platform/shown-face.ts';
import { useReminderList, useReminders } from '../../session/open-reminders.ts';
import type { ShownReminder, WakeOutcome, Waking } from '../../session/reminders-contract.ts';
import { useLists } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page, PagePart } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { messages } from './messages.ts';
import { daysInWords, targetInWords } from './reminder-words.ts';
import styles from './Reminders.module.css';

const NEW = '/me/reminders/new';
const WEEK_DAYS = 7;

/** The person's reminders, and the ways in which they can come. */
export function RemindersPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const { pause } = useReminders();
  const list = useReminderList();
  const lists = useLists();
  const on = list.filter((one) => one.on);
  const isAllPaused = on.length > 0 && on.every(isPaused);
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      {list.length === 0 ? (
        <EmptyState
          icon={<Bell aria-hidden />}
          title={text(messages.emptyTitle)}
          action={
            <LinkButton href={NEW} look="primary" icon={<Plus aria-hidden />}>
              {text(messages.add)}
            </LinkButton>
          }
        >
          {text(messages.empty)}
        </EmptyState>
      ) : (
        <>
          <Card rows>
            {list.map((one) => (
              <RowLink
                key={one.id}
                href={`/me/reminders/${one.id}`}
                lead={<Bell aria-hidden />}
                title={one.text}
                detail={
                  <>
                    {text(messages.detail, {
                      times: one.times.join(', '),
                      days: daysInWords(text, i18n, one.days),
                      opens: targetInWords(text, one.opens, lists),
                    })}
                    <br />
                    {standing(text, i18n, one)}
                  </>
                }
              />
            ))}
          </Card>
          <LinkButton href={NEW} look="primary" wide icon={<Plus aria-hidden />}>
            {text(messages.add)}
          </LinkButton>
          {on.length > 0 && (
            <Button
              look="quiet"
              wide
              onClick={() =>
                void pause(
                  on.map(({ id }) => id),
                  isAllPaused ? 0 : WEEK_DAYS,
                )
              }
            >
              {text(isAllPaused ? messages.goOnAll : messages.pauseAll)}
            </Button>
          )}
        </>
      )}
      <PagePart title={text(messages.ways)}>
        <Card>
          <div className={styles.way}>
            <h3>{text(messages.wayOpening)}</h3>
            <p>{text(messages.wayOpeningMore)}</p>
          </div>
        </Card>
        <CalendarWay list={on} />
        <PushWay />
      </PagePart>
    </Page>
  );
}

function CalendarWay({ list }: { readonly list: readonly ShownReminder[] }) {
  const text = useText();
  const neutral = text(messages.calendarNeutral, { name: faces[useFace()].name });
  const [words, setWords] = useState(neutral);
  const [taken, setTaken] = useState(false);
  const take = async () => {
    const { writeReminderCalendar } = await import('@evenkeel/interchange');
    const file = writeReminderCalendar(list, {
      words: words.trim() || neutral,
      origin: window.location.origin,
      now: Date.now(),
    });
    saveFile('reminders.ics', new Blob([file], { type: 'text/calendar' }));
    setTaken(true);
  };
  return (
    <Card>
      <div className={styles.way}>
        <h3>{text(messages.wayCalendar)}</h3>
        <p>{text(messages.wayCalendarMore)}</p>
        {list.length === 0 ? (
          <p>{text(messages.calendarNothing)}</p>
        ) : (
          <>
            <TextField
              label={text(messages.calendarWords)}
              hint={text(messages.calendarWordsMore)}
              value={words}
              maxLength={80}
              onChange={setWords}
            />
            <Button look="quiet" wide onClick={() => void take()}>
              {text(messages.calendarTake)}
            </Button>
            {taken && <Banner live>{text(messages.calendarTaken)}</Banner>}
            <p>{text(messages.wayCalendarAgain)}</p>
          </>
        )}
      </div>
    </Card>
  );
}

function PushWay() {
  const text = useText();
  const device = useDeviceWord();
  const { name } = faces[useFace()];
  const reminders = useReminders();
  const [waking, setWaking] = useState<Waking | null>(null);
  const [problem, setProblem] = useState<Extract<WakeOutcome, { ok: false }>['reason'] | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void reminders.waking().then(setWaking);
  }, [reminders]);

  const turn = async (on: boolean) => {
    setBusy(true);
    setProblem(null);
    const outcome = await (on ? reminders.wake() : reminders.stopWaking()).finally(() => setBusy(false));
    if (!outcome.ok) setProblem(outcome.reason);
    setWaking(await reminders.waking());
  };
  const canTurn = waking === 'on' || waking === 'off';
  return (
    <Card>
      <div className={styles.way}>
        <h3>{text(messages.wayPush)}</h3>
        <p>{text(messages.wayPushMore, { device, name })}</p>
        {canTurn ? (
          <>
            <p>{text(messages.wayPushWho)}</p>
            <Switch
              label={text(messages.pushOn, { device })}
              on={waking === 'on'}
              disabled={busy}
              onChange={(on) => void turn(on)}
            />
          </>
        ) : (
          waking !== null && <p>{text(notWaking[waking])}</p>
        )}
        {problem !== null && (
          <Banner tone="care" live>
            {text(
              {
                forbidden: messages.pushForbidden,
                offline: messages.pushOffline,
                refused: messages.pushRefused,
              }[problem],
            )}
          </Banner>
        )}
      </div>
    </Card>
  );
}

const notWaking = {
  'no-server': messages.pushNoServer,
  impossible: messages.pushImpossible,
  'install-first': messages.pushInstall,
  forbidden: messages.pushForbidden,
} as const;

function isPaused({ pausedUntil }: ShownReminder): boolean {
  return pausedUntil !== null && pausedUntil > localDayOf(Date.now());
}

function standing(text: Text, i18n: I18n, one: ShownReminder): string {
  if (!one.on) return text(messages.isOff);
  if (one.pausedUntil !== null && isPaused(one))
    return text(messages.pausedUntil, { day: dayInside(i18n, one.pausedUntil) });
  if (one.next === null) return text(messages.noNext);
  return text(messages.next, {
    day: dayInside(i18n, localDayOf(one.next)),
    time: clockTime(i18n, one.next),
  });
}
