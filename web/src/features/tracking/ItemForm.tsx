import { LONGEST_OWN_TEXT } from '@evenkeel/journal';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome } from '../../session/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { ChipButton, ChipRows, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Tracking.module.css';

type ItemFormProps = {
  readonly label: string;
  /** What it is called now; empty for a new one. */
  readonly name: string;
  /** Offered while nothing is typed. */
  readonly starters?: readonly Message[];
  /** The same in rows with a name each, without those that are in the list already. */
  readonly starterRows?: Parameters<typeof ChipRows>[0]['rows'];
  /** Texts that are in the list already. */
  readonly taken?: readonly string[];
  /** What a person can say beside the name. */
  readonly children?: ReactNode;
  readonly onSave: (name: string) => Promise<ListOutcome>;
  readonly onDone: () => void;
  /** What to say when it cannot be used, if that is not the name. */
  readonly unusable?: Message;
};

/** The name of an item, what else is said of it, and Save. What was typed stays while it was not kept. */
export function ItemForm({
  label,
  name: before,
  starters = [],
  starterRows,
  taken = [],
  children,
  ...form
}: ItemFormProps) {
  const text = useText();
  const [name, setName] = useState(before);
  const [problem, setProblem] = useState<Message | null>(null);
  const offered = starters.map((starter) => text(starter)).filter((starter) => !taken.includes(starter));
  const save = async (chosen: string) => {
    const outcome = await form.onSave(chosen);
    if (outcome.ok) {
      setName(before);
      setProblem(null);
      form.onDone();
      return;
    }
    const reasons = {
      unusable: form.unusable ?? messages.unusable,
      'no-room': messages.noRoom,
      gone: messages.gone,
    };
    setProblem(reasons[outcome.reason]);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(name);
      }}
    >
      <TextField
        label={label}
        value={name}
        onChange={setName}
        maxLength={LONGEST_OWN_TEXT}
        problem={problem && text(problem)}
      />
      {name === '' && starterRows && (
        <ChipRows
          label={text(messages.startWith)}
          rows={starterRows}
          onChoose={(words) => void save(words)}
        />
      )}
      {name === '' && offered.length > 0 && (
        <>
          <p className={styles.quiet} aria-hidden>
            {text(messages.startWith)}
          </p>
          <Chips label={text(messages.startWith)}>
            {offered.map((starter) => (
              <ChipButton key={starter} onClick={() => void save(starter)}>
                {starter}
              </ChipButton>
            ))}
          </Chips>
        </>
      )}
      {children}
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(before === '' ? messages.add : messages.save)}
        </Button>
        <Button look="plain" small onClick={form.onDone}>
          {text(messages.cancel)}
        </Button>
      </div>
    </form>
  );
}
