import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { dateOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { BinnedMoment } from '../../session/contract.ts';
import { useBin, useDiary } from '../../session/session-context.tsx';
import { useMomentLine } from '../../session/use-moment-line.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { MomentRow } from '../../ui/MomentRow.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import styles from './Journal.module.css';
import { messages } from './messages.ts';

/** What was thrown away in the last 30 days: put back, or deleted for good after a question. */
export function BinPage() {
  const diary = useDiary();
  const bin = useBin();
  const text = useText();
  const { i18n } = useLingui();
  const line = useMomentLine();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<BinnedMoment | null>(null);
  return (
    <div className={styles.journal}>
      <TopBar title={text(messages.binTitle)} onBack={() => navigate('/journal')} />
      <p className={styles.more}>{text(bin.length === 0 ? messages.binEmpty : messages.binMore)}</p>
      {bin.length > 0 && (
        <Card rows>
          {bin.map((moment) => {
            const { title, detail, written, day, time } = line(moment);
            return (
              <div key={moment.id}>
                <MomentRow
                  mood={moment.mood ?? {}}
                  title={title}
                  detail={detail}
                  written={written}
                  time={`${day}, ${time}`}
                  notes={<span>{text(messages.until, { date: dateOf(i18n, moment.erasedOn) })}</span>}
                />
                <div className={styles.actions}>
                  <Button look="quiet" small onClick={() => void diary.restore(moment.id)}>
                    {text(messages.restore)}
                  </Button>
                  <Button look="plain" small onClick={() => setAsked(moment)}>
                    {text(messages.erase)}
                  </Button>
                </div>
              </div>
            );
          })}
        </Card>
      )}
      <Confirm
        open={asked !== null}
        title={text(messages.eraseTitle)}
        yes={text(messages.erase)}
        no={text(messages.keep)}
        stop
        onNo={() => setAsked(null)}
        onYes={() => {
          if (asked) void diary.erase(asked.id);
          setAsked(null);
        }}
      >
        <p>{text(messages.eraseMore)}</p>
      </Confirm>
    </div>
  );
}
