import { useLingui } from '@lingui/react';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import type { Ref } from 'react';
import { Link } from 'wouter';
import { dayAndMonth, nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { endsInDays, found, nameOf } from './desk-list.ts';
import { messages } from './messages.ts';
import styles from './PeopleList.module.css';

type PeopleListProps = {
  /** In the order of the desk. */
  readonly people: readonly DeskPerson[];
  readonly chosen: string | null;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly now: number;
};

/** Who shares: last entry, what is new, what ends soon, whose key is to be verified, who stopped. */
export function PeopleList({ people, chosen, searchRef, now }: PeopleListProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  const listed = found(people, search);
  return (
    <div className={styles.people}>
      {people.length > 5 && (
        <TextField
          type="search"
          label={text(messages.search)}
          quietLabel
          icon={<Search aria-hidden />}
          value={search}
          onChange={setSearch}
          inputRef={searchRef}
        />
      )}
      {listed.length === 0 && people.length > 0 && <p className={styles.none}>{text(messages.noneFound)}</p>}
      <ul className={styles.list}>
        {listed.map((person) => (
          <li key={person.owner}>
            <PersonLink person={person} current={person.owner === chosen} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PersonLink({
  person,
  current,
  now,
}: {
  readonly person: DeskPerson;
  readonly current: boolean;
  readonly now: number;
}) {
  const text = useText();
  const { i18n } = useLingui();
  const name = nameOf(person) || text(messages.unnamed, { date: dayAndMonth(i18n, person.since) });
  return (
    <Link
      href={`/desk/p/${person.owner}`}
      className={styles.person}
      aria-current={current ? 'page' : undefined}
      data-ended={person.status === 'ended'}
    >
      <span className={styles.initial} aria-hidden>
        {[...name][0]?.toLocaleUpperCase()}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.state}>{useStateWords(person, now)}</span>
      </span>
      <PersonBadge person={person} now={now} />
    </Link>
  );
}

function PersonBadge({ person, now }: { readonly person: DeskPerson; readonly now: number }) {
  const text = useText();
  const ends = endsInDays(person, now);
  if (person.status === 'ended') return null;
  if (person.checked.how === 'not-yet') {
    return <Spoken tone="care" shown={text(messages.verifyBadge)} spoken={text(messages.verifySpoken)} />;
  }
  if (person.fresh > 0) {
    return (
      <Spoken
        tone="plain"
        shown={text(messages.freshBadge, { n: person.fresh })}
        spoken={text(messages.freshSpoken, { n: person.fresh })}
      />
    );
  }
  if (ends !== null) {
    return (
      <Spoken
        tone="care"
        shown={text(messages.endsBadge, { n: ends })}
        spoken={text(messages.endsSpoken, { n: ends })}
      />
    );
  }
  return null;
}

/** A badge of a few signs, said in full to those who do not see it. */
function Spoken({
  tone,
  shown,
  spoken,
}: {
  readonly tone: 'care' | 'plain';
  readonly shown: string;
  readonly spoken: string;
}) {
  return (
    <Badge tone={tone}>
      <span aria-hidden>{shown}</span>
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </Badge>
  );
}

function useStateWords(person: DeskPerson, now: number): string {
  const text = useText();
  const { i18n } = useLingui();
  const ends = endsInDays(person, now);
  switch (person.status) {
    case 'ended':
      return text(person.ended?.why === 'expired' ? messages.expired : messages.stopped);
    case 'linked':
      return text(person.unread === 'not-asked-for' ? messages.notAskedFor : messages.nothingYet);
    case 'waiting-for-key':
      return text(messages.waitingKey);
    case 'sharing':
      if (person.unread === 'unproven-end') return text(messages.unprovenEnd);
      if (ends !== null && person.fresh === 0) return text(messages.endsSpoken, { n: ends });
      // Keeps its line's place until it is known.
      if (person.lastEntryAt === undefined) return '\u00a0';
      return person.lastEntryAt === null
        ? text(messages.noEntry)
        : text(messages.lastEntry, { when: nearMoment(i18n, person.lastEntryAt, now) });
  }
}
