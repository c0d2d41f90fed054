import { useLingui } from '@lingui/react';
import { useEffect, useState } from 'react';
import { clockTime, dateOf, dayInside } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { EarlierMoment, Moment } from '../../session/contract.ts';
import { momentDetail, momentTitle } from '../../session/moment-words.ts';
import { useDiary } from '../../session/session-context.tsx';
import { Card } from '../../ui/Card.tsx';
import { MomentRow } from '../../ui/MomentRow.tsx';
import styles from './Entry.module.css';
import { messages } from './messages.ts';
import { useAbout } from './use-about.ts';

/** What an entry said before it was changed, newest first. Opened on request, and only for an entry that was changed. */
export function EntryHistory({ moment }: { readonly moment: Moment }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  if (moment.edited === undefined) return null;
  return (
    <details className={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text(messages.history)}</summary>
      {open && <Earlier moment={moment} />}
    </details>
  );
}

function Earlier({ moment }: { readonly moment: Moment }) {
  const { id, edited, written } = moment;
  const diary = useDiary();
  const text = useText();
  const { i18n } = useLingui();
  const about = useAbout();
  const [versions, setVersions] = useState<readonly EarlierMoment[] | null>(null);

  useEffect(() => {
    let left = false;
    void diary.earlier(id).then((found) => {
      if (!left) setVersions(found);
    });
    return () => {
      left = true;
    };
  }, [diary, id, edited]);

  if (versions === null) return <p className={styles.quiet}>{text(messages.opening)}</p>;
  return (
    <Card rows>
      {versions.map((version) => {
        const then = about({ when: version.when, written }, dayInside);
        return (
          <MomentRow
            key={version.until}
            mood={version.mood ?? {}}
            title={momentTitle(text, version)}
            detail={momentDetail(text, version)}
            written={version.text}
            time={text(messages.before, {
              date: dateOf(i18n, version.until),
              time: clockTime(i18n, version.until),
            })}
            {...(then !== about(moment, dayInside) && { notes: text(messages.wasAbout, { about: then }) })}
          />
        );
      })}
    </Card>
  );
}
