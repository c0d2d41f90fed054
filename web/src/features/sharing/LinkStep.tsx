import Copy from 'lucide-react/icons/copy';
import Send from 'lucide-react/icons/send';
import { useLingui } from '@lingui/react';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Invitation, InviteOutcome } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Quiet } from '../../ui/Page.tsx';
import { Qr } from '../../ui/Qr.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ShareFlow.module.css';
import { messages } from './messages.ts';

type InviteProblem = Extract<InviteOutcome, { ok: false }>['reason'];

const inviteMessages = {
  offline: messages.inviteOffline,
  refused: messages.inviteRefused,
} satisfies Record<InviteProblem, Message>;

type MakeLinkProps = {
  readonly busy: boolean;
  readonly problem: InviteProblem | null;
  readonly onMake: (forWhom: string) => void;
};

/** Names a link for the person's own list, then makes it. */
export function MakeLink({ busy, problem, onMake }: MakeLinkProps) {
  const text = useText();
  const [forWhom, setForWhom] = useState('');
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        onMake(forWhom.trim());
      }}
    >
      <Quiet>{text(messages.linkText)}</Quiet>
      <TextField
        label={text(messages.forWhom)}
        hint={text(messages.forWhomHint)}
        value={forWhom}
        onChange={setForWhom}
        maxLength={100}
      />
      {problem && (
        <Banner tone="care" live>
          {text(inviteMessages[problem])}
        </Banner>
      )}
      <Button look="primary" wide type="submit" disabled={busy}>
        {text(busy ? messages.making : messages.makeLink)}
      </Button>
    </form>
  );
}

/** The link, to copy, send or hold up. */
export function LinkView({ invitation }: { readonly invitation: Invitation }) {
  const text = useText();
  const { i18n } = useLingui();
  const [copied, setCopied] = useState(false);
  const canSend = 'share' in navigator;
  return (
    <div className={styles.stack}>
      <Card>
        <div className={styles.stack}>
          <Qr value={invitation.link} label={text(messages.linkQr)} />
          <p className={styles.code} translate="no">
            {invitation.link}
          </p>
        </div>
      </Card>
      <Quiet>{text(messages.linkOnce, { date: dayAndMonth(i18n, invitation.expires) })}</Quiet>
      <div className={styles.two}>
        <Button
          look="quiet"
          icon={<Copy aria-hidden />}
          onClick={() => {
            void navigator.clipboard.writeText(invitation.link).then(() => setCopied(true));
          }}
        >
          {text(messages.copy)}
        </Button>
        {canSend && (
          <Button
            look="quiet"
            icon={<Send aria-hidden />}
            // Closing the phone's own sheet is an answer too.
            onClick={() => void navigator.share({ url: invitation.link }).catch(() => undefined)}
          >
            {text(messages.send)}
          </Button>
        )}
      </div>
      <p className={styles.said} role="status">
        {copied ? text(messages.copied) : ''}
      </p>
      <Quiet>{text(messages.whenAnswered)}</Quiet>
      <LinkButton href="/sharing" look="line" wide>
        {text(messages.backToSharing)}
      </LinkButton>
    </div>
  );
}
