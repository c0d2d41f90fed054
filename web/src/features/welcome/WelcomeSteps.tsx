import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { installing } from '../../platform/installing.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { RowButton } from '../../ui/Row.tsx';
import { SeaMark } from '../../ui/SeaMark.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { messages } from './messages.ts';
import styles from './Welcome.module.css';

type Device = 'phone' | 'computer';

export function WhatStep({ device, onStart }: { readonly device: Device; readonly onStart: () => void }) {
  const text = useText();
  const way = installing.read();
  return (
    <main className={styles.screen}>
      <TopBar />
      <div className={styles.middle}>
        <SeaMark />
        <h1 className={styles.large} tabIndex={-1} data-screen-title>
          {text(messages.what)}
        </h1>
        <p className={styles.text}>{text(messages.whatMore, { device })}</p>
      </div>
      <div className={styles.foot}>
        <Button look="primary" wide onClick={onStart}>
          {text(messages.start)}
        </Button>
        <LinkButton href="/restore" look="quiet" wide>
          {text(messages.usedBefore)}
        </LinkButton>
        {/* Then it took the mark of a diary too, and this may not be the first time (platform/installing.ts). */}
        {(way === 'share-menu' || way === 'dock') && <p className={styles.text}>{text(messages.emptied)}</p>}
        <Link href="/desk" className={styles.aside}>
          {text(messages.clinician)}
        </Link>
      </div>
    </main>
  );
}

export function WhoStep({ onBack, onNext }: { readonly onBack: () => void; readonly onNext: () => void }) {
  const text = useText();
  return (
    <Step n={2} onBack={onBack} title={text(messages.who)}>
      <p className={styles.text}>{text(messages.whoMore)}</p>
      <p className={styles.text}>{text(messages.whoShare)}</p>
      <div className={styles.push}>
        <Button look="primary" wide onClick={onNext}>
          {text(messages.goOn)}
        </Button>
      </div>
    </Step>
  );
}

type PhoneStepProps = {
  readonly device: Device;
  readonly onBack: () => void;
  readonly onChoose: (phone: 'own' | 'shared') => void;
};

export function PhoneStep({ device, onBack, onChoose }: PhoneStepProps) {
  const text = useText();
  return (
    <Step n={3} onBack={onBack} title={text(messages.phone, { device })}>
      <Card rows>
        <RowButton
          title={text(messages.own)}
          detail={text(messages.ownMore)}
          onClick={() => onChoose('own')}
        />
        <RowButton
          title={text(messages.shared)}
          detail={text(messages.sharedMore)}
          onClick={() => onChoose('shared')}
        />
      </Card>
      <p className={styles.text}>{text(messages.privateWindow)}</p>
    </Step>
  );
}

type StepProps = {
  readonly n: number;
  readonly title: string;
  readonly onBack: () => void;
  readonly children: ReactNode;
};

/** One screen of the first run: where one is, a sentence, and what to do. */
export function Step({ n, title, onBack, children }: StepProps) {
  const text = useText();
  return (
    <main className={styles.screen}>
      <TopBar note={text(messages.step, { n, of: 4 })} onBack={onBack} />
      <div className={styles.step}>
        <h1 tabIndex={-1} data-screen-title>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}
