import type { Trackable } from '@evenkeel/journal';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { ChipButton, Chips } from '../../ui/Chip.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import type { Section } from './sections.ts';

type MoreToLogProps = {
  /** What is not switched on. */
  readonly off: readonly Section[];
  readonly onTurnOn: (what: Trackable) => void;
};

/** Switches on something more to log, right where it will be asked. Nothing is offered until it is asked for. */
export function MoreToLog({ off, onTurnOn }: MoreToLogProps) {
  const text = useText();
  const [open, setOpen] = useState(false);
  if (off.length === 0) return null;
  return (
    <div className={styles.groups}>
      {open && <p className={styles.quiet}>{text(messages.moreToLogNote)}</p>}
      <Chips label={text(messages.moreToLog)}>
        {open ? (
          off.map(({ what, name }) => (
            <ChipButton key={what} onClick={() => onTurnOn(what)}>
              {text(name)}
            </ChipButton>
          ))
        ) : (
          <ChipButton onClick={() => setOpen(true)} expanded={false}>
            {text(messages.moreToLog)}
          </ChipButton>
        )}
      </Chips>
    </div>
  );
}
