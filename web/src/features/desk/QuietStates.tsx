import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { dayAndMonth, nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../../session/desk-context.tsx';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import styles from './Desk.module.css';
import { nameOf } from './desk-list.ts';
import { DeskPane } from './DeskPane.tsx';
import { messages } from './messages.ts';
import { OwnLabel } from './OwnLabel.tsx';
import { PersonHead } from './PersonHead.tsx';

/** A share that is over: said plainly, with nothing left to see. */
export function EndedView({ person }: { readonly person: DeskPerson }) {
  const text = useText();
  const { i18n } = useLingui();
  const name = nameOf(person) || text(messages.unnamed, { date: dayAndMonth(i18n, person.since) });
  return (
    <DeskPane
      head={
        <h1 tabIndex={-1} data-screen-title>
          {text(messages.endedTitle, { name })}
        </h1>
      }
    >
      {person.ended && (
        <p>
          {text(person.ended.why === 'stopped' ? messages.endedStopped : messages.endedExpired, {
            when: nearMoment(i18n, person.ended.at),
          })}
        </p>
      )}
      <p>{text(messages.endedGone)}</p>
      <Remove person={person} name={name} />
    </DeskPane>
  );
}

/** Linked, and nothing shared that may be read: why, the words to compare, and a name for the list. */
export function LinkedView({ person }: { readonly person: DeskPerson }) {
  const text = useText();
  const { i18n } = useLingui();
  const name = nameOf(person) || text(messages.unnamed, { date: dayAndMonth(i18n, person.since) });
  return (
    <DeskPane head={<PersonHead person={person} />}>
      {person.unread === 'not-asked-for' ? (
        <>
          <h2>{text(messages.notAskedTitle)}</h2>
          <p>{text(messages.notAskedText)}</p>
          <p>{text(messages.notAskedThen)}</p>
        </>
      ) : (
        <>
          <h2>{text(messages.linkedTitle)}</h2>
          <p>{text(messages.linkedText)}</p>
        </>
      )}
      {person.checked.how === 'not-yet' && (
        <div>
          <LinkButton href={`/desk/words/${person.owner}`} look="primary">
            {text(messages.compare)}
          </LinkButton>
        </div>
      )}
      <OwnLabel person={person} />
      <Remove person={person} name={name} />
    </DeskPane>
  );
}

function Remove({ person, name }: { readonly person: DeskPerson; readonly name: string }) {
  const text = useText();
  const desk = useDesk();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.remove}>
      <Button look="line" small onClick={() => setAsking(true)}>
        {text(messages.remove)}
      </Button>
      <Confirm
        open={asking}
        title={text(messages.removeTitle, { name })}
        yes={text(messages.remove)}
        stop
        onNo={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          void desk.forget(person.owner).then(() => go('/desk'));
        }}
      >
        <p>{text(messages.removeText)}</p>
      </Confirm>
    </div>
  );
}
