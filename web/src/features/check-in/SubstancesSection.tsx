import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { LONGEST_OWN_TEXT } from '@evenkeel/journal';
import type { SubstanceUse, Substances } from '@evenkeel/journal';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome, NewListed } from '../../session/contract.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { starterSubstances } from '../../session/starters.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { poundsOf } from '../../ui/timeline/line-words.ts';
import { AddUse } from './AddUse.tsx';
import styles from './CheckInForm.module.css';
import { isAnswered } from './more-answers.ts';
import { partMessages as messages } from './part-messages.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';
import own from './SubstancesSection.module.css';
import {
  isNone,
  penceTyped,
  toggleNone,
  toggleNothing,
  unitsToShow,
  withAmount,
  withSpent,
  withUse,
} from './substances.ts';

/** What was used, how much of it, or that there was none. Every count is the person's; nothing is judged. */
export function SubstancesSection({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const substances = useLists().substance.filter(({ archived }) => !archived);
  const [adding, setAdding] = useState<string | null>(null);
  const [naming, setNaming] = useState(false);
  const open = substances.find((substance) => substance.id === adding);
  const said = draft.substances ?? {};
  const units = unitsToShow(said);
  const onSay = (substances: Substances) => act({ act: 'say', said: { substances } });
  return (
    <SectionFrame
      title={text(messages.substances)}
      note={text(messages.substancesNote)}
      {...(isAnswered('substances', draft) ? { onLeaveOut: () => onSay({}) } : {})}
    >
      {said.uses !== undefined && (
        <ul className={own.uses}>
          {said.uses.map((use) => (
            <Use
              key={use.id}
              use={use}
              onAmount={(amount) => onSay(withAmount(said, use.id, amount))}
              onSpent={(pence) => onSay(withSpent(said, use.id, pence))}
            />
          ))}
        </ul>
      )}
      {units !== null && (
        <p className={own.sum}>
          {text(messages.sum, { units })} <span className={styles.quiet}>{text(messages.unitMeans)}</span>
        </p>
      )}
      <Chips label={text(messages.substances)}>
        {substances.map((substance) => (
          <ChipButton
            key={substance.id}
            expanded={adding === substance.id}
            onClick={() => setAdding(adding === substance.id ? null : substance.id)}
          >
            {text(messages.addUse, { name: substance.text })}
          </ChipButton>
        ))}
        {substances.map((substance) => (
          <Chip
            key={`none ${substance.id}`}
            on={isNone(said, substance.id)}
            onToggle={() => onSay(toggleNone(said, substance))}
          >
            {text(messages.noneOf, { name: substance.text })}
          </Chip>
        ))}
        <Chip on={said.nothing === true} onToggle={() => onSay(toggleNothing(said))}>
          {text(messages.nothing)}
        </Chip>
        {!naming && <ChipButton onClick={() => setNaming(true)}>{text(messages.addSubstance)}</ChipButton>}
      </Chips>
      {open !== undefined && (
        <AddUse
          key={open.id}
          substance={open}
          onAdd={(use) => {
            onSay(withUse(said, open, use, crypto.randomUUID().replaceAll('-', '')));
            setAdding(null);
          }}
          onCancel={() => setAdding(null)}
        />
      )}
      {naming && (
        <AddSubstance
          taken={substances.map((substance) => substance.text)}
          onAdd={diary.addToList}
          onDone={(added) => {
            setNaming(false);
            setAdding(added);
          }}
        />
      )}
    </SectionFrame>
  );
}

type UseProps = {
  readonly use: SubstanceUse;
  readonly onAmount: (amount: number) => void;
  readonly onSpent: (pence: number | undefined) => void;
};

function Use({ use, onAmount, onSpent }: UseProps) {
  const text = useText();
  const { spent } = use;
  const [typed, setTyped] = useState<string | null>(null);
  // What is typed stands as long as it means what is said; one more of it, added above, can raise the sum.
  const shown = typed !== null && penceTyped(typed) === spent ? typed : spent && poundsOf(spent);
  const what = text(use.drink === undefined ? messages.amount : messages.counted, {
    n: use.amount,
    name: use.unit,
    unit: use.unit,
  }).trim();
  const name = text(messages.ofIt, { name: use.text, what });
  const last = use.amount <= 1;
  return (
    <li className={own.use}>
      <span className={own.name}>{name}</span>
      <IconButton
        label={text(last ? messages.takeOut : messages.fewer, { name })}
        icon={<Minus aria-hidden />}
        onClick={() => onAmount(Math.max(0, use.amount - 1))}
      />
      <IconButton
        label={text(messages.more, { name })}
        icon={<Plus aria-hidden />}
        onClick={() => onAmount(use.amount + 1)}
      />
      {shown !== undefined && (
        <TextField
          inputMode="decimal"
          label={text(messages.spentOn, { name })}
          value={String(shown)}
          onChange={(now) => {
            setTyped(now);
            onSpent(penceTyped(now));
          }}
          maxLength={9}
        />
      )}
    </li>
  );
}

type AddSubstanceProps = {
  readonly taken: readonly string[];
  readonly onAdd: (item: NewListed<'substance'>) => Promise<ListOutcome>;
  /** With the id of what was added; null when nothing was. */
  readonly onDone: (added: string | null) => void;
};

function AddSubstance({ taken, onAdd, onDone }: AddSubstanceProps) {
  const text = useText();
  const [name, setName] = useState('');
  const [unit, setUnit] = useState('');
  const [problem, setProblem] = useState<'unusable' | 'no-room' | 'gone' | null>(null);
  const starters = starterSubstances.filter((starter) => !taken.includes(text(starter.text)));
  const add = async (item: NewListed<'substance'>) => {
    const added = await onAdd(item);
    if (added.ok) onDone(added.id);
    else setProblem(added.reason);
  };
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        void add({ kind: 'substance', text: name, unit, alcohol: false });
      }}
    >
      {name === '' && starters.length > 0 && (
        <div className={styles.groups}>
          <p className={styles.quiet}>{text(messages.startWith)}</p>
          <Chips label={text(messages.startWith)}>
            {starters.map((starter) => (
              <ChipButton
                key={starter.text.id}
                onClick={() =>
                  void add({
                    kind: 'substance',
                    text: text(starter.text),
                    unit: starter.unit === null ? '' : text(starter.unit),
                    alcohol: starter.alcohol,
                  })
                }
              >
                {text(starter.text)}
              </ChipButton>
            ))}
          </Chips>
        </div>
      )}
      <TextField
        label={text(messages.substanceName)}
        value={name}
        onChange={setName}
        maxLength={LONGEST_OWN_TEXT}
        problem={problem === null ? null : text(problem === 'no-room' ? messages.noRoom : messages.unusable)}
      />
      <TextField label={text(messages.substanceUnit)} value={unit} onChange={setUnit} maxLength={40} />
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(messages.add)}
        </Button>
        <Button look="plain" small onClick={() => onDone(null)}>
          {text(messages.cancel)}
        </Button>
      </div>
    </form>
  );
}
