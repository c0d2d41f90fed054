import { LONGEST_CONDITION_NOTE, LONGEST_OWN_TEXT } from '@evenkeel/journal';
import type { Condition, HeldCondition } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome } from '../../session/contract.ts';
import { useConditions, useDiary } from '../../session/session-context.tsx';
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

type Shown = { readonly kind: 'new' } | { readonly kind: 'held'; readonly condition: HeldCondition };

/** What the person lives with, or did, since when; each can be changed or deleted. */
export function ConditionsPage() {
  const text = useText();
  const diary = useDiary();
  const conditions = useConditions();
  const [, go] = useLocation();
  const [shown, setShown] = useState<Shown | null>(null);
  const [removing, setRemoving] = useState<HeldCondition | null>(null);
  const close = () => setShown(null);
  const held = shown?.kind === 'held' ? shown.condition : null;
  return (
    <Page
      title={text(messages.title)}
      onBack={() => go('/me')}
      foot={
        <Button look="primary" wide onClick={() => setShown({ kind: 'new' })}>
          {text(messages.add)}
        </Button>
      }
    >
      <Quiet>{text(messages.note)}</Quiet>
      {conditions.length === 0 && <p>{text(messages.none)}</p>}
      <Conditions
        title={text(messages.current)}
        conditions={conditions.filter(({ status }) => status === 'current')}
        onChoose={(condition) => setShown({ kind: 'held', condition })}
      />
      <Conditions
        title={text(messages.past)}
        conditions={conditions.filter(({ status }) => status === 'past')}
        onChoose={(condition) => setShown({ kind: 'held', condition })}
      />
      <Quiet>{text(messages.sharing)}</Quiet>
      <Sheet
        open={shown !== null}
        onClose={close}
        title={held === null ? text(messages.add) : text(messages.change, { name: held.text })}
      >
        {shown !== null && (
          <ConditionForm
            key={held?.id ?? 'new'}
            condition={held}
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
  /** Null for a new one. */
  readonly condition: HeldCondition | null;
  readonly onSave: (condition: Condition) => Promise<ListOutcome>;
  readonly onDone: () => void;
  readonly onRemove?: () => void;
};

function ConditionForm({ condition, onSave, onDone, onRemove }: ConditionFormProps) {
  const text = useText();
  const [name, setName] = useState(condition?.text ?? '');
  const [since, setSince] = useState(partialDateToType(condition?.since));
  const [past, setPast] = useState(condition?.status === 'past');
  const [note, setNote] = useState(condition?.note ?? '');
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
        onChange={setName}
        maxLength={LONGEST_OWN_TEXT}
        problem={problem === 'since' ? null : said}
      />
      <TextField
        label={text(messages.since)}
        hint={text(messages.sinceHint)}
        value={since}
        onChange={setSince}
        maxLength={10}
        problem={problem === 'since' ? said : null}
      />
      <Switch label={text(messages.isPast)} on={past} onChange={setPast} />
      <TextArea
        label={text(messages.noteField)}
        rows={2}
        value={note}
        onChange={setNote}
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
