import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useReminderList, useReminders } from '../../session/open-reminders.ts';
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

export function NewReminderPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const { add } = useReminders();
  return (
    <Page title={text(messages.newTitle)} onBack={onBack}>
      <ReminderForm held={FIRST} onSave={add} onSaved={onBack} />
    </Page>
  );
}

export function ChangeReminderPage({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const text = useText();
  const reminders = useReminders();
  const held = useReminderList().find((one) => one.id === id);
  const [asking, setAsking] = useState(false);
  return (
    <Page title={text(messages.changeTitle)} onBack={onBack}>
      {held === undefined ? (
        <Banner>{text(messages.gone)}</Banner>
      ) : (
        <>
          <ReminderForm
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
            onSaved={onBack}
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
                      onBack();
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
