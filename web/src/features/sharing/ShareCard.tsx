import { useLingui } from '@lingui/react';
import { Link } from 'wouter';
import { nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { checkedMessages, endInWords, kindsInWords, periodInWords } from '../../session/share-words.ts';
import type { Checked, Contact, Share } from '../../session/sharing-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { classes } from '../../ui/classes.ts';
import { messages } from './messages.ts';
import styles from './SharingView.module.css';

/** One share: with whom, what, until when, when it was last opened; change it, or stop it with one touch. */
export function ShareCard({ share, onStop }: { readonly share: Share; readonly onStop: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const { scope, expires, purpose } = share.terms;
  return (
    <Card as="article" label={share.with.name}>
      <div className={styles.head}>
        <h2 className={styles.name}>{share.with.name || text(messages.unnamed)}</h2>
        <CheckedBadge checked={share.with.checked} />
      </div>
      <p className={styles.terms}>
        {kindsInWords(text, scope.categories)} · {periodInWords(text, i18n, scope.period)} ·{' '}
        {endInWords(text, i18n, expires, 'you')}
      </p>
      {purpose !== '' && <p className={styles.purpose}>{text(messages.purpose, { purpose })}</p>}
      <div className={styles.opened}>
        <span>
          {share.status === 'waiting'
            ? text(messages.waitingServer)
            : share.lastOpenedAt === null
              ? text(messages.neverOpened)
              : text(messages.lastOpened, { when: nearMoment(i18n, share.lastOpenedAt) })}
        </span>
        <Link href={`/sharing/opened/${share.grant}`}>{text(messages.whoOpened)}</Link>
      </div>
      <div className={styles.acts}>
        <LinkButton href={`/sharing/change/${share.grant}`} look="line" small>
          {text(messages.change)}
        </LinkButton>
        <Button look="stop" small onClick={onStop}>
          {text(messages.stop)}
        </Button>
      </div>
    </Card>
  );
}

/** Somebody who is linked, and with whom nothing is shared. */
export function ContactCard({
  contact,
  onRemove,
}: {
  readonly contact: Contact;
  readonly onRemove: () => void;
}) {
  const text = useText();
  const unchecked = contact.checked.how === 'not-yet';
  return (
    <Card as="article" label={contact.name}>
      <div className={styles.head}>
        <h2 className={styles.name}>{contact.name || text(messages.unnamed)}</h2>
        <CheckedBadge checked={contact.checked} />
      </div>
      <p className={styles.terms}>{text(messages.nothingShared)}</p>
      <div className={classes(styles.acts, styles.short)}>
        <LinkButton href={`/sharing/with/${contact.acct}`} look="quiet" small>
          {text(unchecked ? messages.compareNow : messages.chooseWhat)}
        </LinkButton>
        <Button look="line" small onClick={onRemove}>
          {text(messages.remove)}
        </Button>
      </div>
    </Card>
  );
}

export function CheckedBadge({ checked }: { readonly checked: Checked }) {
  const text = useText();
  return (
    <Badge tone={checked.how === 'not-yet' ? 'care' : 'plain'}>{text(checkedMessages[checked.how])}</Badge>
  );
}
