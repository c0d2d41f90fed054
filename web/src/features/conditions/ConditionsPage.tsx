import { LONGEST_CONDITION_NOTE, LONGEST_OWN_TEXT } from '@evenkeel/journal';
import type { Condition, HeldCondition } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome } from '../../session/contract.ts';
import { useConditions, useDiary } from '../../session/session-context.tsx';
import { useTyped } from '../../session/use-typed.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm, Sheet } from '../../ui/Dialog.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { RowButton } from '../../ui/Row.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import styles from './Conditions.module.css';
import { messages } from './messages.ts';
import { partialDateToType, partialDateTyped, partialDateWords } from './partial-date.ts';

/** What is typed: of a condition, by its id, or of a new one. */
type Typed = {
  readonly of: string;
  readonly name: string;
  readonly since: string;
  readonly past: boolean;
  readonly note: string;
};
const NEW: Typed = { of: 'new', name: '', since: '', past: false, note: '' };

/** What the person lives with, or did, since when; each can be changed or deleted. */
export function ConditionsPage() {
  const text = useText();
  const diary = useDiary();
  const conditions = useConditions();
  const [, go] = useLocation();
  const [typed, type, open] = useTyped('/me/conditions', NEW);
  const [removing, setRemoving] = useState<HeldCondition | null>(null);
  const close = () => type(null);
  const held = conditions.find(({ id }) => id === typed?.of) ?? null;
  const change = ({ id, text: name, since, status, note }: HeldCondition) =>
    open({ of: id, name, since: partialDateToType(since), past: status === 'past', note });
  return (
    <Page
      title={text(messages.title)}
      onBack={() => go('/me')}
      foot={
        <Button look="primary" wide onClick={() => open(NEW)}>
          {text(messages.add)}
        </Button>
      }
    >
      <Quiet>{text(messages.note)}</Quiet>
      {conditions.length === 0 && <p>{text(messages.none)}</p>}
      <Conditions
        title={text(messages.current)}
        conditions={conditions.filter(({ status }) => status === 'current')}
        onChoose={change}
      />
      <Conditions
        title={text(messages.past)}
        conditions={conditions.filter(({ status }) => status === 'past')}
        onChoose={change}
      />
      <Quiet>{text(messages.sharing)}</Quiet>
      <Sheet
        open={typed !== null}
        onClose={close}
        title={held === null ? text(messages.add) : text(messages.change, { name: held.text })}
      >
        {typed !== null && (
          <ConditionForm
            key={typed.of}
            typed={typed}
            onType={type}
            onSave={(condition) =>
              held === null ? diary.addCondition(condition) : diary.changeCondition(held.id, condition)
            }
            onDone={close}
            {...(held === null
              ? {}
              : {
                  onRemove: () => {
                    setRemoving(held);
                    close();
                  },
                })}
          />
        )}
      </Sheet>
      <Confirm
        open={removing !== null}
        title={text(messages.removeTitle, { name: removing?.text ?? '' })}
        yes={text(messages.remove)}
        no={text(messages.keep)}
        stop
        onNo={() => setRemoving(null)}
        onYes={() => {
          if (removing !== null) void diary.removeCondition(removing.id).then(() => setRemoving(null));
        }}
      >
        <p>{text(messages.removeMore)}</p>
      </Confirm>
    </Page>
  );
}

type ConditionsProps = {
  readonly title: string;
  readonly conditions: readonly HeldCondition[];
  readonly onChoose: (condition: HeldCondition) => void;
};

function Conditions({ title, conditions, onChoose }: ConditionsProps) {
  const text = useText();
  const { i18n } = useLingui();
  if (conditions.length === 0) return null;
  return (
    <PagePart title={title}>
      <Card rows>
        {conditions.map((condition) => {
          const since =
            condition.since === undefined
              ? []
              : [text(messages.sinceWas, { date: partialDateWords(i18n.locale, condition.since) })];
          const detail = [...since, ...(condition.note === '' ? [] : [condition.note])].join(' · ');
          return (
            <RowButton
              key={condition.id}
              title={condition.text}
              {...(detail === '' ? {} : { detail })}
              onClick={() => onChoose(condition)}
            />
          );
        })}
      </Card>
    </PagePart>
  );
}

type Problem = 'name' | 'since' | 'no-room' | 'gone';

const problems = {
  name: messages.problemName,
  since: messages.problemSince,
  'no-room': messages.problemRoom,
  gone: messages.problemGone,
} satisfies Record<Problem, Message>;

type ConditionFormProps = {
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  readonly onSave: (condition: Condition) => Promise<ListOutcome>;
  readonly onDone: () => void;
  readonly onRemove?: () => void;
};

function ConditionForm({ typed, onType, onSave, onDone, onRemove }: ConditionFormProps) {
  const text = useText();
  const { name, since, past, note } = typed;
  const say = (part: Partial<Typed>) => onType({ ...typed, ...part });
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async () => {
    const date = partialDateTyped(since);
    if (since.trim() !== '' && date === null) return setProblem('since');
    const outcome = await onSave({
      text: name,
      ...(date !== null && { since: date }),
      status: past ? 'past' : 'current',
      note,
    });
    if (outcome.ok) onDone();
    else setProblem(outcome.reason === 'unusable' ? 'name' : outcome.reason);
  };
  const said = problem === null ? null : text(problems[problem]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={text(messages.name)}
        value={name}
        onChange={(said) => say({ name: said })}
        maxLength={LONGEST_OWN_TEXT}
        problem={problem === 'since' ? null : said}
      />
      <TextField
        label={text(messages.since)}
        hint={text(messages.sinceHint)}
        value={since}
        onChange={(said) => say({ since: said })}
        maxLength={10}
        problem={problem === 'since' ? said : null}
      />
      <Switch label={text(messages.isPast)} on={past} onChange={(said) => say({ past: said })} />
      <TextArea
        label={text(messages.noteField)}
        rows={2}
        value={note}
        onChange={(said) => say({ note: said })}
        maxLength={LONGEST_CONDITION_NOTE}
      />
      <Button look="primary" wide type="submit" disabled={name.trim() === ''}>
        {text(messages.save)}
      </Button>
      {onRemove !== undefined && (
        <Button look="stop" wide onClick={onRemove}>
          {text(messages.remove)}
        </Button>
      )}
    </form>
  );
}
