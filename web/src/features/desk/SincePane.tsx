import { useLingui } from '@lingui/react';
import { nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { Banner } from '../../ui/Banner.tsx';
import { questionnaireNotices, questionnaireTitle } from '../../ui/questionnaire-words.ts';
import { ShownMomentRow } from '../../ui/timeline/EntryList.tsx';
import type { ShownMoment } from '../../ui/timeline/shown-moment.ts';
import { shownWhen } from '../../ui/timeline/shown-words.ts';
import type { ValueTrack } from '../../ui/timeline/value-tracks.ts';
import { messages } from './messages.ts';
import styles from './Desk.module.css';

type SincePaneProps = {
  /** Oldest first. */
  readonly moments: readonly ShownMoment[];
  readonly fresh: ReadonlySet<string>;
  readonly lookedAt: number | null;
  /** Of the days that are shown. */
  readonly values: readonly ValueTrack[];
};

const shownAtOnce = 6;

/** What came since this clinician last opened the record, and how close the person was to what matters to them. */
export function SincePane({ moments, fresh, lookedAt, values }: SincePaneProps) {
  const text = useText();
  const { i18n } = useLingui();
  const speech = useMoodSpeech();
  const news = (lookedAt === null ? moments : moments.filter((moment) => fresh.has(moment.id))).toReversed();
  return (
    <>
      <div>
        <h2>{text(messages.sinceTitle)}</h2>
        <p className={styles.quiet}>
          {lookedAt === null
            ? text(messages.sinceFirst)
            : text(messages.sinceWhen, { when: nearMoment(i18n, lookedAt) })}{' '}
          {lookedAt !== null &&
            text(news.length === 0 ? messages.sinceNothing : messages.sinceCount, { n: news.length })}
        </p>
      </div>
      <ToNotice news={news} />
      <ul className={styles.news}>
        {news.slice(0, shownAtOnce).map((moment) => (
          <li key={moment.id}>
            <ShownMomentRow moment={moment} speech={speech} fresh={false} brief />
          </li>
        ))}
      </ul>
      {news.length > shownAtOnce && (
        <p className={styles.quiet}>{text(messages.sinceMore, { n: news.length - shownAtOnce })}</p>
      )}
      {values.length > 0 && (
        <table className={styles.values}>
          <caption>
            <b>{text(messages.valuesTitle)}</b>{' '}
            <span className={styles.quiet}>{text(messages.valuesNote)}</span>
          </caption>
          <tbody>
            {values.map((track) => (
              <tr key={track.value}>
                <th scope="row">{track.text}</th>
                <td>{track.mean.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.quiet}>
        {text(messages.notWatching)} {text(messages.openingShown)}
      </p>
    </>
  );
}

const noticedAtOnce = 3;

/** Answers that are worth a calm look, before everything else: item 9 of the PHQ-9 above “not at all”. */
function ToNotice({ news }: { readonly news: readonly ShownMoment[] }) {
  const text = useText();
  const { i18n } = useLingui();
  const noticed = news.flatMap((moment) => {
    const { questionnaire } = moment;
    const notices = questionnaire === undefined ? [] : questionnaireNotices(text, questionnaire);
    return questionnaire === undefined || notices.length === 0 ? [] : [{ moment, questionnaire, notices }];
  });
  return noticed.slice(0, noticedAtOnce).map(({ moment, questionnaire, notices }) => (
    <Banner key={moment.id} tone="care" title={notices.join(' ')}>
      {text(messages.noticedIn, {
        what: questionnaireTitle(text, questionnaire),
        when: shownWhen(text, i18n, moment),
      })}
    </Banner>
  ));
}
