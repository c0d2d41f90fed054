import { useEffect } from 'react';
import { useText } from '../i18n/use-text.ts';
import { watchForQuickExit } from '../platform/quick-exit.ts';
import { messages } from '../ui/messages.ts';
import styles from './QuickExit.module.css';

/**
 * The first stop of the keyboard on every screen, seen only when it is reached (the help page shows its own).
 * Shift three times does the same from anywhere.
 */
export function QuickExit({ button }: { readonly button: boolean }) {
  const text = useText();
  useEffect(() => watchForQuickExit(), []);
  if (!button) return null;
  return (
    <button type="button" className={styles.exit} data-quick-exit>
      {text(messages.leave)}
    </button>
  );
}
