import { useLingui } from '@lingui/react';
import Plus from 'lucide-react/icons/plus';
import ServerIcon from 'lucide-react/icons/server';
import ShieldCheck from 'lucide-react/icons/shield-check';
import type { Message } from '../../i18n/define-messages.ts';
import { dayAndMonth, nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Contact, EndedShare, Invitation, Share } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PagePart, Quiet } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import { ContactCard, ShareCard } from './ShareCard.tsx';
import styles from './SharingView.module.css';

type SharingViewProps = {
  readonly online: boolean;
  readonly shares: readonly Share[];
  readonly contacts: readonly Contact[];
  readonly invitations: readonly Invitation[];
  readonly ended: readonly EndedShare[];
  /** What the last act did, said once. */
  readonly said: { readonly tone: 'calm' | 'care'; readonly words: string } | null;
  readonly onStop: (share: Share) => void;
  readonly onRemove: (contact: Contact) => void;
  readonly onWithdraw: (invitation: Invitation) => void;
};

/** Who sees what, as cards. */
export function SharingView({
  online,
  shares,
  contacts,
  invitations,
  ended,
  said,
  onStop,
  onRemove,
  onWithdraw,
}: SharingViewProps) {
  const text = useText();
  const nothing = shares.length === 0 && contacts.length === 0 && invitations.length === 0;
  return (
    <>
      {said && (
        <Banner tone={said.tone} live>
          {said.words}
        </Banner>
      )}
      {!online && <Quiet>{text(messages.offline)}</Quiet>}
      {nothing && (
        <EmptyState icon={<ShieldCheck aria-hidden />} title={text(messages.emptyTitle)}>
          <p>{text(messages.emptyText)}</p>
          <p>{text(messages.emptyStop)}</p>
        </EmptyState>
      )}
      {!nothing && (
        <div className={styles.cards}>
          {shares.map((share) => (
            <ShareCard key={share.grant} share={share} onStop={() => onStop(share)} />
          ))}
          {contacts.map((contact) => (
            <ContactCard key={contact.acct} contact={contact} onRemove={() => onRemove(contact)} />
          ))}
        </div>
      )}
      <LinkButton href="/sharing/new" look="primary" wide icon={<Plus aria-hidden />}>
        {text(messages.shareWith)}
      </LinkButton>
      {!nothing && <Quiet>{text(messages.keepNote)}</Quiet>}
      {invitations.length > 0 && (
        <PagePart title={text(messages.invitations)}>
          {invitations.map((invitation) => (
            <InvitationCard
              key={invitation.id}
              invitation={invitation}
              onWithdraw={() => onWithdraw(invitation)}
            />
          ))}
        </PagePart>
      )}
      {ended.length > 0 && (
        <PagePart title={text(messages.ended)}>
          <Card rows as="ul">
            {ended.map((share) => (
              <li key={share.grant}>
                <EndedRow share={share} />
              </li>
            ))}
          </Card>
        </PagePart>
      )}
    </>
  );
}

function InvitationCard({
  invitation,
  onWithdraw,
}: {
  readonly invitation: Invitation;
  readonly onWithdraw: () => void;
}) {
  const text = useText();
  const { i18n } = useLingui();
  const waiting = invitation.status === 'waiting';
  const name =
    invitation.forWhom === ''
      ? text(messages.linkForNobody)
      : text(messages.linkFor, { name: invitation.forWhom });
  return (
    <Card as="article" label={name}>
      <h3 className={styles.name}>{name}</h3>
      <p className={styles.terms}>
        {text(waiting ? messages.linkUntil : messages.linkOver, {
          date: dayAndMonth(i18n, invitation.expires),
        })}
      </p>
      <div className={classes(styles.acts, styles.short)}>
        {waiting && (
          <LinkButton href={`/sharing/link/${invitation.id}`} look="line" small>
            {text(messages.showLink)}
          </LinkButton>
        )}
        <Button look="line" small onClick={onWithdraw}>
          {text(waiting ? messages.withdraw : messages.remove)}
        </Button>
      </div>
    </Card>
  );
}

const whyEnded = {
  stopped: messages.endedStopped,
  expired: messages.endedExpired,
  changed: messages.endedChanged,
} satisfies Record<EndedShare['why'], Message>;

function EndedRow({ share }: { readonly share: EndedShare }) {
  const text = useText();
  const { i18n } = useLingui();
  const when = text(whyEnded[share.why], { when: nearMoment(i18n, share.endedAt) });
  return (
    <RowLink
      href={`/sharing/opened/${share.grant}`}
      title={share.with.name || text(messages.unnamed)}
      detail={share.reached === 'waiting' ? `${when} · ${text(messages.endedWaiting)}` : when}
    />
  );
}

/** Without a server there is nobody to share through; what can be done instead stands beside it. */
export function NoServerView() {
  const text = useText();
  return (
    <EmptyState
      icon={<ServerIcon aria-hidden />}
      title={text(messages.noServerTitle)}
      action={
        <>
          <LinkButton href="/me/server/join" look="primary">
            {text(messages.joinServer)}
          </LinkButton>
          <Quiet>{text(messages.orPaper)}</Quiet>
          <LinkButton href="/me/data" look="quiet">
            {text(messages.toData)}
          </LinkButton>
        </>
      }
    >
      <p>{text(messages.noServerText)}</p>
      <p>{text(messages.noServerSealed)}</p>
    </EmptyState>
  );
}
