import { useLingui } from '@lingui/react';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import { dayAndMonth } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { useBackupState } from '../../session/backups-context.tsx';
import { useMeState } from '../../session/me-context.tsx';
import type { MeState } from '../../session/me-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Card } from '../../ui/Card.tsx';
import { lockedMessages } from './lock-words.ts';
import { messages } from './messages.ts';
import styles from './Me.module.css';
import { lossToday, safetyFacts } from './safety.ts';
import type { Loss, SafetyFact } from './safety.ts';

/** “Is it safe?”: the facts, and in one sentence what they come to. */
export function SafeCard() {
  const text = useText();
  const { i18n } = useLingui();
  const state = useMeState();
  const backup = useBackupState();
  const device = useDeviceWord();
  if (!state.known) {
    return (
      <Card as="section">
        <div className={styles.reading}>
          <h2 className={styles.title}>{text(messages.safe)}</h2>
        </div>
      </Card>
    );
  }
  const facts = safetyFacts({ ...state, backup });
  const loss = lossToday({ ...state, backup });
  const dateOf = (ms: number) => dayAndMonth(i18n, ms);
  return (
    <Card as="section">
      <div className={styles.safeHead}>
        <h2 className={styles.title}>{text(messages.safe)}</h2>
        <Badge>
          {text(messages.safeCount, { n: facts.filter((fact) => fact.good).length, of: facts.length })}
        </Badge>
      </div>
      <ul>
        {facts.map((fact) => (
          <li key={fact.about} className={styles.fact} data-good={fact.good}>
            {fact.good ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
            <span>{factWords(text, fact, state, device, dateOf)}</span>
          </li>
        ))}
      </ul>
      {loss && <p className={styles.loss}>{lossWords(text, loss, device)}</p>}
    </Card>
  );
}

function factWords(
  text: Text,
  fact: SafetyFact,
  { lock }: MeState,
  device: 'phone' | 'computer',
  dateOf: (ms: number) => string,
): string {
  switch (fact.about) {
    case 'lock': {
      const way = lock.methods.find((method) => method !== 'pin') ?? lock.methods[0];
      return text(way === undefined ? messages.notLocked : lockedMessages[way]);
    }
    case 'server':
      if (!fact.joined) return text(messages.onlyHere, { device });
      return fact.good
        ? text(messages.allOnServer, { n: fact.entries })
        : text(messages.someOnServer, { onServer: fact.onServer, of: fact.entries });
    case 'backup':
      return fact.good
        ? text(messages.allInBackup, { date: dateOf(fact.at) })
        : text(messages.newerThanBackup, { n: fact.newer, date: dateOf(fact.at) });
    case 'kit':
      return text(
        { checked: messages.kitChecked, unchecked: messages.kitUnchecked, none: messages.kitNone }[
          fact.status
        ],
      );
  }
}

function lossWords(text: Text, loss: Loss, device: 'phone' | 'computer'): string {
  switch (loss.what) {
    case 'nothing':
      return text(messages.loseNothing, { device });
    case 'some':
      return text(messages.loseSome, { device, n: loss.entries });
    case 'everything':
      return text(messages.loseEverything, { device });
    case 'closed':
      return text(messages.loseKey, { device });
  }
}
