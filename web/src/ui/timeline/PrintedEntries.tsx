import { useLingui } from '@lingui/react';
import { useText } from '../../i18n/use-text.ts';
import { questionnaireNotices } from '../questionnaire-words.ts';
import { messages } from './messages.ts';
import type { MoodSpeech } from './mood-speech.ts';
import styles from './PrintedEntries.module.css';
import type { ShownMoment } from './shown-moment.ts';
import { shownDetail, shownTitle, shownWhen } from './shown-words.ts';

/** Entries that fit on one printed page below the charts. */
const fit = 7;

type PrintedEntriesProps = {
  /** Newest first. */
  readonly moments: readonly ShownMoment[];
  readonly speech: MoodSpeech;
};

/** The newest entries in narrow lines, for paper only: charts and these are one A4 page. */
export function PrintedEntries({ moments, speech }: PrintedEntriesProps) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <div className={styles.paper}>
      <table className={styles.table}>
        <tbody>
          {moments.slice(0, fit).map((moment) => (
            <tr key={moment.id}>
              <th scope="row">{shownWhen(text, i18n, moment)}</th>
              <td className={styles.said}>{shownTitle(text, speech, moment)}</td>
              <td>
                <span className={styles.lines}>
                  {[
                    ...(moment.questionnaire ? questionnaireNotices(text, moment.questionnaire) : []),
                    shownDetail(text, speech, { ...moment, values: [] }),
                    moment.text ?? '',
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moments.length > fit && (
        <p className={styles.more}>{text(messages.notPrinted, { n: moments.length - fit })}</p>
      )}
    </div>
  );
}
