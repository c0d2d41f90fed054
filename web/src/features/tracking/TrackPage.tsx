import type { ListKind, Trackable } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, useLists, useTracked } from '../../session/session-context.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { messages } from './messages.ts';

/** What can be switched on, in the order a check-in asks it. */
const offered: readonly { readonly what: Trackable; readonly name: Message; readonly more: Message }[] = [
  { what: 'values', name: messages.values, more: messages.valuesMore },
  { what: 'surroundings', name: messages.surroundings, more: messages.surroundingsMore },
  { what: 'sleep', name: messages.sleep, more: messages.sleepMore },
  { what: 'energy', name: messages.energy, more: messages.energyMore },
  { what: 'symptoms', name: messages.symptoms, more: messages.symptomsMore },
  { what: 'cravings', name: messages.cravings, more: messages.cravingsMore },
  { what: 'substances', name: messages.substances, more: messages.substancesMore },
  { what: 'medication', name: messages.medication, more: messages.medicationMore },
  { what: 'trackers', name: messages.trackers, more: messages.trackersMore },
];

const sets: readonly { readonly name: Message; readonly of: readonly Trackable[] }[] = [
  { name: messages.setBasics, of: ['sleep', 'energy'] },
  { name: messages.setMatters, of: ['values', 'surroundings'] },
  { name: messages.setBody, of: ['symptoms', 'energy'] },
  { name: messages.setUrges, of: ['cravings', 'substances'] },
];

const lists: readonly { readonly kind: ListKind; readonly name: Message; readonly href: string }[] = [
  { kind: 'value', name: messages.myValues, href: '/me/values' },
  { kind: 'surrounding', name: messages.mySurroundings, href: '/me/track/around' },
  { kind: 'symptom', name: messages.mySymptoms, href: '/me/track/symptoms' },
  { kind: 'craving', name: messages.myCravings, href: '/me/track/cravings' },
  { kind: 'substance', name: messages.mySubstances, href: '/me/track/substances' },
  { kind: 'medication', name: messages.myMedication, href: '/me/track/medication' },
  { kind: 'tracker', name: messages.myTrackers, href: '/me/track/trackers' },
];

/** What a check-in asks, one by one. Only a mood at first, and nothing that cannot be turned off again. */
export function TrackPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const diary = useDiary();
  const tracked = useTracked();
  const own = useLists();
  // Shown at once: sealing a choice takes a moment, and a switch that hesitates is touched twice.
  const [turning, setTurning] = useState<ReadonlyMap<Trackable, boolean>>(new Map());
  const isOn = (what: Trackable) => turning.get(what) ?? tracked.has(what);
  const turn = async (what: readonly Trackable[], on: boolean) => {
    const changed = what.filter((one) => isOn(one) !== on);
    setTurning((before) => new Map([...before, ...changed.map((one) => [one, on] as const)]));
    try {
      for (const one of changed) await diary.setTracked(one, on);
    } finally {
      setTurning((before) => new Map([...before].filter(([one]) => !changed.includes(one))));
    }
  };
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      <Quiet>{text(messages.guide)}</Quiet>
      <PagePart title={text(messages.sets)}>
        <Chips label={text(messages.sets)}>
          {sets.map(({ name, of }) => {
            const allOn = of.every(isOn);
            return (
              <Chip key={name.id} on={allOn} onToggle={() => void turn(of, !allOn)}>
                {text(name)}
              </Chip>
            );
          })}
        </Chips>
      </PagePart>
      <Card rows>
        {offered.map(({ what, name, more }) => (
          <Switch
            key={what}
            label={text(name)}
            detail={text(more)}
            on={isOn(what)}
            onChange={(on) => void turn([what], on)}
          />
        ))}
      </Card>
      <Quiet>{text(messages.kept)}</Quiet>
      <PagePart title={text(messages.lists)}>
        <Card rows>
          {lists.map(({ kind, name, href }) => (
            <RowLink
              key={kind}
              href={href}
              title={text(name)}
              detail={text(messages.count, { n: own[kind].filter(({ archived }) => !archived).length })}
            />
          ))}
        </Card>
      </PagePart>
    </Page>
  );
}
