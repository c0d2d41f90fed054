import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import { useId, useState } from 'react';
import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import { useText } from '../i18n/use-text.ts';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import { messages } from './messages.ts';
import styles from './TextField.module.css';
import { unremembered } from './unremembered.ts';

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Said under the field, also aloud. */
  readonly hint?: ReactNode;
  /** What is wrong and what to do; spoken when it appears. */
  readonly problem?: string | null;
  /** The label is for screen readers only; the field shows it as its placeholder. */
  readonly quietLabel?: boolean;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly name?: string;
};

type TextFieldProps = FieldProps & {
  readonly type?: 'text' | 'search' | 'url' | 'number' | 'date' | 'time';
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'search' | 'url';
  readonly icon?: ReactNode;
  readonly min?: string;
  readonly max?: string;
  readonly spellCheck?: boolean;
};

export function TextField({
  type = 'text',
  inputMode,
  icon,
  min,
  max,
  spellCheck,
  ...field
}: TextFieldProps) {
  const ids = useFieldIds(field);
  return (
    <FieldFrame field={field} ids={ids}>
      <span className={classes(styles.box, type === 'search' && styles.round)}>
        {icon}
        <input
          {...inputProps(field, ids)}
          className={styles.input}
          type={type}
          inputMode={inputMode}
          min={min}
          max={max}
          spellCheck={spellCheck}
        />
      </span>
    </FieldFrame>
  );
}

/**
 * A secret that is typed or pasted (pasting is always allowed, WCAG 3.3.8) and can be shown.
 * `digits` brings up the number keys, for a PIN.
 */
export function PasswordField({ digits = false, ...field }: FieldProps & { readonly digits?: boolean }) {
  const text = useText();
  const [shown, setShown] = useState(false);
  const ids = useFieldIds(field);
  return (
    <FieldFrame field={field} ids={ids}>
      <span className={styles.box}>
        <input
          {...inputProps(field, ids)}
          className={styles.input}
          type={shown ? 'text' : 'password'}
          inputMode={digits ? 'numeric' : 'text'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <IconButton
          label={text(shown ? messages.hide : messages.show)}
          aria-pressed={shown}
          icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          onClick={() => setShown(!shown)}
        />
      </span>
    </FieldFrame>
  );
}

type TextAreaProps = Omit<FieldProps, 'inputRef' | 'autoComplete'> & { readonly rows?: number };

/** Longer words. Grows with what is written. */
export function TextArea({ rows = 3, ...field }: TextAreaProps) {
  const ids = useFieldIds(field);
  return (
    <FieldFrame field={field} ids={ids}>
      <textarea
        id={ids.input}
        form={unremembered}
        className={classes(styles.box, styles.area)}
        rows={rows}
        value={field.value}
        placeholder={field.quietLabel ? field.label : undefined}
        maxLength={field.maxLength}
        disabled={field.disabled}
        autoFocus={field.autoFocus}
        aria-describedby={ids.describedBy}
        aria-invalid={field.problem ? true : undefined}
        onChange={(event) => field.onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

type FieldIds = {
  readonly input: string;
  readonly hint: string;
  readonly problem: string;
  readonly describedBy: string | undefined;
};

function useFieldIds({ hint, problem }: Pick<FieldProps, 'hint' | 'problem'>): FieldIds {
  const id = useId();
  const describedBy = [hint !== undefined && `${id}-hint`, problem && `${id}-problem`]
    .filter(Boolean)
    .join(' ');
  return { input: id, hint: `${id}-hint`, problem: `${id}-problem`, describedBy: describedBy || undefined };
}

function inputProps(field: FieldProps, ids: FieldIds) {
  return {
    id: ids.input,
    name: field.name,
    ref: field.inputRef,
    value: field.value,
    placeholder: field.quietLabel ? field.label : undefined,
    autoComplete: field.autoComplete ?? 'off',
    autoFocus: field.autoFocus,
    disabled: field.disabled,
    maxLength: field.maxLength,
    'aria-describedby': ids.describedBy,
    'aria-invalid': field.problem ? true : undefined,
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      field.onChange(event.currentTarget.value),
  };
}

function FieldFrame({
  field,
  ids,
  children,
}: {
  readonly field: Omit<FieldProps, 'inputRef'>;
  readonly ids: FieldIds;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.field}>
      <label htmlFor={ids.input} className={field.quietLabel ? styles.spoken : styles.label}>
        {field.label}
      </label>
      {children}
      {field.hint !== undefined && (
        <p id={ids.hint} className={styles.hint}>
          {field.hint}
        </p>
      )}
      <p id={ids.problem} className={styles.problem} role="alert">
        {field.problem}
      </p>
    </div>
  );
}
