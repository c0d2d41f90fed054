import { categoryNumber } from '@evenkeel/journal';
import type { SharedCategory, LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { dayAndMonth, longDate } from '../../i18n/short-dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { CategoryCount } from '../../session/sharing-contract.ts';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { PagePart, Quiet } from '../../ui/Page.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';
import type { DraftChange, ShareDraft, TermsProblem } from './share-draft.ts';
import styles from './ShareFlow.module.css';

type WhatStepProps = {
  readonly draft: ShareDraft;
  readonly onChange: (change: DraftChange) => void;
  /** Null while they are being counted. */
  readonly counts: readonly CategoryCount[] | null;
  readonly today: LocalDay;
  /** The first day with an entry, offered as a first day. */
  readonly firstDay: LocalDay | null;
  /** What is missing, once the person tried to go on. */
  readonly problem: TermsProblem | null;
};

const kinds: readonly { readonly category: SharedCategory; readonly name: Message }[] = [
  { category: 'mood', name: messages.kindMood },
  { category: 'values', name: messages.kindValues },
  { category: 'surroundings', name: messages.kindSurroundings },
  { category: 'words', name: messages.kindWords },
  { category: 'sleep', name: messages.kindSleep },
  { category: 'symptoms', name: messages.kindSymptoms },
  { category: 'substances', name: messages.kindSubstances },
  { category: 'questionnaires', name: messages.kindQuestionnaires },
  { category: 'medication', name: messages.kindMedication },
  { category: 'trackers', name: messages.kindTrackers },
  { category: 'conditions', name: messages.kindConditions },
  { category: 'plan', name: messages.kindPlan },
];

/** Offered even in a diary that has none of them yet. */
const always: ReadonlySet<SharedCategory> = new Set(['mood', 'values', 'surroundings', 'words']);

/** A kind is offered when there is something of it on any day, and while it is chosen. */
function isOffered(
  category: SharedCategory,
  draft: ShareDraft,
  counts: readonly CategoryCount[] | null,
): boolean {
  if (always.has(category) || draft.categories.includes(category)) return true;
  return counts?.some(({ cat, held }) => cat === categoryNumber(category) && held > 0) ?? false;
}

/** Step 3: which kinds, which days, until when, and what for. */
export function WhatStep({ draft, onChange, counts, today, firstDay, problem }: WhatStepProps) {
  const text = useText();
  return (
    <>
      <Card rows as="section">
        {kinds
          .filter(({ category }) => isOffered(category, draft, counts))
          .map(({ category, name }) => (
            <Switch
              key={category}
              label={text(name)}
              detail={kindDetail(text, category, draft, counts)}
              on={draft.categories.includes(category)}
              onChange={(on) => onChange({ kind: 'category', category, on })}
            />
          ))}
      </Card>
      {problem === 'nothing-chosen' && <Problem of={messages.problemNothing} />}
      <Days draft={draft} onChange={onChange} today={today} firstDay={firstDay} problem={problem} />
      <Ends draft={draft} onChange={onChange} problem={problem} />
      <TextField
        label={text(messages.nameField)}
        value={draft.personName}
        onChange={(personName) => onChange({ kind: 'person-name', personName })}
        maxLength={100}
        autoComplete="name"
        problem={problem === 'name-missing' ? text(messages.problemName) : null}
      />
      <TextArea
        label={text(messages.purposeField)}
        hint={text(messages.purposeHint)}
        rows={2}
        value={draft.purpose}
        onChange={(purpose) => onChange({ kind: 'purpose', purpose })}
        maxLength={500}
      />
    </>
  );
}

type PartProps = Pick<WhatStepProps, 'draft' | 'onChange' | 'problem'>;

function Days({
  draft,
  onChange,
  today,
  firstDay,
  problem,
}: PartProps & Pick<WhatStepProps, 'today' | 'firstDay'>) {
  const text = useText();
  const { i18n } = useLingui();
  const { from, to } = draft;
  const dayProblem = problem === 'no-such-day' ? text(messages.problemDay) : null;
  const turned = problem === 'ends-before-it-begins' ? text(messages.problemTurned) : null;
  return (
    <PagePart title={text(messages.whichDays)}>
      <p className={styles.chipsName} aria-hidden>
        {text(messages.first)}
      </p>
      <Chips label={text(messages.first)}>
        <Chip
          on={from.kind === 'last' && from.days === 30}
          onToggle={() => onChange({ kind: 'from', from: { kind: 'last', days: 30 } })}
        >
          {text(messages.last30)}
        </Chip>
        <Chip
          on={from.kind === 'last' && from.days === 90}
          onToggle={() => onChange({ kind: 'from', from: { kind: 'last', days: 90 } })}
        >
          {text(messages.last90)}
        </Chip>
        <Chip on={from.kind === 'all'} onToggle={() => onChange({ kind: 'from', from: { kind: 'all' } })}>
          {text(messages.all)}
        </Chip>
        <Chip
          on={from.kind === 'day'}
          onToggle={() => onChange({ kind: 'from', from: { kind: 'day', day: firstDay ?? today } })}
        >
          {from.kind === 'day' && from.day !== ''
            ? text(messages.sinceDay, { day: longDate(i18n, from.day) })
            : text(messages.pickDay)}
        </Chip>
      </Chips>
      {from.kind === 'day' && (
        <TextField
          type="date"
          label={text(messages.firstField)}
          value={from.day}
          min="2000-01-01"
          max={today}
          onChange={(day) => onChange({ kind: 'from', from: { kind: 'day', day } })}
          problem={dayProblem}
        />
      )}
      <p className={styles.chipsName} aria-hidden>
        {text(messages.last)}
      </p>
      <Chips label={text(messages.last)}>
        <Chip on={to.kind === 'ongoing'} onToggle={() => onChange({ kind: 'to', to: { kind: 'ongoing' } })}>
          {text(messages.ongoing)}
        </Chip>
        <Chip on={to.kind === 'today'} onToggle={() => onChange({ kind: 'to', to: { kind: 'today' } })}>
          {text(messages.toToday)}
        </Chip>
        <Chip
          on={to.kind === 'day'}
          onToggle={() => onChange({ kind: 'to', to: { kind: 'day', day: today } })}
        >
          {text(messages.pickDay)}
        </Chip>
      </Chips>
      {to.kind === 'day' && (
        <TextField
          type="date"
          label={text(messages.lastField)}
          value={to.day}
          min="2000-01-01"
          onChange={(day) => onChange({ kind: 'to', to: { kind: 'day', day } })}
          problem={turned ?? dayProblem}
        />
      )}
      {to.kind !== 'day' && turned && <Problem of={messages.problemTurned} />}
      <Quiet>
        {to.kind === 'ongoing' && `${text(messages.ongoingMore)} `}
        {text(messages.keysNote)}
      </Quiet>
    </PagePart>
  );
}

function Ends({ draft, onChange, problem }: PartProps) {
  const text = useText();
  const { i18n } = useLingui();
  const { end } = draft;
  const inDays = [
    [30, messages.endIn30],
    [90, messages.endIn90],
    [365, messages.endIn365],
  ] as const;
  return (
    <PagePart title={text(messages.end)}>
      <Chips label={text(messages.end)}>
        <Chip on={end.kind === 'never'} onToggle={() => onChange({ kind: 'end', end: { kind: 'never' } })}>
          {text(messages.endNever)}
        </Chip>
        {inDays.map(([days, name]) => (
          <Chip
            key={days}
            on={end.kind === 'in' && end.days === days}
            onToggle={() => onChange({ kind: 'end', end: { kind: 'in', days } })}
          >
            {text(name)}
          </Chip>
        ))}
        {end.kind === 'kept' && (
          <Chip on onToggle={() => undefined}>
            {text(messages.endKept, { date: dayAndMonth(i18n, end.at) })}
          </Chip>
        )}
      </Chips>
      {problem === 'already-over' && <Problem of={messages.problemOver} />}
      <Quiet>{text(messages.endNote)}</Quiet>
    </PagePart>
  );
}

function Problem({ of }: { readonly of: Message }) {
  const text = useText();
  return (
    <p className={styles.problem} role="alert">
      {text(of)}
    </p>
  );
}

function kindDetail(
  text: ReturnType<typeof useText>,
  category: SharedCategory,
  draft: ShareDraft,
  counts: readonly CategoryCount[] | null,
): string {
  const on = draft.categories.includes(category);
  if (category === 'words' && !on) return text(messages.wordsOff);
  if (counts === null) return text(messages.counting);
  const n = counts.find(({ cat }) => cat === categoryNumber(category))?.entries ?? 0;
  switch (category) {
    case 'words':
      return text(messages.wordsOn, { n });
    case 'surroundings':
      return text(on ? messages.surroundingsOn : messages.entries, { n });
    case 'questionnaires':
      return text(on ? messages.questionnairesOn : messages.entries, { n });
    case 'conditions':
    case 'plan':
      return text(n > 0 ? messages.undatedOn : messages.undated, { n });
    case 'mood':
    case 'values':
    case 'sleep':
    case 'symptoms':
    case 'substances':
    case 'medication':
    case 'trackers':
      return text(messages.entries, { n });
  }
}
