import { isLocalDay } from '@evenkeel/journal';
import type { LocalDay } from '@evenkeel/journal';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { SearchState } from '../../session/contract.ts';
import { SEA_CORNERS, SOUGHT_PARTS } from '../../session/search-contract.ts';
import type { SeaCorner, Wanted } from '../../session/search-contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { moodColour } from '../../ui/mood-colour.ts';
import { cornerMessages, partMessages } from './asked-words.ts';
import styles from './Journal.module.css';
import { messages } from './messages.ts';

const cornerPoints: Readonly<Record<SeaCorner, { readonly valence: number; readonly arousal: number }>> = {
  tense: { valence: -0.6, arousal: 0.6 },
  bright: { valence: 0.6, arousal: 0.6 },
  low: { valence: -0.6, arousal: -0.6 },
  calm: { valence: 0.6, arousal: -0.6 },
};

type JournalFiltersProps = {
  readonly search: SearchState;
  readonly onWant: (wanted: Wanted) => void;
  readonly today: LocalDay;
  readonly onGoTo: (day: LocalDay) => void;
};

/** What the journal shows, and from which day on. Everything chosen must hold. */
export function JournalFilters({ search: { wanted, names }, onWant, today, onGoTo }: JournalFiltersProps) {
  const text = useText();
  const [day, setDay] = useState('');
  const { parts, corner, named, notForSharing } = wanted;
  return (
    <Card>
      <div className={styles.filters}>
        <Group name={text(messages.holds)}>
          {SOUGHT_PARTS.map((part) => (
            <Chip
              key={part}
              on={parts.includes(part)}
              onToggle={() =>
                onWant({
                  ...wanted,
                  parts: parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part],
                })
              }
            >
              {text(partMessages[part])}
            </Chip>
          ))}
          <Chip on={notForSharing} onToggle={() => onWant({ ...wanted, notForSharing: !notForSharing })}>
            {text(messages.notForSharing)}
          </Chip>
        </Group>
        <Group name={text(messages.corner)}>
          {SEA_CORNERS.map((one) => (
            <Chip
              key={one}
              on={corner === one}
              colour={moodColour(cornerPoints[one])}
              onToggle={() => onWant({ ...wanted, corner: corner === one ? null : one })}
            >
              {text(cornerMessages[one])}
            </Chip>
          ))}
        </Group>
        {names.length > 0 && (
          <Select
            label={text(messages.named)}
            value={named ?? ''}
            options={[
              { value: '', name: text(messages.anything) },
              ...names.map((name) => ({ value: name, name })),
            ]}
            onChange={(name) => onWant({ ...wanted, named: name === '' ? null : name })}
          />
        )}
        <form
          className={styles.goTo}
          onSubmit={(event) => {
            event.preventDefault();
            if (isLocalDay(day)) onGoTo(day);
          }}
        >
          <TextField
            type="date"
            label={text(messages.goTo)}
            value={day}
            onChange={setDay}
            min="2000-01-01"
            max={today}
          />
          <Button type="submit" look="quiet" disabled={!isLocalDay(day)}>
            {text(messages.go)}
          </Button>
        </form>
      </div>
    </Card>
  );
}

function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.group}>
      <h2 className={styles.groupName}>{name}</h2>
      <Chips label={name}>{children}</Chips>
    </div>
  );
}
