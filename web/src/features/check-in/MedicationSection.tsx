import { DOSE_ANSWERS, LONGEST_OWN_TEXT } from '@evenkeel/journal';
import type { Dose, DoseAnswer, MedicationSetting, NamedSetting } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome, NewListed } from '../../session/contract.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './CheckInForm.module.css';
import { isAnswered } from './more-answers.ts';
import { partMessages as messages } from './part-messages.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

const answerNames: Readonly<Record<DoseAnswer, Message>> = {
  taken: messages.taken,
  missed: messages.missed,
  changed: messages.changed,
};

/** What was taken, missed or changed. Untouched means unsaid. */
export function MedicationSection({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const medications = useLists().medication.filter(({ archived }) => !archived);
  const [adding, setAdding] = useState(false);
  const said = draft.medication ?? [];
  const onSay = (medication: readonly Dose[]) => act({ act: 'say', said: { medication } });
  const nameOf = ({ text: name, dose }: NamedSetting<MedicationSetting>): string =>
    dose === '' ? name : text(messages.doseOf, { name, dose }).slice(0, LONGEST_OWN_TEXT);
  const asked = [
    ...medications.map((medication) => ({ medication: medication.id, text: nameOf(medication) })),
    ...said.filter(({ medication }) => !medications.some((known) => known.id === medication)),
  ];
  return (
    <SectionFrame
      title={text(messages.medication)}
      {...(isAnswered('medication', draft) ? { onLeaveOut: () => onSay([]) } : {})}
    >
      {asked.map((one) => (
        <Answers
          key={one.medication}
          id={one.medication}
          name={one.text}
          dose={said.find(({ medication }) => medication === one.medication) ?? null}
          onAnswer={(what, note) => {
            const others = said.filter(({ medication }) => medication !== one.medication);
            const dose = { medication: one.medication, text: one.text, what: what ?? 'taken' };
            onSay(what === null ? others : [...others, note === '' ? dose : { ...dose, note }]);
          }}
        />
      ))}
      {adding ? (
        <AddMedication onAdd={diary.addToList} onDone={() => setAdding(false)} />
      ) : (
        <Chips label={text(messages.medication)}>
          <ChipButton onClick={() => setAdding(true)}>{text(messages.addMedication)}</ChipButton>
        </Chips>
      )}
    </SectionFrame>
  );
}

type AnswersProps = {
  readonly id: string;
  readonly name: string;
  readonly dose: Dose | null;
  /** Null takes the answer back. */
  readonly onAnswer: (what: DoseAnswer | null, note: string) => void;
};

function Answers({ id, name, dose, onAnswer }: AnswersProps) {
  const text = useText();
  const note = dose?.note ?? '';
  return (
    <div className={classes(styles.groups, styles.asked)} data-item={id} tabIndex={-1}>
      <p>{name}</p>
      <Chips label={name}>
        {DOSE_ANSWERS.map((answer) => (
          <Chip
            key={answer}
            on={dose?.what === answer}
            onToggle={() => onAnswer(dose?.what === answer ? null : answer, answer === 'changed' ? note : '')}
          >
            {text(answerNames[answer])}
          </Chip>
        ))}
      </Chips>
      {dose?.what === 'changed' && (
        <TextField
          label={text(messages.changedHow)}
          value={note}
          onChange={(written) => onAnswer('changed', written)}
          maxLength={LONGEST_OWN_TEXT}
        />
      )}
    </div>
  );
}

function AddMedication({
  onAdd,
  onDone,
}: {
  readonly onAdd: (item: NewListed<'medication'>) => Promise<ListOutcome>;
  readonly onDone: () => void;
}) {
  const text = useText();
  const [name, setName] = useState('');
  const [dose, setDose] = useState('');
  const [problem, setProblem] = useState<'unusable' | 'no-room' | 'gone' | null>(null);
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd({ kind: 'medication', text: name, dose }).then((added) =>
          added.ok ? onDone() : setProblem(added.reason),
        );
      }}
    >
      <TextField
        label={text(messages.medicationName)}
        value={name}
        onChange={setName}
        maxLength={80}
        autoFocus
        problem={problem === null ? null : text(problem === 'no-room' ? messages.noRoom : messages.unusable)}
      />
      <TextField label={text(messages.medicationDose)} value={dose} onChange={setDose} maxLength={38} />
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(messages.add)}
        </Button>
        <Button look="plain" small onClick={onDone}>
          {text(messages.cancel)}
        </Button>
      </div>
    </form>
  );
}
