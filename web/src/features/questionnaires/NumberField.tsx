import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { TextField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';

type NumberFieldProps = {
  readonly label: string;
  readonly value: number | null;
  readonly most: number;
  readonly fractions: boolean;
  /** Undefined while what is typed is no number that can be kept. */
  readonly onChange: (value: number | undefined) => void;
};

/** A number with a largest one. What is no such number is said at once, and not kept. */
export function NumberField({ label, value, most, fractions, onChange }: NumberFieldProps) {
  const text = useText();
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  const wrong = typed.trim() !== '' && numberIn(typed, most, fractions) === undefined;
  return (
    <TextField
      label={label}
      inputMode={fractions ? 'decimal' : 'numeric'}
      maxLength={6}
      value={typed}
      problem={wrong ? text(fractions ? messages.numberRange : messages.wholeRange, { most }) : null}
      onChange={(next) => {
        setTyped(next);
        onChange(numberIn(next, most, fractions));
      }}
    />
  );
}

/** A comma counts as a point, as on the number keys of many phones. */
function numberIn(typed: string, most: number, fractions: boolean): number | undefined {
  const plain = typed.trim().replace(',', '.');
  if (!(fractions ? /^\d+(\.\d+)?$/ : /^\d+$/).test(plain)) return undefined;
  const number = Number(plain);
  return number <= most ? number : undefined;
}
