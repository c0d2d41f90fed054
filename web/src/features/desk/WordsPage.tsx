import { useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../../session/desk-context.tsx';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { DeskPane } from './DeskPane.tsx';
import styles from './Desk.module.css';
import { messages } from './messages.ts';
import { OwnLabel } from './OwnLabel.tsx';

/** The six words of one person, to be read to each other. */
export function WordsPage({ person }: { readonly person: DeskPerson }) {
  const text = useText();
  const desk = useDesk();
  const [, go] = useLocation();
  const [differ, setDiffer] = useState(false);
  return (
    <DeskPane
      head={
        <h1 tabIndex={-1} data-screen-title>
          {text(messages.wordsTitle)}
        </h1>
      }
    >
      <div className={styles.narrow}>
        {differ ? (
          <>
            <Banner tone="trouble" title={text(messages.differTitle)} live>
              {text(messages.differText)}
            </Banner>
            <Button look="stop" wide onClick={() => void desk.forget(person.owner).then(() => go('/desk'))}>
              {text(messages.throwAway)}
            </Button>
          </>
        ) : (
          <>
            <p>{text(messages.wordsText)}</p>
            <Card>
              <WordGrid words={person.words ?? []} label={text(messages.sixWords)} large />
            </Card>
            <Button
              look="primary"
              wide
              onClick={() => void desk.wordsMatch(person.owner).then(() => go(`/desk/p/${person.owner}`))}
            >
              {text(messages.wordsSame)}
            </Button>
            <Button look="line" wide onClick={() => setDiffer(true)}>
              {text(messages.wordsDiffer)}
            </Button>
            <LinkButton href={`/desk/p/${person.owner}`} look="plain" wide>
              {text(messages.wordsLater)}
            </LinkButton>
            <OwnLabel person={person} />
          </>
        )}
      </div>
    </DeskPane>
  );
}
