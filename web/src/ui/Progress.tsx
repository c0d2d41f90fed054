import { useText } from '../i18n/use-text.ts';
import { messages } from './messages.ts';
import styles from './Progress.module.css';

type ProgressProps = {
  readonly label: string;
  /** 0 to 1; null while the amount is not known yet. */
  readonly done: number | null;
  /** What is happening in words: “240 of 1,200 entries”. */
  readonly words?: string;
};

export function Progress({ label, done, words }: ProgressProps) {
  const text = useText();
  const percent = done === null ? null : Math.round(done * 100);
  return (
    <div className={styles.progress}>
      <div className={styles.names}>
        <span className={styles.label}>{label}</span>
        <span className={styles.words}>
          {words ?? (percent === null ? '' : text(messages.progress, { percent }))}
        </span>
      </div>
      <progress
        className={styles.bar}
        max={100}
        value={percent ?? undefined}
        aria-label={label}
        aria-valuetext={words}
      />
    </div>
  );
}
