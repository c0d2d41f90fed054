import { LONGEST_OWN_TEXT } from '@evenkeel/journal';
import type { LifeArea } from '@evenkeel/journal';
import { useId, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { closenessWords } from '../../session/mood-words.ts';
import { useDiary, useValues } from '../../session/session-context.tsx';
import { areaOf, valuesByArea } from '../../session/starters.ts';
import { Button } from '../../ui/Button.tsx';
import { ChipButton, ChipRows, Chips } from '../../ui/Chip.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import type { SectionProps } from './sections.ts';

/** How close the person was to each thing that matters to them: 0–10, shown in words. Untouched means unsaid. */
export function WhatMatters({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const values = useValues();
  const answered = draft.values;
  const id = useId();
  const [adding, setAdding] = useState(false);
  const asked = [
    ...values.map(({ id: value, text: name }) => ({ value, text: name })),
    ...answered.filter(({ value }) => !values.some((known) => known.id === value)),
  ];
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.heading}>
        <h2 id={id}>{text(messages.whatMatters)}</h2>
        {asked.length > 0 && <p className={styles.quiet}>{text(messages.howClose)}</p>}
      </div>
      {asked.length > 0 && (
        <div>
          {asked.map((value) => {
            const closeness = answered.find((answer) => answer.value === value.value)?.closeness ?? null;
            return (
              <Slider
                key={value.value}
                label={value.text}
                min={0}
                max={10}
                step={1}
                value={closeness}
                words={text(closeness === null ? messages.notAnswered : closenessWords(closeness))}
                onChange={(said) =>
                  act({
                    act: 'closeness',
                    closeness: { value: value.value, text: value.text, closeness: said },
                  })
                }
              />
            );
          })}
        </div>
      )}
      {adding ? (
        <AddValue
          taken={values.map((value) => value.text)}
          onAdd={async (value) => {
            await diary.addValue(value);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Chips label={text(messages.whatMatters)}>
          <ChipButton onClick={() => setAdding(true)}>{text(messages.addValue)}</ChipButton>
        </Chips>
      )}
    </section>
  );
}

type AddValueProps = {
  readonly taken: readonly string[];
  readonly onAdd: (value: { readonly text: string; readonly area: LifeArea }) => Promise<void>;
  readonly onCancel: () => void;
};

function AddValue({ taken, onAdd, onCancel }: AddValueProps) {
  const text = useText();
  const [name, setName] = useState('');
  const add = (words: string) => void onAdd({ text: words, area: areaOf(text, words) });
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add(name);
      }}
    >
      <TextField
        label={text(messages.valueName)}
        value={name}
        onChange={setName}
        maxLength={LONGEST_OWN_TEXT}
        autoFocus
      />
      {name === '' && (
        <ChipRows label={text(messages.startWith)} rows={valuesByArea(text, taken)} onChoose={add} />
      )}
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(messages.addIt)}
        </Button>
        <Button look="plain" small onClick={onCancel}>
          {text(messages.cancel)}
        </Button>
      </div>
    </form>
  );
}
