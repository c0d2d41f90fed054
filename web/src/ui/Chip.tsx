import { Fragment } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import styles from './Chip.module.css';
import { classes } from './classes.ts';

type ChipProps = {
  readonly on: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
  /** Fill when on: the colour of a mood, with the ink that reads best on it; else the accent. */
  readonly colour?: { readonly css: string; readonly ink: 'dark' | 'light' };
  readonly disabled?: boolean;
};

/** A word that can be chosen or left: a toggle button. Chosen chips are bold and ticked for those who see no colour. */
export function Chip({ on, onToggle, colour, disabled = false, children }: ChipProps) {
  const style: CSSProperties | undefined =
    colour === undefined ? undefined : { '--chip': colour.css, '--chip-ink': `var(--on-mood-${colour.ink})` };
  return (
    <button
      type="button"
      className={classes(styles.chip, on && styles.on, colour !== undefined && styles.mood)}
      aria-pressed={on}
      onClick={onToggle}
      disabled={disabled}
      style={style}
    >
      <span className={styles.word}>{children}</span>
    </button>
  );
}

/** A chip that does something instead of being chosen: “+ add”, “more…”. */
export function ChipButton({
  onClick,
  children,
  expanded,
}: {
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly expanded?: boolean;
}) {
  return (
    <button
      type="button"
      className={classes(styles.chip, styles.act)}
      onClick={onClick}
      aria-expanded={expanded}
    >
      {children}
    </button>
  );
}

/** Chips that wrap over lines. `label` names the group. */
export function Chips({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {children}
    </div>
  );
}

type ChipRowsProps = {
  /** What stands above them, while there is any. */
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly words: readonly string[] }[];
  readonly onChoose: (words: string) => void;
};

/** Chips that do something, each row after the name of what it is about. */
export function ChipRows({ label, rows, onChoose }: ChipRowsProps) {
  const some = rows.filter(({ words }) => words.length > 0);
  return (
    some.length > 0 && (
      <div className={styles.rows}>
        <p>{label}</p>
        {some.map(({ name, words }) => (
          <Fragment key={name}>
            <span aria-hidden>{name}</span>
            <Chips label={name}>
              {words.map((word) => (
                <ChipButton key={word} onClick={() => onChoose(word)}>
                  {word}
                </ChipButton>
              ))}
            </Chips>
          </Fragment>
        ))}
      </div>
    )
  );
}
