import { useEffect, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../../session/desk-context.tsx';
import type { Card as ClinicianCard, DeskState } from '../../session/desk-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Qr } from '../../ui/Qr.tsx';
import { minutesAndSeconds } from '../../ui/countdown.ts';
import { DeskPane } from './DeskPane.tsx';
import styles from './Desk.module.css';
import { messages } from './messages.ts';

/** The clinician's code, for a phone in the same room. It is good for ten minutes and renews itself. */
export function CardPage({ state }: { readonly state: Extract<DeskState, { status: 'ready' }> }) {
  const text = useText();
  const desk = useDesk();
  const [card, setCard] = useState<ClinicianCard | null>(null);
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, []);

  const over = card === null || now >= card.expires;
  useEffect(() => {
    if (!over || state.server === null) return;
    let gone = false;
    void desk.card().then((made) => {
      if (gone) return;
      setCard(made);
      setNow(Date.now());
    });
    return () => {
      gone = true;
    };
  }, [desk, over, state.server]);

  const left = card === null ? null : minutesAndSeconds(card.expires - now);
  return (
    <DeskPane
      head={
        <h1 tabIndex={-1} data-screen-title>
          {text(messages.cardTitle)}
        </h1>
      }
    >
      <div className={styles.narrow}>
        <p>{text(messages.cardText)}</p>
        {state.server === null && <Banner tone="care">{text(messages.cardNoServer)}</Banner>}
        {state.server !== null && (
          <Card>
            {card === null || left === null ? (
              <p className={styles.quiet}>{text(messages.cardMaking)}</p>
            ) : (
              <>
                <Qr value={card.text} label={text(messages.cardQr)} large />
                <p className={styles.countdown} role="timer">
                  {text(messages.cardCounts, left)}
                </p>
              </>
            )}
          </Card>
        )}
        <p className={styles.quiet}>
          {text(messages.cardRenews)} {text(messages.cardName, { name: state.name })}
        </p>
        <p className={styles.quiet}>{text(messages.cardNothing)}</p>
      </div>
    </DeskPane>
  );
}
