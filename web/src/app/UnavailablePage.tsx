import type { Message } from '../i18n/define-messages.ts';
import { useText } from '../i18n/use-text.ts';
import type { SessionState } from '../session/contract.ts';
import { Button, LinkButton } from '../ui/Button.tsx';
import { HelpNow } from '../ui/TopBar.tsx';
import { messages } from './messages.ts';
import { Notice } from './Notice.tsx';

type Reason = Extract<SessionState, { status: 'unavailable' }>['reason'];

const said = {
  'no-storage': { title: messages.noStorageTitle, more: messages.noStorageMore },
  evicted: { title: messages.evictedTitle, more: messages.evictedMore },
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
          {reason === 'evicted' && (
            <LinkButton href="/restore" look="primary" wide>
              {text(messages.restore)}
            </LinkButton>
          )}
          <Button
            look={reason === 'evicted' ? 'line' : 'primary'}
            wide
            onClick={() => window.location.reload()}
          >
            {text(messages.again)}
          </Button>
          <HelpNow />
        </>
      }
    >
      <p>{text(said[reason].more)}</p>
    </Notice>
  );
}
