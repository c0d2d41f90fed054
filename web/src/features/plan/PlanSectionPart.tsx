import { LONGEST_PLAN_LINE } from '@evenkeel/journal';
import type { HeldPlanLine, PlanLine, PlanSection } from '@evenkeel/journal';
import ArrowUp from 'lucide-react/icons/arrow-up';
import MessageCircle from 'lucide-react/icons/message-circle';
import Pencil from 'lucide-react/icons/pencil';
import PhoneCall from 'lucide-react/icons/phone-call';
import Plus from 'lucide-react/icons/plus';
import { useRef, useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome } from '../../session/contract.ts';
import { useTyped } from '../../session/use-typed.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { PagePart } from '../../ui/Page.tsx';
import { phoneLink } from '../../ui/phone-link.ts';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Plan.module.css';
import { sectionWords } from './sections.ts';

type Written = Pick<PlanLine, 'text' | 'phone'>;
type Refusal = Extract<ListOutcome, { ok: false }>['reason'];

const refusals = {
  unusable: messages.unusable,
  'no-room': messages.noRoom,
  gone: messages.gone,
} satisfies Record<Refusal, Message>;

/** What is typed: of a line, by its id, or of a new one. */
type Typed = { readonly of: string; readonly text: string; readonly phone: string };
const NEW: Typed = { of: 'new', text: '', phone: '' };

type PlanSectionPartProps = {
  readonly section: PlanSection;
  readonly lines: readonly HeldPlanLine[];
  readonly onAdd: (line: Written) => Promise<ListOutcome>;
  readonly onChange: (id: string, line: PlanLine) => Promise<ListOutcome>;
  readonly onRemove: (id: string) => Promise<void>;
  readonly onUp: (id: string) => Promise<void>;
};

/** One part of the plan: its lines, and one of them open for change or a new one. */
export function PlanSectionPart({ section, lines, onAdd, onChange, onRemove, onUp }: PlanSectionPartProps) {
  const text = useText();
  const { name, ask } = sectionWords[section];
  const [typed, type, open] = useTyped(`/plan#${section}`, NEW);
  const [removing, setRemoving] = useState<string | null>(null);
  /** A line that was removed meanwhile is typed anew. */
  const shown = typed && (lines.some(({ id }) => id === typed.of) ? typed.of : 'new');
  const latest = useRef(typed);
  latest.current = typed;
  /** A line that is still being kept must not shut what was opened after it. */
  const close = (of: string) => latest.current?.of === of && type(null);
  return (
    <PagePart title={text(name)} note={text(ask)}>
      {lines.length > 0 && (
        <Card rows as="ul">
          {lines.map((line, place) => (
            <li key={line.id} className={styles.line}>
              {typed && shown === line.id ? (
                <LineForm
                  typed={typed}
                  onType={type}
                  onSave={(written) => onChange(line.id, { section, order: line.order, ...written })}
                  onDone={() => close(line.id)}
                  onRemove={() => setRemoving(line.id)}
                />
              ) : (
                <>
                  <p className={styles.words}>{line.text}</p>
                  <div className={styles.acts}>
                    {place > 0 && (
                      <IconButton
                        label={text(messages.up, { line: line.text })}
                        icon={<ArrowUp aria-hidden />}
                        onClick={() => void onUp(line.id)}
                      />
                    )}
                    <IconButton
                      label={text(messages.change, { line: line.text })}
                      icon={<Pencil aria-hidden />}
                      onClick={() => open({ of: line.id, text: line.text, phone: line.phone ?? '' })}
                    />
                  </div>
                  {line.phone !== undefined && (
                    <p className={styles.phone}>
                      <a href={phoneLink('tel', line.phone)}>
                        <PhoneCall aria-hidden />
                        {text(messages.call, { phone: line.phone })}
                      </a>
                      <a
                        href={phoneLink('sms', line.phone)}
                        aria-label={text(messages.message, { phone: line.phone })}
                      >
                        <MessageCircle aria-hidden />
                      </a>
                    </p>
                  )}
                </>
              )}
            </li>
          ))}
        </Card>
      )}
      {typed && shown === 'new' ? (
        <LineForm typed={typed} onType={type} onSave={onAdd} onDone={() => close(typed.of)} />
      ) : (
        <div className={styles.add}>
          <Button
            small
            icon={<Plus aria-hidden />}
            aria-label={text(messages.addTo, { section: text(name) })}
            onClick={() => open(NEW)}
          >
            {text(messages.add)}
          </Button>
        </div>
      )}
      <Confirm
        open={removing !== null}
        title={text(messages.removeTitle)}
        yes={text(messages.remove)}
        no={text(messages.keep)}
        stop
        onNo={() => setRemoving(null)}
        onYes={() => {
          if (removing !== null) {
            void onRemove(removing);
            close(removing);
          }
          setRemoving(null);
        }}
      >
        {text(messages.removeText)}
      </Confirm>
    </PagePart>
  );
}

type LineFormProps = {
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  readonly onSave: (line: Written) => Promise<ListOutcome>;
  readonly onDone: () => void;
  readonly onRemove?: () => void;
};

function LineForm({ typed, onType, onSave, onDone, onRemove }: LineFormProps) {
  const text = useText();
  const { text: words, phone } = typed;
  const [problem, setProblem] = useState<Refusal | null>(null);
  const save = async () => {
    const outcome = await onSave({ text: words, ...(phone.trim() !== '' && { phone }) });
    if (outcome.ok) onDone();
    else setProblem(outcome.reason);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        label={text(messages.line)}
        value={words}
        onChange={(said) => onType({ ...typed, text: said })}
        maxLength={LONGEST_PLAN_LINE}
        autoFocus
      />
      <TextField
        label={text(messages.phone)}
        value={phone}
        onChange={(said) => onType({ ...typed, phone: said })}
        maxLength={40}
      />
      {problem !== null && (
        <Banner tone="care" live>
          {text(refusals[problem])}
        </Banner>
      )}
      <div className={styles.buttons}>
        <Button look="primary" small type="submit" disabled={words.trim() === ''}>
          {text(messages.save)}
        </Button>
        <Button look="plain" small onClick={onDone}>
          {text(messages.cancel)}
        </Button>
        {onRemove !== undefined && (
          <Button look="stop" small onClick={onRemove}>
            {text(messages.remove)}
          </Button>
        )}
      </div>
    </form>
  );
}
