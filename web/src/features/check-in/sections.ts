import type { Trackable } from '@evenkeel/journal';
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import type { CheckInAct } from './check-in.ts';
import { messages } from './messages.ts';
import { partMessages } from './part-messages.ts';

/** What every part of the form that can be switched on is given; its lists it reads from the diary. */
export type SectionProps = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
};

export type Section = {
  readonly what: Trackable;
  /** What it is called where it is switched on. */
  readonly name: Message;
  readonly Part: LazyExoticComponent<ComponentType<SectionProps>>;
};

/** The parts of a check-in that are switched on one by one, in the order they are asked. */
export const sections: readonly Section[] = [
  {
    what: 'values',
    name: messages.whatMatters,
    Part: lazy(async () => ({ default: (await import('./WhatMatters.tsx')).WhatMatters })),
  },
  {
    what: 'surroundings',
    name: messages.around,
    Part: lazy(async () => ({ default: (await import('./AroundIt.tsx')).AroundIt })),
  },
  {
    what: 'sleep',
    name: messages.sleep,
    Part: lazy(async () => ({ default: (await import('./SleepSection.tsx')).SleepSection })),
  },
  {
    what: 'energy',
    name: messages.energy,
    Part: lazy(async () => ({ default: (await import('./EnergySection.tsx')).EnergySection })),
  },
  {
    what: 'symptoms',
    name: messages.symptoms,
    Part: lazy(async () => ({ default: (await import('./SymptomsSection.tsx')).SymptomsSection })),
  },
  {
    what: 'cravings',
    name: messages.cravings,
    Part: lazy(async () => ({ default: (await import('./CravingsSection.tsx')).CravingsSection })),
  },
  {
    what: 'substances',
    name: partMessages.substances,
    Part: lazy(async () => ({ default: (await import('./SubstancesSection.tsx')).SubstancesSection })),
  },
  {
    what: 'medication',
    name: partMessages.medication,
    Part: lazy(async () => ({ default: (await import('./MedicationSection.tsx')).MedicationSection })),
  },
  {
    what: 'trackers',
    name: messages.trackers,
    Part: lazy(async () => ({ default: (await import('./TrackersSection.tsx')).TrackersSection })),
  },
];
