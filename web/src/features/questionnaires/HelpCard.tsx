import LifeBuoy from 'lucide-react/icons/life-buoy';
import PhoneCall from 'lucide-react/icons/phone-call';
import { useSyncExternalStore } from 'react';
import type { Ref } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDiary } from '../../session/session-context.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { PagePart } from '../../ui/Page.tsx';
import { Row, RowOutLink } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import { dialled, planForNow } from './plan-for-now.ts';
import styles from './Questionnaires.module.css';

type HelpCardProps = {
  readonly headingRef: Ref<HTMLHeadingElement>;
  /** The review comes next. */
  readonly last: boolean;
  readonly onGoOn: () => void;
};

/** Shown after an answer that is worth a calm look. It stops nothing, and tells nobody. */
export function HelpCard({ headingRef, last, onGoOn }: HelpCardProps) {
  const text = useText();
  return (
    <section className={styles.card}>
      <h1 className={styles.question} ref={headingRef} tabIndex={-1} data-screen-title>
        {text(messages.cardTitle)}
      </h1>
      <p>{text(messages.cardKept)}</p>
      <p className={styles.strong}>{text(messages.cardUntold)}</p>
      <p className={styles.quiet}>{text(messages.cardShared)}</p>
      <OwnPlan />
      <p>{text(messages.cardHelp)}</p>
      <div className={styles.answers}>
        <LinkButton href="/help" look="primary" wide icon={<LifeBuoy aria-hidden />}>
          {text(messages.helpNow)}
        </LinkButton>
        <Button look="line" wide onClick={onGoOn}>
          {text(last ? messages.cardReview : messages.cardGoOn)}
        </Button>
      </div>
    </section>
  );
}

/** Their own words, before anybody else's; nothing where there is no plan. */
function OwnPlan() {
  const text = useText();
  const diary = useDiary();
  const lines = planForNow(useSyncExternalStore(diary.subscribe, diary.plan));
  if (lines.length === 0) return null;
  return (
    <PagePart title={text(messages.cardPlan)}>
      <Card rows>
        {lines.map(({ id, text: line, phone }) =>
          phone === undefined ? (
            <Row key={id} title={line} />
          ) : (
            <RowOutLink
              key={id}
              href={dialled(phone)}
              title={line}
              detail={phone}
              lead={<PhoneCall aria-hidden />}
            />
          ),
        )}
      </Card>
    </PagePart>
  );
}
