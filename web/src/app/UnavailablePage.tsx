import type { Message } from '../i18n/define-messages.ts';
import { useText } from '../i18n/use-text.ts';
import { unmarkDiary } from '../platform/made-here.ts';
import type { SessionState } from '../session/contract.ts';
import { Button, LinkButton } from '../ui/Button.tsx';
import { HelpNow } from '../ui/TopBar.tsx';
import { messages } from './messages.ts';
import { Notice } from './Notice.tsx';

type Reason = Extract<SessionState, { status: 'unavailable' }>['reason'];

const said = {
  'no-storage': { title: messages.noStorageTitle, more: messages.noStorageMore },
  evicted: { title: messages.evictedTitle, more: messages.evictedMore },
  damaged: { title: messages.damagedTitle, more: messages.damagedMore },
  'newer-app-needed': { title: messages.newerTitle, more: messages.newerMore },
} satisfies Record<Reason, { title: Message; more: Message }>;

/** The diary cannot be opened here now: what happened, what is safe, what to do. */
export function UnavailablePage({ reason }: { readonly reason: Reason }) {
  const text = useText();
  return (
    <Notice
      title={text(said[reason].title)}
      action={
        <>
          {reason !== 'evicted' && <Again />}
          {(reason === 'evicted' || reason === 'damaged') && (
            <LinkButton href="/restore" look={reason === 'evicted' ? 'primary' : 'line'} wide>
              {text(messages.restore)}
            </LinkButton>
          )}
          {reason === 'evicted' && <StartAgain />}
          <HelpNow />
        </>
      }
    >
      <p>{text(said[reason].more)}</p>
    </Notice>
  );
}

function Again() {
  const text = useText();
  return (
    <Button look="primary" wide onClick={() => window.location.reload()}>
      {text(messages.again)}
    </Button>
  );
}

/** Nothing lies here any more: a new diary takes nothing away. */
function StartAgain() {
  const text = useText();
  return (
    <Button
      look="line"
      wide
      onClick={() => {
        unmarkDiary();
        window.location.reload();
      }}
    >
      {text(messages.startAgain)}
    </Button>
  );
}
