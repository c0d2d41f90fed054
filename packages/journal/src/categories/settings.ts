/**
 * Settings that belong to the diary and travel with it: the person's values and what they tag with. Each is a
 * record of its own in the settings category, tied to no day and never shared; its record id is its id.
 */
import { z } from '@evenkeel/protocol';
import { type EntryRecord, valueOf } from '../entry.ts';
import { type Json, compareText } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';
import { SURROUNDING_KINDS, type SurroundingKind } from './surroundings.ts';

export const LIFE_AREAS = [
  'family',
  'partner',
  'friends',
  'work',
  'learning',
  'health',
  'fun',
  'home',
  'community',
  'nature',
  'spirit',
  'other',
] as const;
export type LifeArea = (typeof LIFE_AREAS)[number];

/** Something that matters to the person. */
export type ValueSetting = {
  readonly kind: 'value';
  readonly text: string;
  readonly area: LifeArea;
  /** How much it matters: whole number 0–10. */
  readonly importance: number;
  /** Sorts the list, ascending; any number. */
  readonly order: number;
  /** Put away: no longer asked about, kept for what was answered. */
  readonly archived: boolean;
};

/** An activity, person, place or tag that the person can touch instead of typing. */
export type SurroundingSetting = {
  readonly kind: 'surrounding';
  readonly group: SurroundingKind;
  readonly text: string;
  readonly order: number;
  readonly archived: boolean;
};

export type Setting = ValueSetting | SurroundingSetting;
export type NamedSetting<Kind extends Setting = Setting> = Kind & { readonly id: string };

const orderSchema = z.number();
const archivedSchema = z.boolean();

const settingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    text: ownTextSchema,
    area: z.enum(LIFE_AREAS),
    importance: z.int().check(z.gte(0), z.lte(10)),
    order: orderSchema,
    archived: archivedSchema,
  }),
  z.object({
    kind: z.literal('surrounding'),
    group: z.enum(SURROUNDING_KINDS),
    text: ownTextSchema,
    order: orderSchema,
    archived: archivedSchema,
  }),
]);

export function settingFields(setting: Setting): Record<string, Json> {
  return { ...setting, text: tidyText(setting.text) };
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

/** The person's values, in their order; archived ones only when asked for. */
export function valueSettings(
  records: readonly EntryRecord[],
  options: { readonly archived: boolean } = { archived: false },
): readonly NamedSetting<ValueSetting>[] {
  return settings(records).filter(
    (setting): setting is NamedSetting<ValueSetting> =>
      setting.kind === 'value' && (options.archived || !setting.archived),
  );
}

/** What can be touched in one group, in the person's order; archived ones only when asked for. */
export function surroundingSettings(
  records: readonly EntryRecord[],
  group: SurroundingKind,
  options: { readonly archived: boolean } = { archived: false },
): readonly NamedSetting<SurroundingSetting>[] {
  return settings(records).filter(
    (setting): setting is NamedSetting<SurroundingSetting> =>
      setting.kind === 'surrounding' && setting.group === group && (options.archived || !setting.archived),
  );
}

function settings(records: readonly EntryRecord[]): readonly NamedSetting[] {
  return records
    .flatMap((record) => settingOf(record) ?? [])
    .toSorted((a, b) => a.order - b.order || compareText(a.text, b.text) || compareText(a.id, b.id));
}
