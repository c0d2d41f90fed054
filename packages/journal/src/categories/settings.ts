/**
 * Settings that belong to the diary and travel with it: the person's own lists, and what they chose to track. Each
 * is a record of its own in the settings category, tied to no day and never shared; its record id is its id. A new
 * kind has its type and schema in a file of its own and is named here.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, latestStamp, valueOf } from '../entry.ts';
import { type Json, compareText } from '../json.ts';
import { compareStamps } from '../stamp.ts';
import { tidyText } from './own-text.ts';
import { type HeldReminder, type ReminderSetting, reminderSchema } from './reminders.ts';
import {
  type QuestionnaireSchedule,
  type Trackable,
  type TrackedSetting,
  type ChoiceSetting,
  choiceSettingSchemas,
} from './setting-choices.ts';
import {
  type ListKind,
  type ListedSetting,
  type SurroundingSetting,
  type TrackerForm,
  type ValueSetting,
  listedSettingSchemas,
} from './setting-lists.ts';
import type { SurroundingKind } from './surroundings.ts';

export type Setting = ListedSetting | ChoiceSetting | ReminderSetting;
export type NamedSetting<Kind extends Setting = Setting> = Kind & { readonly id: string };

const settingSchema = z.discriminatedUnion('kind', [
  ...listedSettingSchemas,
  ...choiceSettingSchemas,
  reminderSchema,
]);

export function settingFields(setting: Setting): Record<string, Json> {
  switch (setting.kind) {
    case 'tracked':
    case 'questionnaire-schedule':
      return { ...setting };
    case 'value':
    case 'surrounding':
    case 'symptom':
    case 'craving':
      return { ...setting, text: tidyText(setting.text) };
    case 'reminder':
      return {
        ...setting,
        text: tidyText(setting.text),
        days: { ...setting.days },
        opens: { ...setting.opens },
      };
    case 'substance':
      return { ...setting, text: tidyText(setting.text), unit: tidyText(setting.unit) };
    case 'medication':
      return { ...setting, text: tidyText(setting.text), dose: tidyText(setting.dose) };
    case 'tracker':
      return { ...setting, text: tidyText(setting.text), form: formFields(setting.form) };
  }
}

export function isSetting(setting: Setting): boolean {
  return settingSchema.safeParse(settingFields(setting)).success;
}

/** The setting a record holds, or undefined when it is of a kind this version does not know. */
export function settingOf(record: EntryRecord): NamedSetting | undefined {
  const fields = Object.fromEntries(Object.keys(record.fields).map((name) => [name, valueOf(record, name)]));
  const parsed = settingSchema.safeParse(fields);
  return parsed.success ? { id: record.rec, ...parsed.data } : undefined;
}

type WithArchived = { readonly archived: boolean };

/** The person's values, in their order; archived ones only when asked for. */
export function valueSettings(
  records: readonly EntryRecord[],
  options: WithArchived = { archived: false },
): readonly NamedSetting<ValueSetting>[] {
  return settingLists(records).value.filter(({ archived }) => options.archived || !archived);
}

/** What can be touched in one group, in the person's order; archived ones only when asked for. */
export function surroundingSettings(
  records: readonly EntryRecord[],
  group: SurroundingKind,
  options: WithArchived = { archived: false },
): readonly NamedSetting<SurroundingSetting>[] {
  return settingLists(records).surrounding.filter(
    (setting) => setting.group === group && (options.archived || !setting.archived),
  );
}

/** Each of the person's lists in their order, with what is put away in it. */
export type SettingLists = {
  readonly [Kind in ListKind]: readonly NamedSetting<Extract<ListedSetting, { readonly kind: Kind }>>[];
};

export function settingLists(records: readonly EntryRecord[]): SettingLists {
  const lists: {
    -readonly [Kind in ListKind]: NamedSetting<Extract<ListedSetting, { readonly kind: Kind }>>[];
  } = { value: [], surrounding: [], symptom: [], craving: [], substance: [], medication: [], tracker: [] };
  for (const record of records) {
    const setting = settingOf(record);
    switch (setting?.kind) {
      case 'value':
        lists.value.push(setting);
        break;
      case 'surrounding':
        lists.surrounding.push(setting);
        break;
      case 'symptom':
        lists.symptom.push(setting);
        break;
      case 'craving':
        lists.craving.push(setting);
        break;
      case 'substance':
        lists.substance.push(setting);
        break;
      case 'medication':
        lists.medication.push(setting);
        break;
      case 'tracker':
        lists.tracker.push(setting);
        break;
      case 'tracked':
      case 'questionnaire-schedule':
      case 'reminder':
      case undefined:
        break;
    }
  }
  for (const list of Object.values(lists)) list.sort(inOrder);
  return lists;
}

/** What the person switched on or off, each as it was chosen last. What was never chosen is not in it. */
export function trackedChoices(
  records: readonly EntryRecord[],
): ReadonlyMap<Trackable, NamedSetting<TrackedSetting>> {
  return new Map(
    latestLast(records).flatMap((setting) =>
      setting.kind === 'tracked' ? [[setting.what, setting] as const] : [],
    ),
  );
}

/** When each questionnaire is due, as it was chosen last; those switched off are in it too. */
export function questionnaireSchedules(
  records: readonly EntryRecord[],
): ReadonlyMap<string, NamedSetting<QuestionnaireSchedule>> {
  return new Map(
    latestLast(records).flatMap((setting) =>
      setting.kind === 'questionnaire-schedule' ? [[setting.instrument, setting] as const] : [],
    ),
  );
}

/** All reminders, those switched off too, by their first time of day. */
export function remindersOf(records: readonly EntryRecord[]): readonly HeldReminder[] {
  return records
    .flatMap((record) => {
      const setting = settingOf(record);
      return setting?.kind === 'reminder' ? [setting] : [];
    })
    .toSorted(
      (a, b) =>
        compareText(a.times[0] ?? '', b.times[0] ?? '') ||
        compareText(a.text, b.text) ||
        compareText(a.id, b.id),
    );
}

/** Settings with the one written last at the end, where a map keeps it. */
function latestLast(records: readonly EntryRecord[]): readonly NamedSetting[] {
  return records
    .toSorted((a, b) => compareStamps(latestStamp(a), latestStamp(b)) || compareText(a.rec, b.rec))
    .flatMap((record) => settingOf(record) ?? []);
}

function inOrder(a: NamedSetting<ListedSetting>, b: NamedSetting<ListedSetting>): number {
  return a.order - b.order || compareText(a.text, b.text) || compareText(a.id, b.id);
}

function formFields(form: TrackerForm): Json {
  switch (form.shape) {
    case 'count':
      return { ...form, unit: tidyText(form.unit) };
    case 'choice':
      return { ...form, choices: form.choices.map(tidyText).filter((choice) => choice !== '') };
    case 'scale':
    case 'yes-no':
    case 'duration':
      return { ...form };
  }
}
