import { INSTRUMENT_IDS, scaleOf } from '@evenkeel/instruments';
import { MOST_TIMES, REMINDABLE_PARTS, type ReminderDays, type ReminderTarget } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { FormPath, ListOutcome } from '../../session/contract.ts';
import { useLists } from '../../session/session-context.tsx';
import type { ReminderWish } from '../../session/reminders-contract.ts';
import { useTyped } from '../../session/use-typed.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { messages, partMessages } from './messages.ts';
import { WEEK, itemsOf, weekdayName } from './reminder-words.ts';
import styles from './Reminders.module.css';

type ReminderFormProps = {
  /** What is typed is kept by it, until whoever shows the form forgets it. */
  readonly path: FormPath;
  readonly held: ReminderWish;
  readonly onSave: (wish: ReminderWish) => Promise<ListOutcome>;
  readonly onSaved: () => void;
};

/** As the fields have it: what is chosen of either rhythm stays while the other is shown. */
type Typed = Omit<ReminderWish, 'days'> & {
  readonly rhythm: ReminderDays['rhythm'];
  readonly weekdays: readonly number[];
  readonly count: string;
};

const LONGEST_WORDS = 120;
const CHECK_IN = 'check-in';
const FIRST_QUIET = { from: '22:00', to: '08:00' } as const;

/** Everything a reminder says. What does not fit is told beside its field when the person saves. */
export function ReminderForm({ path, held, onSave, onSaved }: ReminderFormProps) {
  const text = useText();
  const { i18n } = useLingui();
  const items = itemsOf(useLists());
  const start = typedOf(held);
  const [typed, type] = useTyped<Typed>(path, { ...start, opens: { what: 'check-in' }, quiet: null });
  const { rhythm, weekdays, count, ...wish } = typed ?? start;
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Extract<ListOutcome, { ok: false }>['reason'] | null>(null);
  const [saving, setSaving] = useState(false);

  const change = (part: Partial<Typed>) => type({ ...wish, rhythm, weekdays, count, ...part });
  const days = daysOf(rhythm, weekdays, count);
  const times = [...new Set(wish.times.filter((time) => time !== ''))].toSorted();
  const isBlank = wish.text.trim() === '';

  const save = async () => {
    setTried(true);
    setRefused(null);
    if (isBlank || days === null || times.length === 0 || saving) return;
    setSaving(true);
    const outcome = await onSave({ ...wish, times, days }).finally(() => setSaving(false));
    if (outcome.ok) onSaved();
    else setRefused(outcome.reason);
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={text(messages.words)}
        hint={text(messages.wordsMore)}
        value={wish.text}
        maxLength={LONGEST_WORDS}
        problem={tried && isBlank ? text(messages.noWords) : null}
        onChange={(words) => change({ text: words })}
      />
      {wish.times.map((time, place) => (
        <div key={place} className={styles.time}>
          <TextField
            type="time"
            label={wish.times.length === 1 ? text(messages.time) : text(messages.timeN, { n: place + 1 })}
            value={time}
            problem={tried && times.length === 0 && place === 0 ? text(messages.noTime) : null}
            onChange={(at) => change({ times: wish.times.map((one, n) => (n === place ? at : one)) })}
          />
          {wish.times.length > 1 && (
            <IconButton
              label={text(messages.removeTime, { n: place + 1 })}
              icon={<X aria-hidden />}
              onClick={() => change({ times: wish.times.filter((_one, n) => n !== place) })}
            />
          )}
        </div>
      ))}
      {wish.times.length < MOST_TIMES && (
        <Button
          look="plain"
          small
          icon={<Plus aria-hidden />}
          onClick={() => change({ times: [...wish.times, '12:00'] })}
        >
          {text(messages.addTime)}
        </Button>
      )}
      <Select
        label={text(messages.howOften)}
        value={rhythm}
        options={[
          { value: 'weekdays', name: text(messages.onWeekdays) },
          { value: 'every', name: text(messages.everySo) },
        ]}
        onChange={(value) => change({ rhythm: value === 'every' ? 'every' : 'weekdays' })}
      />
      {rhythm === 'weekdays' ? (
        <div>
          <Chips label={text(messages.weekdays)}>
            {WEEK.map((day) => (
              <Chip
                key={day}
                on={weekdays.includes(day)}
                onToggle={() =>
                  change({ weekdays: WEEK.filter((one) => weekdays.includes(one) !== (one === day)) })
                }
              >
                {weekdayName(i18n, day, 'short')}
              </Chip>
            ))}
          </Chips>
          <p className={styles.problem} role="alert">
            {tried && days === null && text(messages.noDay)}
          </p>
        </div>
      ) : (
        <TextField
          type="number"
          inputMode="numeric"
          min="1"
          max="366"
          label={text(messages.everyCount)}
          value={count}
          problem={tried && days === null ? text(messages.noCount) : null}
          onChange={(days) => change({ count: days })}
        />
      )}
      <Select
        label={text(messages.opens)}
        value={targetToValue(wish.opens)}
        options={[
          { value: CHECK_IN, name: text(messages.opensCheckIn) },
          ...REMINDABLE_PARTS.map((part) => ({
            value: `part:${part}`,
            name: text(messages.opensPart, { part: text(partMessages[part]) }),
          })),
          ...items.map(({ id, part, text: name }) => ({
            value: `part:${part}:${id}`,
            name: text(messages.opensPart, { part: name }),
          })),
          { value: 'review', name: text(messages.opensReview) },
          ...INSTRUMENT_IDS.map((id) => ({ value: `questionnaire:${id}`, name: scaleOf(id).title })),
        ]}
        onChange={(value) => change({ opens: valueToTarget(value) })}
      />
      <Card rows>
        <Switch
          label={text(messages.quiet)}
          detail={text(messages.quietMore)}
          on={wish.quiet !== null}
          onChange={(on) => change({ quiet: on ? FIRST_QUIET : null })}
        />
        {wish.quiet !== null && (
          <div className={styles.pair}>
            <QuietTime
              label={text(messages.quietFrom)}
              value={wish.quiet.from}
              onChange={(from) => wish.quiet && change({ quiet: { ...wish.quiet, from } })}
            />
            <QuietTime
              label={text(messages.quietTo)}
              value={wish.quiet.to}
              onChange={(to) => wish.quiet && change({ quiet: { ...wish.quiet, to } })}
            />
          </div>
        )}
      </Card>
      <Card rows>
        <Switch
          label={text(messages.eases)}
          detail={text(messages.easesMore)}
          on={wish.easesOff}
          onChange={(easesOff) => change({ easesOff })}
        />
        <Switch label={text(messages.isOn)} on={wish.on} onChange={(on) => change({ on })} />
      </Card>
      {refused !== null && (
        <Banner tone="trouble" live>
          {text({ unusable: messages.unusable, 'no-room': messages.noRoom, gone: messages.gone }[refused])}
        </Banner>
      )}
      <Button look="primary" type="submit" wide disabled={saving}>
        {text(messages.save)}
      </Button>
    </form>
  );
}

/** A time that was emptied keeps what it was: quiet hours have two ends. */
function QuietTime({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextField type="time" label={label} value={value} onChange={(time) => time !== '' && onChange(time)} />
  );
}

function typedOf({ days, ...wish }: ReminderWish): Typed {
  return {
    ...wish,
    rhythm: days.rhythm,
    weekdays: days.rhythm === 'weekdays' ? days.on : WEEK,
    count: days.rhythm === 'every' ? String(days.count) : '2',
  };
}

function daysOf(
  rhythm: ReminderDays['rhythm'],
  weekdays: readonly number[],
  count: string,
): ReminderDays | null {
  switch (rhythm) {
    case 'weekdays':
      return weekdays.length === 0 ? null : { rhythm, on: weekdays };
    case 'every': {
      const days = Number(count);
      return Number.isInteger(days) && days >= 1 && days <= 366 ? { rhythm, count: days } : null;
    }
  }
}

function targetToValue(opens: ReminderTarget): string {
  switch (opens.what) {
    case 'check-in':
      return CHECK_IN;
    case 'part':
      return ['part', opens.part, ...(opens.item === undefined ? [] : [opens.item])].join(':');
    case 'review':
      return 'review';
    case 'questionnaire':
      return `questionnaire:${opens.instrument}`;
  }
}

function valueToTarget(value: string): ReminderTarget {
  if (value === 'review') return { what: 'review' };
  const [, named, item] = value.split(':');
  const part = value.startsWith('part:') && REMINDABLE_PARTS.find((one) => one === named);
  if (part) return { what: 'part', part, ...(item !== undefined && { item }) };
  const instrument = INSTRUMENT_IDS.find((id) => value === `questionnaire:${id}`);
  return instrument === undefined ? { what: 'check-in' } : { what: 'questionnaire', instrument };
}
