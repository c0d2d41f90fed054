import { useId } from 'react';
import { localTimeOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow, useToday } from '../../platform/passing-time.ts';
import type { About } from '../../session/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { CheckInAct } from './check-in.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';

type AboutTimeProps = {
  readonly about: About;
  readonly act: (act: CheckInAct) => void;
  readonly onDone: () => void;
  readonly editing: boolean;
};

/** When it was: a day and a time, or a day alone. When it was written is kept beside it. */
export function AboutTime({ about, act, onDone, editing }: AboutTimeProps) {
  const text = useText();
  const id = useId();
  const today = useToday();
  const clock = useNow(localTimeOf);
  const day = about.kind === 'now' ? today : about.day;
  const time = about.kind === 'minute' ? about.time : clock;
  const set = (next: About) => act({ act: 'about', about: next });
  return (
    <section className={styles.open} aria-labelledby={id}>
      <h2 id={id}>{text(messages.changeTime)}</h2>
      <div className={styles.pair}>
        <TextField
          type="date"
          label={text(messages.day)}
          value={day}
          min="2000-01-01"
          max={today}
          onChange={(value) => {
            if (value !== '')
              set(about.kind === 'day' ? { kind: 'day', day: value } : { kind: 'minute', day: value, time });
          }}
        />
        {about.kind !== 'day' && (
          <TextField
            type="time"
            label={text(messages.time)}
            value={time}
            onChange={(value) => {
              if (value !== '') set({ kind: 'minute', day, time: value });
            }}
          />
        )}
      </div>
      <Chips label={text(messages.changeTime)}>
        <Chip
          on={about.kind === 'day'}
          onToggle={() => set(about.kind === 'day' ? { kind: 'minute', day, time } : { kind: 'day', day })}
        >
          {text(messages.onlyDay)}
        </Chip>
      </Chips>
      <p className={styles.quiet}>{text(messages.bothKept)}</p>
      <div className={styles.actions}>
        <Button look="quiet" small onClick={onDone}>
          {text(messages.done)}
        </Button>
        <Button
          look="plain"
          small
          onClick={() => {
            set({ kind: 'now' });
            onDone();
          }}
        >
          {text(editing ? messages.keepTime : messages.itIsNow)}
        </Button>
      </div>
    </section>
  );
}
