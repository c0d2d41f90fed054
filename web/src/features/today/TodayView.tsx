import Check from 'lucide-react/icons/check';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Rich } from '../../i18n/Rich.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, InlineButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { messages } from './messages.ts';
import styles from './TodayView.module.css';

type TodayViewProps = {
  /** “Tuesday 14 July”. */
  readonly date: string;
  readonly sea: ReactNode;
  readonly onPickWord: () => void;
  /** A point was chosen with the keyboard or a draft lies open: offers to go on. */
  readonly unfinished: boolean;
  readonly onGoOn: () => void;
  readonly onThrowAway: () => void;
  /** Where the last save is safe, right after it. */
  readonly saved: string | null;
  readonly onUndo: () => void;
  /** The newest entries as rows; empty before the first one. */
  readonly lately: readonly ReactNode[];
  /** Something that has to be said before anything else; nothing on most days. */
  readonly notice: ReactNode;
  /** What the person asked to be shown today, above the entries; nothing on most days. */
  readonly due: ReactNode;
  /** The check-in beside the sea, on a wide screen. */
  readonly beside: ReactNode;
};

export function TodayView(props: TodayViewProps) {
  const { date, sea, saved, lately, beside } = props;
  const text = useText();
  const id = useId();
  return (
    <div className={styles.today}>
      <TopBar note={date} />
      {props.notice}
      <div className={styles.columns}>
        <div className={styles.first}>
          <h1 className={styles.question} tabIndex={-1} data-screen-title>
            {text(messages.question)}
          </h1>
          <div className={styles.sea}>{sea}</div>
          <div className={styles.under}>
            {props.unfinished ? (
              <div className={styles.unfinished}>
                <p>{text(messages.unfinished)}</p>
                <Button look="quiet" small onClick={props.onGoOn}>
                  {text(messages.goOn)}
                </Button>
                <Button look="plain" small onClick={props.onThrowAway}>
                  {text(messages.throwAway)}
                </Button>
              </div>
            ) : (
              <p className={styles.touch}>
                <Rich of={messages.touch} parts={[<InlineButton key="word" onClick={props.onPickWord} />]} />
              </p>
            )}
            <div role="status">
              {saved !== null && (
                <Banner icon={<Check aria-hidden />}>
                  <div className={styles.saved}>
                    <span>{text(messages.saved, { where: saved })}</span>
                    <InlineButton onClick={props.onUndo}>{text(messages.undo)}</InlineButton>
                  </div>
                </Banner>
              )}
            </div>
          </div>
        </div>
        <div className={styles.second}>
          {beside}
          {props.due}
          {lately.length > 0 && (
            <section className={styles.lately} aria-labelledby={id}>
              <h2 id={id} className={styles.heading}>
                {text(messages.lately)}
              </h2>
              <Card rows>{lately}</Card>
            </section>
          )}
        </div>
      </div>
    </div>
  );
}
