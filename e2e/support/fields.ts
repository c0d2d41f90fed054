/** Every field of the app in which something can be typed, held against where the journey of canaries typed. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';

const SOURCES = fileURLToPath(new URL('../../web/src', import.meta.url));

/** Each as its file and what names it there, in the order of the sources. */
export function fieldsOfTheApp(): readonly string[] {
  return globSync('**/*.tsx', { cwd: SOURCES })
    .toSorted()
    .flatMap((file) => {
      const [, ...fields] = readFileSync(join(SOURCES, file), 'utf8').split(
        /<(?:TextField|TextArea|PasswordField)\b/,
      );
      return fields.map((field) => `${file}: ${nameOf(field)}`);
    });
}

/** Notes what the field is called in which something is typed, from now on. */
export async function noteTyping(context: BrowserContext): Promise<ReadonlySet<string>> {
  const typed = new Set<string>();
  await context.exposeBinding('evenkeelTyped', (_source, label: string) => void typed.add(label));
  await context.addInitScript(() => {
    document.addEventListener(
      'input',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
        const label = target.labels?.[0]?.textContent ?? target.ariaLabel ?? '';
        const note: unknown = Reflect.get(window, 'evenkeelTyped');
        if (typeof note === 'function') note(label);
      },
      { capture: true },
    );
  });
  return typed;
}

/** After `label=`: `text(messages.ml)` is `ml`, and anything else is itself. */
function nameOf(field: string): string {
  const [, label = ''] = /\blabel=\{([^}]*)\}/.exec(field) ?? [];
  return /messages\.(\w+)/.exec(label)?.[1] ?? label;
}

const NUMBER = 'a number, too short to be told from others';
const DAY = 'a day or a time';
const CODE = 'a code of the app’s own, or an address';

/** What each is called on its screen, or why the journey types nothing into it. */
export const fields: Readonly<Record<string, { readonly called: string } | { readonly not: string }>> = {
  'features/check-in/AboutTime.tsx: day': { called: 'Day' },
  'features/check-in/AboutTime.tsx: time': { called: 'Time' },
  'features/check-in/AddItem.tsx: label': { called: 'What you want to watch' },
  'features/check-in/AddUse.tsx: ml': { not: NUMBER },
  'features/check-in/AddUse.tsx: abv': { not: NUMBER },
  'features/check-in/AddUse.tsx: howMuch': { not: NUMBER },
  'features/check-in/AddUse.tsx: spent': { not: NUMBER },
  'features/check-in/AroundIt.tsx: aroundName': { called: 'A word for it' },
  'features/check-in/CheckInForm.tsx: words': { called: 'Anything you want to remember…' },
  'features/check-in/MedicationSection.tsx: changedHow': { called: 'What is new?' },
  'features/check-in/MedicationSection.tsx: medicationName': { called: 'What is it called?' },
  'features/check-in/MedicationSection.tsx: medicationDose': { called: 'Dose and time, if you like' },
  'features/check-in/QuickEntryPage.tsx: words': { called: 'Anything you want to remember…' },
  'features/check-in/SleepSection.tsx: asleep': { not: DAY },
  'features/check-in/SleepSection.tsx: awake': { not: DAY },
  'features/check-in/SubstancesSection.tsx: spentOn': { not: NUMBER },
  'features/check-in/SubstancesSection.tsx: substanceName': { called: 'What is it called?' },
  'features/check-in/SubstancesSection.tsx: substanceUnit': {
    called: 'Counted in (grams, tablets, times…)',
  },
  'features/check-in/WhatMatters.tsx: valueName': { called: 'What matters to you, in your words' },
  'features/check-in/WhichWords.tsx: searchWords': { called: 'Search, or write your own word' },
  'features/conditions/ConditionsPage.tsx: name': { called: 'What is it called?' },
  'features/conditions/ConditionsPage.tsx: since': { not: DAY },
  'features/conditions/ConditionsPage.tsx: noteField': { called: 'Anything to add' },
  'features/desk/OwnLabel.tsx: ownLabel': { called: 'What you call them' },
  'features/desk/PeopleList.tsx: search': { not: 'there from six people on, and kept nowhere' },
  'features/desk/SetUpSteps.tsx: nameField': { called: 'Name and role' },
  'features/insights/SummaryPage.tsx: from': { not: DAY },
  'features/insights/SummaryPage.tsx: to': { not: DAY },
  'features/journal/JournalFilters.tsx: goTo': { not: DAY },
  'features/journal/JournalView.tsx: search': { called: 'Search, on this' },
  'features/me/AddDevicePage.tsx: addName': { called: 'What shall it be called?' },
  'features/me/DevicesPage.tsx: deviceName': { called: 'Name' },
  'features/me/KitViews.tsx: checkWord': { called: 'Word ' },
  'features/me/RestoreFilePage.tsx: restoreWords': { not: 'the words of the kit, as on RestorePage' },
  'features/me/RestoreFilePage.tsx: restorePassphrase': { not: 'a passphrase, as on the door' },
  'features/me/RestorePage.tsx: kitField': { called: 'The words, in order' },
  'features/me/RestorePage.tsx: kitServerField': { not: CODE },
  'features/plan/PlanSectionPart.tsx: line': { called: 'In your words' },
  'features/plan/PlanSectionPart.tsx: phone': { called: 'Phone number, if there is one' },
  'features/questionnaires/NumberField.tsx: label': { not: NUMBER },
  'features/questionnaires/StepView.tsx: question.text': { called: 'What it was' },
  'features/reminders/ReminderForm.tsx: words': { called: 'In your own words' },
  'features/reminders/ReminderForm.tsx: time': { not: DAY },
  'features/reminders/ReminderForm.tsx: everyCount': { not: NUMBER },
  'features/reminders/ReminderForm.tsx: label': { not: DAY },
  'features/reminders/RemindersPage.tsx: calendarWords': { called: 'What the calendar shows' },
  'features/sharing/LinkStep.tsx: forWhom': { called: 'Who is it for?' },
  'features/sharing/WhatStep.tsx: nameField': { called: 'Your name, as they should see it' },
  'features/sharing/WhatStep.tsx: purposeField': { called: 'What it is for (if you like)' },
  'features/sharing/WhatStep.tsx: firstField': { not: DAY },
  'features/sharing/WhatStep.tsx: lastField': { not: DAY },
  'features/tracking/ItemForm.tsx: label': { called: 'An urge, in your words' },
  'features/tracking/TrackersPage.tsx: least': { not: NUMBER },
  'features/tracking/TrackersPage.tsx: most': { not: NUMBER },
  'features/tracking/TrackersPage.tsx: unit': { called: 'What is counted (cups, steps)' },
  'features/tracking/TrackersPage.tsx: choices': { called: 'What can be chosen, one to a line' },
  'features/tracking/UseListPages.tsx: substanceUnit': { called: 'Counted in (grams, tablets, times…)' },
  'features/tracking/UseListPages.tsx: medicationDose': { called: 'Dose and time, if you like' },
  'features/tracking/ValuesReviewPage.tsx: reviewWords': { called: 'Anything you want to remember…' },
  'features/unlock/UnlockView.tsx: label': { called: 'Your passphrase' },
  'platform/camera/ScanOrPaste.tsx: label': { not: CODE },
  'ui/NumberField.tsx: label': { not: NUMBER },
  'ui/lock/LockChoiceForm.tsx: pinField': { not: NUMBER },
  'ui/lock/LockChoiceForm.tsx: phrase': { called: 'Your passphrase' },
  'ui/timeline/EntryList.tsx: search': { called: 'Search these entries' },
};
