import { LONGEST_OWN_TEXT, SURROUNDING_KINDS } from '@evenkeel/journal';
import type { SurroundingKind, Surroundings } from '@evenkeel/journal';
import { useId, useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, useSurroundings } from '../../session/session-context.tsx';
import { starterSurroundings } from '../../session/starters.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import type { SectionProps } from './sections.ts';

type Offer = { readonly group: SurroundingKind; readonly text: string };

const groupNames: Readonly<Record<SurroundingKind, Message>> = {
  activities: messages.activities,
  people: messages.people,
  places: messages.places,
  tags: messages.tags,
};

/** Activities, people, places and own tags, each kind by itself, as chips. Until the person has their own, a few are offered. */
export function AroundIt({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const offered = useSurroundings();
  const chosen = draft.surroundings;
  const id = useId();
  const [adding, setAdding] = useState(false);
  const offers = useOffers(offered, chosen);
  const isOn = ({ group, text: name }: Offer) => chosen[group]?.includes(name) ?? false;

  const toggle = (offer: Offer) => {
    act({ act: 'toggle-surrounding', kind: offer.group, text: offer.text });
    const known = offered.some((setting) => setting.group === offer.group && setting.text === offer.text);
    if (!known && !isOn(offer)) void diary.addSurrounding(offer);
  };

  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{text(messages.around)}</h2>
      {SURROUNDING_KINDS.map((kind) => {
        const ofKind = offers.filter(({ group }) => group === kind);
        if (ofKind.length === 0) return null;
        return (
          <div key={kind} className={styles.groups}>
            <p className={styles.quiet} aria-hidden>
              {text(groupNames[kind])}
            </p>
            <Chips label={text(groupNames[kind])}>
              {ofKind.map((offer) => (
                <Chip key={offer.text} on={isOn(offer)} onToggle={() => toggle(offer)}>
                  {offer.text}
                </Chip>
              ))}
            </Chips>
          </div>
        );
      })}
      {!adding && (
        <Chips label={text(messages.around)}>
          <ChipButton onClick={() => setAdding(true)}>{text(messages.add)}</ChipButton>
        </Chips>
      )}
      {adding && (
        <AddSurrounding
          onAdd={(offer) => {
            if (!isOn(offer)) toggle(offer);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
    </section>
  );
}

function AddSurrounding({
  onAdd,
  onCancel,
}: {
  readonly onAdd: (offer: Offer) => void;
  readonly onCancel: () => void;
}) {
  const text = useText();
  const [name, setName] = useState('');
  const [group, setGroup] = useState<SurroundingKind>('activities');
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        const tidy = name.replaceAll(/\s+/g, ' ').trim();
        if (tidy !== '') onAdd({ group, text: tidy });
      }}
    >
      <TextField
        label={text(messages.aroundName)}
        value={name}
        onChange={setName}
        maxLength={LONGEST_OWN_TEXT}
        autoFocus
      />
      <div className={styles.groups}>
        <p className={styles.quiet}>{text(messages.group)}</p>
        <Chips label={text(messages.group)}>
          {SURROUNDING_KINDS.map((kind) => (
            <Chip key={kind} on={kind === group} onToggle={() => setGroup(kind)}>
              {text(groupNames[kind])}
            </Chip>
          ))}
        </Chips>
      </div>
      <div className={styles.actions}>
        <Button look="quiet" small type="submit" disabled={name.trim() === ''}>
          {text(messages.addIt)}
        </Button>
        <Button look="plain" small onClick={onCancel}>
          {text(messages.cancel)}
        </Button>
      </div>
    </form>
  );
}

/** The person's own words first; a few starters while they have none; and whatever is already chosen. */
function useOffers(offered: ReturnType<typeof useSurroundings>, chosen: Surroundings): readonly Offer[] {
  const text = useText();
  const own: readonly Offer[] = offered.map(({ group, text: name }) => ({ group, text: name }));
  const starters = starterSurroundings.map((starter) => ({ group: starter.group, text: text(starter.text) }));
  const list = own.length < 6 ? [...own, ...starters.filter((starter) => !includes(own, starter))] : own;
  const others = SURROUNDING_KINDS.flatMap((group) =>
    (chosen[group] ?? []).map((name) => ({ group, text: name })),
  );
  return [...list, ...others.filter((other) => !includes(list, other))];
}

function includes(offers: readonly Offer[], sought: Offer): boolean {
  return offers.some(({ group, text }) => group === sought.group && text === sought.text);
}
