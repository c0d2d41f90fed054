import Lock from 'lucide-react/icons/lock';
import CloudCheck from 'lucide-react/icons/cloud-check';
import Pencil from 'lucide-react/icons/pencil';
import Trash2 from 'lucide-react/icons/trash-2';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { Moment } from '../../session/contract.ts';
import { closenessWords, pointWords } from '../../session/mood-words.ts';
import type { MomentLine } from '../../session/use-moment-line.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { MoodMark } from '../../ui/MoodMark.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { lineWords } from '../../ui/timeline/line-words.ts';
import { linesOf } from '../../ui/timeline/shown-line.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import styles from './Entry.module.css';
import { messages } from './messages.ts';

type EntryViewProps = {
  readonly moment: Moment;
  readonly line: MomentLine;
  /** When it was, and when it was written, in words. */
  readonly when: string;
  readonly edited: string | null;
  /** A change was begun and is not saved. */
  readonly begun: boolean;
  readonly onBack: () => void;
  readonly onEdit: () => void;
  readonly onBin: () => void;
  readonly onNotForSharing: (notForSharing: boolean) => void;
  /** Each answer of a questionnaire, where the entry holds one. */
  readonly answers?: ReactNode;
  /** The earlier versions, or the door to them. */
  readonly history: ReactNode;
};

/** One moment with everything it says, and everything one can do with it. */
export function EntryView({ moment, line, when, edited, begun, answers, history, ...on }: EntryViewProps) {
  const text = useText();
  const point = moment.mood && pointWords(text, moment.mood);
  const around = Object.values(moment.surroundings).flat();
  const lines = linesOf(moment, moment.when)
    .map((said) => lineWords(text, said))
    .filter((words) => words !== line.title);
  return (
    <article className={styles.entry}>
      <TopBar note={line.day} onBack={on.onBack} />
      <div className={styles.head}>
        <MoodMark mood={moment.mood ?? {}} />
        <div>
          <h1 className={styles.title} tabIndex={-1} data-screen-title>
            {line.title}
          </h1>
          {point && point !== line.title.toLowerCase() && <p className={styles.quiet}>{point}</p>}
        </div>
      </div>
      <p className={styles.quiet}>{when}</p>
      {moment.writtenWhileLocked && <p className={styles.quiet}>{text(messages.whileLocked)}</p>}
      {answers}
      {lines.length > 0 && (
        <Part title={text(messages.said)}>
          <ul className={styles.lines}>
            {lines.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Part>
      )}
      {moment.values.length > 0 && (
        <Part title={text(messages.mattered)}>
          <dl className={styles.values}>
            {moment.values.map((value) => (
              <div key={value.value}>
                <dt>{value.text}</dt>
                <dd>{text(closenessWords(value.closeness))}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {around.length > 0 && (
        <Part title={text(messages.around)}>
          <ul className={styles.tags}>
            {around.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </Part>
      )}
      {moment.text !== '' && (
        <Part title={text(messages.words)}>
          <p className={styles.written}>{moment.text}</p>
        </Part>
      )}
      <p className={styles.safe}>
        {line.safety.elsewhere ? <CloudCheck aria-hidden /> : <Lock aria-hidden />}
        {line.safety.words}
        {edited !== null && <span> · {edited}</span>}
      </p>
      {begun && <p className={styles.quiet}>{text(messages.begun)}</p>}
      <div className={styles.actions}>
        <Button look="quiet" icon={<Pencil aria-hidden />} onClick={on.onEdit}>
          {text(messages.edit)}
        </Button>
        <Button look="line" icon={<Trash2 aria-hidden />} onClick={on.onBin}>
          {text(messages.bin)}
        </Button>
      </div>
      <Card rows>
        <Switch
          label={text(messages.notForSharing)}
          detail={text(messages.notForSharingMore)}
          on={moment.notForSharing}
          onChange={on.onNotForSharing}
        />
      </Card>
      {history}
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </div>
  );
}
