import styles from './WordGrid.module.css';

type WordGridProps = {
  readonly words: readonly string[];
  /** What the words are: “Your 24 words”. */
  readonly label: string;
  /** Numbers before the words, for a kit that is written down. */
  readonly numbered?: boolean;
  readonly large?: boolean;
};

/** Words that are read out, compared or copied: each in its own place, in order. No browser may translate them. */
export function WordGrid({ words, label, numbered = false, large = false }: WordGridProps) {
  return (
    <ol className={styles.grid} aria-label={label} data-large={large} data-numbered={numbered}>
      {words.map((word, index) => (
        <li key={`${index} ${word}`} className={styles.cell}>
          {numbered && (
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
          )}
          <span className={styles.word} translate="no">
            {word}
          </span>
        </li>
      ))}
    </ol>
  );
}
