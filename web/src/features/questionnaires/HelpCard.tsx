import LifeBuoy from 'lucide-react/icons/life-buoy';
import type { Ref } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { messages } from './messages.ts';
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
