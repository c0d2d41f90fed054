import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { dateOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Kit } from '../../session/me-contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Qr } from '../../ui/Qr.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

/** The kit as it is printed: words, code, account, server, floor of the device log, date. */
export function KitPaper({ kit }: { readonly kit: Kit }) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <section className={styles.paper}>
      <div className={styles.paperHead}>
        <h2>{text(messages.kitPaperTitle)}</h2>
      </div>
      <p className={styles.paperNote}>{text(messages.kitPaperText)}</p>
      <WordGrid words={kit.words} label={text(messages.kitWords)} numbered />
      <div className={styles.paperFoot}>
        <dl className={styles.facts}>
          <dt>{text(messages.kitAccount)}</dt>
          <dd>{kit.account}</dd>
          <dt>{text(messages.kitServer)}</dt>
          <dd>{kit.server ?? text(messages.kitNoServer)}</dd>
          <dt>{text(messages.kitFloor)}</dt>
          <dd>{text(messages.kitFloorValue, kit.floor)}</dd>
          <dt>{text(messages.kitDate)}</dt>
          <dd>{dateOf(i18n, kit.madeAt)}</dd>
        </dl>
        <Qr value={kit.code} label={text(messages.kitQr)} />
      </div>
      <p className={styles.paperNote}>{text(messages.kitWarn)}</p>
    </section>
  );
}

type CheckKitProps = {
  /** 0-based places of the words that are asked back. */
  readonly places: readonly number[];
  readonly wrong: boolean;
  readonly onCheck: (answers: readonly string[]) => void;
  readonly onBack: () => void;
};

export function CheckKit({ places, wrong, onCheck, onBack }: CheckKitProps) {
  const text = useText();
  const [answers, setAnswers] = useState<readonly string[]>(() => places.map(() => ''));
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        onCheck(answers);
      }}
    >
      <p>{text(messages.checkText)}</p>
      {places.map((place, index) => (
        <TextField
          key={place}
          label={text(messages.checkWord, { n: place + 1 })}
          value={answers[index] ?? ''}
          onChange={(word) => setAnswers(answers.with(index, word))}
          spellCheck={false}
          problem={wrong && index === places.length - 1 ? text(messages.checkWrong) : null}
        />
      ))}
      <Button look="primary" wide type="submit">
        {text(messages.checkYes)}
      </Button>
      <Button look="plain" wide onClick={onBack}>
        {text(messages.checkBack)}
      </Button>
    </form>
  );
}
