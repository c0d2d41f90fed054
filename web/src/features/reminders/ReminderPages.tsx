import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useReminderList, useReminders } from '../../session/open-reminders.ts';
import { useDiary } from '../../session/session-context.tsx';
import type { FormPath } from '../../session/contract.ts';
import type { ReminderWish } from '../../session/reminders-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { messages } from './messages.ts';
import { ReminderForm } from './ReminderForm.tsx';
import { WEEK } from './reminder-words.ts';

const FIRST: ReminderWish = {
  text: '',
  times: ['20:00'],
  days: { rhythm: 'weekdays', on: WEEK },
  opens: { what: 'check-in' },
  quiet: null,
  easesOff: true,
  on: true,
};

const NEW = '/me/reminders/new';

export function NewReminderPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const { add } = useReminders();
  const leave = useLeaving(NEW, onBack);
  return (
    <Page title={text(messages.newTitle)} onBack={onBack}>
      <ReminderForm path={NEW} held={FIRST} onSave={add} onSaved={leave} />
    </Page>
  );
}

export function ChangeReminderPage({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const text = useText();
  const reminders = useReminders();
  const held = useReminderList().find((one) => one.id === id);
  const [asking, setAsking] = useState(false);
  const path = `/me/reminders/${id}` as const;
  const leave = useLeaving(path, onBack);
  return (
    <Page title={text(messages.changeTitle)} onBack={leave}>
      {held === undefined ? (
        <Banner>{text(messages.gone)}</Banner>
      ) : (
        <>
          <ReminderForm
            path={path}
            held={{
              text: held.text,
              times: held.times,
              days: held.days,
              opens: held.opens,
              quiet: held.quiet,
              easesOff: held.easesOff,
              on: held.on,
            }}
            onSave={(wish) => reminders.change(id, wish)}
            onSaved={leave}
          />
          {asking ? (
            <Banner
              tone="care"
              live
              actions={
                <>
                  <Button
                    look="stop"
                    small
                    onClick={() => {
                      leave();
                      void reminders.remove(id);
                    }}
                  >
                    {text(messages.removeYes)}
                  </Button>
                  <Button small onClick={() => setAsking(false)}>
                    {text(messages.keep)}
                  </Button>
                </>
              }
            >
              {text(messages.removeAsk)}
            </Banner>
          ) : (
            <Button look="plain" wide onClick={() => setAsking(true)}>
              {text(messages.remove)}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

/** Goes on, with nothing left to come back of what was typed. */
function useLeaving(path: FormPath, onLeave: () => void): () => void {
  const { keepTyped } = useDiary();
  return () => {
    keepTyped(path, null);
    onLeave();
  };
}
