import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Switch.module.css';

type SwitchProps = {
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly disabled?: boolean;
};

/** A setting that is on or off at once. The whole line is the target. */
export function Switch({ label, detail, on, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <label className={styles.line} htmlFor={id}>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {detail !== undefined && (
          <span className={styles.detail} id={`${id}-detail`}>
            {detail}
          </span>
        )}
      </span>
      <input
        id={id}
        className={styles.switch}
        type="checkbox"
        autoComplete="off"
        role="switch"
        checked={on}
        disabled={disabled}
        aria-describedby={detail === undefined ? undefined : `${id}-detail`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
