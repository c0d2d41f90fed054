import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { IconButton } from './Button.tsx';
import { messages } from './messages.ts';
import styles from './NumberField.module.css';
import { TextField } from './TextField.tsx';

type NumberFieldProps = {
  readonly label: string;
  /** Null while nothing was said. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly most: number;
  /** What one touch of “more” adds. */
  readonly step?: number;
};

/** A number from 0, typed or counted by touch. Empty means unsaid. */
export function NumberField({ label, value, onChange, most, step = 1 }: NumberFieldProps) {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const say = (now: number) => {
    setTyped(null);
    onChange(Math.min(most, Math.max(0, now)));
  };
  return (
    <div className={styles.field}>
      <TextField
        label={label}
        inputMode="decimal"
        value={typed ?? (value === null ? '' : String(value))}
        onChange={(now) => {
          const number = now.trim() === '' ? null : Number(now.replace(',', '.'));
          setTyped(now);
          if (number === null) onChange(null);
          else if (Number.isFinite(number) && number >= 0 && number <= most) onChange(number);
        }}
      />
      <div className={styles.steps}>
        <IconButton
          label={text(messages.less, { label })}
          icon={<Minus aria-hidden />}
          disabled={value === null || value === 0}
          onClick={() => say((value ?? 0) - step)}
        />
        <IconButton
          label={text(messages.more, { label })}
          icon={<Plus aria-hidden />}
          onClick={() => say((value ?? 0) + step)}
        />
      </div>
    </div>
  );
}
