import { LONGEST_OWN_TEXT } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/Button.tsx';
import { ChipButton, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';

type AddItemProps = {
  readonly label: string;
  /** Texts that are in the list already. */
  readonly taken: readonly string[];
  readonly starters: readonly Message[];
  readonly onAdd: (name: string) => Promise<unknown>;
};

/** “+ add”, then a name of the person's own or one of a few to begin with. */
export function AddItem({ label, taken, starters, onAdd }: AddItemProps) {
  const text = useText();
  const [open, setOpen] = useState(taken.length === 0);
  const [name, setName] = useState('');
  const offered = starters.map((starter) => text(starter)).filter((starter) => !taken.includes(starter));
  const add = async (chosen: string) => {
    await onAdd(chosen);
    setName('');
    setOpen(false);
  };
  if (!open)
    return (
      <Chips label={label}>
        <ChipButton onClick={() => setOpen(true)}>{text(messages.add)}</ChipButton>
      </Chips>
    );
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void add(name);
      }}
    >
      <TextField label={label} value={name} onChange={setName} maxLength={LONGEST_OWN_TEXT} />
      {name === '' && offered.length > 0 && (
        <div className={styles.groups}>
          <p className={styles.quiet} aria-hidden>
            {text(messages.startWith)}
          </p>
          <Chips label={text(messages.startWith)}>
            {offered.map((starter) => (
              <ChipButton key={starter} onClick={() => void add(starter)}>
                {starter}
              </ChipButton>
            ))}
          </Chips>
        </div>
      )}
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(messages.addIt)}
        </Button>
        {taken.length > 0 && (
          <Button look="plain" small onClick={() => setOpen(false)}>
            {text(messages.cancel)}
          </Button>
        )}
      </div>
    </form>
  );
}
