import { useId } from 'react';
import type { CSSProperties } from 'react';
import styles from './Slider.module.css';

type SliderProps = {
  readonly label: string;
  /** Null until the person has touched it: the thumb rests in the middle and says so. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The value in words, shown and spoken: “close”, “in between”. */
  readonly words: string;
  readonly low?: string;
  readonly high?: string;
  readonly hideLabel?: boolean;
};

export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
  words,
  low,
  high,
  hideLabel = false,
}: SliderProps) {
  const id = useId();
  const shown = value ?? (min + max) / 2;
  const style: CSSProperties = { '--filled': `${((shown - min) / (max - min)) * 100}%` };
  return (
    <div className={styles.slider} data-untouched={value === null}>
      <div className={hideLabel ? styles.spoken : styles.names}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        <span className={styles.words} aria-hidden>
          {words}
        </span>
      </div>
      <input
        id={id}
        className={styles.range}
        type="range"
        autoComplete="off"
        min={min}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={words}
        style={style}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        onClick={(event) => onChange(event.currentTarget.valueAsNumber)}
        onKeyDown={(event) => {
          // The middle is an answer too, and no arrow key says it while the thumb rests there.
          if (value !== null || (event.key !== ' ' && event.key !== 'Enter')) return;
          event.preventDefault();
          onChange(event.currentTarget.valueAsNumber);
        }}
      />
      {(low !== undefined || high !== undefined) && (
        <div className={styles.ends} aria-hidden>
          <span>{low}</span>
          <span>{high}</span>
        </div>
      )}
    </div>
  );
}
