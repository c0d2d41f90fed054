import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useText } from '../../i18n/use-text.ts';
import { ScanOrPaste } from '../../platform/camera/ScanOrPaste.tsx';
import { spendIncomingLink } from '../../platform/incoming-link.ts';
import { useDesk } from '../../session/desk-context.tsx';
import type { CodeCame } from '../../session/sharing-contract.ts';
import { DeskPane } from './DeskPane.tsx';
import styles from './Desk.module.css';
import { isLinkProblem, linkMessages } from './link-messages.ts';
import type { LinkProblem } from './link-messages.ts';
import { messages } from './messages.ts';

/** Opens a person's sharing link: one that brought the clinician here, or one that is pasted or scanned. */
export function OpenLinkPage() {
  const text = useText();
  const desk = useDesk();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<LinkProblem | null>(null);
  const carried = problemIn(useHistoryState());
  const shown = busy ? null : (problem ?? carried);

  const open = useCallback(
    async (link: string, how: CodeCame) => {
      setBusy(true);
      setProblem(null);
      const outcome = await desk.openLink(link, how).finally(() => setBusy(false));
      if (outcome.ok) go(`/desk/words/${outcome.owner}`);
      else setProblem(outcome.reason);
    },
    [desk, go],
  );

  useEffect(() => {
    const link = spendIncomingLink('i');
    if (link !== null) void open(link, 'pasted');
  }, [open]);

  return (
    <DeskPane
      head={
        <h1 tabIndex={-1} data-screen-title>
          {text(messages.linkTitle)}
        </h1>
      }
    >
      <div className={styles.narrow}>
        <p>{text(messages.linkText)}</p>
        {busy && (
          <p className={styles.quiet} role="status">
            {text(messages.linkOpening)}
          </p>
        )}
        <ScanOrPaste
          label={text(messages.linkField)}
          hint={text(messages.linkHint)}
          onText={(link, how) => void open(link, how)}
          problem={shown && text(linkMessages[shown])}
          busy={busy}
        />
      </div>
    </DeskPane>
  );
}

/** Why the link that led here did not open (see ServerStep). */
function problemIn(state: unknown): LinkProblem | null {
  const reason =
    typeof state === 'object' && state !== null && 'linkProblem' in state ? state.linkProblem : null;
  return isLinkProblem(reason) ? reason : null;
}
