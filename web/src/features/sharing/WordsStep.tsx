import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { Contact } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Quiet } from '../../ui/Page.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { messages } from './messages.ts';
import styles from './ShareFlow.module.css';

type WordsStepProps = {
  readonly contact: Contact;
  readonly onSame: () => void;
  readonly onThrowAway: () => void;
};

/** Step 2: six words read to each other, or the sentence that the keys came straight from their screen. */
export function WordsStep({ contact, onSame, onThrowAway }: WordsStepProps) {
  const text = useText();
  const [differ, setDiffer] = useState(false);
  const name = contact.name || text(messages.unnamed);
  if (contact.checked.how !== 'not-yet' || contact.words === null) {
    return (
      <>
        <Banner icon={<ShieldCheck aria-hidden />} title={text(messages.inPersonTitle, { name })}>
          <p>{text(messages.inPersonText)}</p>
          <p>{text(messages.statedName)}</p>
        </Banner>
        <Button look="primary" wide onClick={onSame}>
          {text(messages.goOn)}
        </Button>
      </>
    );
  }
  if (differ) {
    return (
      <>
        <Banner tone="trouble" title={text(messages.differTitle)} live>
          <p>{text(messages.differText)}</p>
          <p>{text(messages.differThen, { name })}</p>
        </Banner>
        <Button look="stop" wide onClick={onThrowAway}>
          {text(messages.throwAway)}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className={styles.lead}>{text(messages.wordsText, { name })}</p>
      <Card>
        <WordGrid words={contact.words} label={text(messages.sixWords)} large />
      </Card>
      <Quiet>
        {text(messages.wordsWhy)} {text(messages.statedName)}
      </Quiet>
      <div className={styles.stack}>
        <Button look="primary" wide onClick={onSame}>
          {text(messages.wordsSame)}
        </Button>
        <Button look="line" wide onClick={() => setDiffer(true)}>
          {text(messages.wordsDiffer)}
        </Button>
        <LinkButton href="/sharing" look="plain" wide>
          {text(messages.wordsLater)}
        </LinkButton>
      </div>
    </>
  );
}
