import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../../session/desk-context.tsx';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Desk.module.css';
import { messages } from './messages.ts';

/** What the clinician calls somebody, on this computer only. */
export function OwnLabel({ person }: { readonly person: DeskPerson }) {
  const text = useText();
  const desk = useDesk();
  const [label, setLabel] = useState(person.label);
  const [saved, setSaved] = useState(false);
  return (
    <form
      className={styles.ownLabel}
      onSubmit={(event) => {
        event.preventDefault();
        void desk.setLabel(person.owner, label.trim()).then(() => setSaved(true));
      }}
    >
      <TextField
        label={text(messages.ownLabel)}
        hint={text(messages.ownLabelHint)}
        value={label}
        onChange={(value) => {
          setLabel(value);
          setSaved(false);
        }}
        maxLength={100}
      />
      <Button look="line" small type="submit" disabled={label.trim() === person.label}>
        {text(messages.saveLabel)}
      </Button>
      <p className={styles.quiet} role="status">
        {saved ? text(messages.savedLabel) : ''}
      </p>
    </form>
  );
}
