import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { endInWords, kindsInWords, periodInWords } from '../../session/share-words.ts';
import styles from './Desk.module.css';
import { nameOf } from './desk-list.ts';
import { messages } from './messages.ts';

/** Who it is, what the share covers, until when, and how the key was checked. */
export function PersonHead({ person, acts }: { readonly person: DeskPerson; readonly acts?: ReactNode }) {
  const text = useText();
  const { i18n } = useLingui();
  const { share, checked } = person;
  const key =
    checked.how === 'not-yet'
      ? text(messages.keyNotYet)
      : text(checked.how === 'in-person' ? messages.keyInPerson : messages.keyWords, {
          date: dayAndMonth(i18n, checked.at),
        });
  const covers =
    share === null
      ? [key]
      : [
          text(messages.shares, { kinds: lower(kindsInWords(text, share.scope.categories)) }),
          periodInWords(text, i18n, share.scope.period),
          endInWords(text, i18n, share.expires, 'they'),
          key,
        ];
  return (
    <div className={styles.personHead}>
      <div className={styles.personWords}>
        <h1 tabIndex={-1} data-screen-title>
          {nameOf(person) || text(messages.unnamed, { date: dayAndMonth(i18n, person.since) })}
        </h1>
        <p className={styles.covers}>{covers.join(' · ')}</p>
        {share !== null && share.purpose !== '' && (
          <p className={styles.covers}>{text(messages.purpose, { purpose: share.purpose })}</p>
        )}
      </div>
      {acts !== undefined && <div className={styles.personActs}>{acts}</div>}
    </div>
  );
}

function lower(words: string): string {
  const [first = ''] = words;
  return first.toLocaleLowerCase() + words.slice(first.length);
}
