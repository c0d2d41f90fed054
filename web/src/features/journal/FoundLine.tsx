import { useText } from '../../i18n/use-text.ts';
import type { SearchState } from '../../session/contract.ts';
import { EVERYTHING, type Wanted } from '../../session/search-contract.ts';
import { InlineButton } from '../../ui/Button.tsx';
import { askedWords } from './asked-words.ts';
import styles from './Journal.module.css';
import { messages } from './messages.ts';

/** How many entries are shown, by what, and the way back to all of them. */
export function FoundLine({
  search: { wanted, found, reading },
  onWant,
}: {
  readonly search: SearchState;
  readonly onWant: (wanted: Wanted) => void;
}) {
  const text = useText();
  return (
    <div className={styles.found}>
      <p role="status">
        {found !== null &&
          (reading
            ? text(messages.stillReading)
            : text(messages.found, { n: found.entries, asked: askedWords(text, wanted) }))}
      </p>
      {found !== null && (
        <InlineButton onClick={() => onWant(EVERYTHING)}>{text(messages.showAll)}</InlineButton>
      )}
    </div>
  );
}
