import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

export type Screen = {
  /** wouter pattern. */
  readonly path: string;
  /** `open`: inside the shell, needs an open diary. `closed`: before one. `always`: in any state, with no shell. */
  readonly when: 'open' | 'closed' | 'always';
  readonly screen: LazyExoticComponent<ComponentType>;
};

const tracking = lazy(async () => ({
  default: (await import('../features/tracking/TrackingRooms.tsx')).TrackingRooms,
}));

/**
 * Every screen but Today and the entry, which come with the diary itself. A screen is fetched when it is first
 * opened; all but the desk (see keep-for-later in vite.config.ts) lie in the precache and need no network.
 */
export const screens: readonly Screen[] = [
  {
    path: '/help',
    when: 'always',
    screen: lazy(async () => ({
      default: (await import('../features/help-now/HelpNowPage.tsx')).HelpNowPage,
    })),
  },
  {
    path: '/journal',
    when: 'open',
    screen: lazy(async () => ({
      default: (await import('../features/journal/JournalPage.tsx')).JournalPage,
    })),
  },
  {
    path: '/journal/bin',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('../features/journal/BinPage.tsx')).BinPage })),
  },
  {
    path: '/journal/day/:day',
    when: 'open',
    screen: lazy(async () => ({
      default: (await import('../features/journal/JournalPage.tsx')).JournalPage,
    })),
  },
  {
    path: '/insights/*?',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('./InsightsScreen.tsx')).InsightsScreen })),
  },
  {
    path: '/plan',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('../features/plan/PlanPage.tsx')).PlanPage })),
  },
  {
    path: '/sharing/*?',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('./SharingScreen.tsx')).SharingScreen })),
  },
  ...['/me/track/*?', '/me/values/*?'].map((path): Screen => ({ path, when: 'open', screen: tracking })),
  {
    path: '/me/reminders/*?',
    when: 'open',
    screen: lazy(async () => ({
      default: (await import('../features/reminders/RemindersRooms.tsx')).RemindersRooms,
    })),
  },
  {
    path: '/me/use',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('./UseCalendarScreen.tsx')).UseCalendarScreen })),
  },
  {
    path: '/me/conditions',
    when: 'open',
    screen: lazy(async () => ({
      default: (await import('../features/conditions/ConditionsPage.tsx')).ConditionsPage,
    })),
  },
  {
    path: '/me/*?',
    when: 'open',
    screen: lazy(async () => ({ default: (await import('./MeScreen.tsx')).MeScreen })),
  },
  {
    path: '/questionnaires/*?',
    when: 'open',
    screen: lazy(async () => ({
      default: (await import('./QuestionnairesScreen.tsx')).QuestionnairesScreen,
    })),
  },
  {
    path: '/quick',
    when: 'closed',
    screen: lazy(async () => ({
      default: (await import('../features/check-in/QuickEntryPage.tsx')).QuickEntryPage,
    })),
  },
  {
    path: '/restore',
    when: 'closed',
    screen: lazy(async () => ({ default: (await import('./ArrivalScreen.tsx')).ArrivalScreen })),
  },
  {
    path: '/link',
    when: 'closed',
    screen: lazy(async () => ({ default: (await import('./ArrivalScreen.tsx')).ArrivalScreen })),
  },
];
