/**
 * Substances: what was used, how much, and in which unit; or that nothing was, which is an answer and not a gap.
 * The words are the person's. Alcohol is counted in UK units besides.
 */
import { z } from '@evenkeel/protocol';
import type { EntryRecord } from '../entry.ts';
import type { Json } from '../json.ts';
import { ownTextSchema, tidyText } from './own-text.ts';

/** One drink: how much of it, in millilitres, and how strong, in per cent alcohol by volume. */
export type Drink = { readonly ml: number; readonly abv: number };

export type SubstanceUse = {
  /** Its own id: 1–32 characters of the base64url alphabet, so that two glasses are two uses. */
  readonly id: string;
  /** The id of the substance in settings. */
  readonly substance: string;
  /** What it is called. */
  readonly text: string;
  /** How many of the unit. */
  readonly amount: number;
  /** What the amount counts: "pint", "g", "tablet". May be empty. */
  readonly unit: string;
  /** For alcohol: one of what the amount counts. */
  readonly drink?: Drink;
  /** What it cost altogether, in pence. */
  readonly spent?: number;
};

/** That none of it was used that day. */
export type NoUse = { readonly substance: string; readonly text: string; readonly alcohol: boolean };

export type Substances = {
  readonly uses?: readonly SubstanceUse[];
  /** Substances of which there was none that day. */
  readonly none?: readonly NoUse[];
  /** That nothing at all was used that day. */
  readonly nothing?: boolean;
};

export const MOST_USES = 60;
export const MOST_AMOUNT = 100_000;
export const MOST_PENCE = 10_000_00;
export const LONGEST_UNIT = 40;

/**
 * Drinks to choose from, by id; their names are the app's. Sizes and strengths as they are usually served in the
 * UK; the person can change both.
 */
export const DRINKS = [
  { id: 'pint-beer', ml: 568, abv: 4 },
  { id: 'pint-strong-beer', ml: 568, abv: 5.2 },
  { id: 'half-beer', ml: 284, abv: 4 },
  { id: 'can-beer', ml: 440, abv: 4.5 },
  { id: 'bottle-beer', ml: 330, abv: 5 },
  { id: 'pint-cider', ml: 568, abv: 4.5 },
  { id: 'can-strong-cider', ml: 500, abv: 7.5 },
  { id: 'small-wine', ml: 125, abv: 13 },
  { id: 'medium-wine', ml: 175, abv: 13 },
  { id: 'large-wine', ml: 250, abv: 13 },
  { id: 'bottle-wine', ml: 750, abv: 13 },
  { id: 'single-spirit', ml: 25, abv: 40 },
  { id: 'double-spirit', ml: 50, abv: 40 },
  { id: 'alcopop', ml: 275, abv: 4 },
] as const;
export type DrinkId = (typeof DRINKS)[number]['id'];

const USE_FIELD = /^use:([A-Za-z0-9_-]{1,32})$/;
const NONE_FIELD = /^none:([A-Za-z0-9_-]{1,32})$/;

const idSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,32}$/));
export const substanceUnitSchema = z.string().check(z.maxLength(LONGEST_UNIT));
export const useFieldSchema = z.nullable(
  z.object({
    substance: idSchema,
    text: ownTextSchema,
    amount: z.number().check(z.gte(0), z.lte(MOST_AMOUNT)),
    unit: substanceUnitSchema,
    drink: z.exactOptional(
      z.object({
        ml: z.number().check(z.gt(0), z.lte(5000)),
        abv: z.number().check(z.gte(0), z.lte(100)),
      }),
    ),
    spent: z.exactOptional(z.int().check(z.gte(0), z.lte(MOST_PENCE))),
  }),
);
export const noUseFieldSchema = z.nullable(z.object({ text: ownTextSchema, alcohol: z.boolean() }));
export const nothingFieldSchema = z.nullable(z.literal(true));

/**
 * UK units of alcohol: millilitres × per cent by volume ÷ 1000, a unit being 10 ml (8 g) of pure alcohol, to a
 * hundredth. UK Chief Medical Officers' Low Risk Drinking Guidelines (2016), section on units.
 */
export function unitsOfDrink({ ml, abv }: Drink, amount = 1): number {
  return hundredth((amount * ml * abv) / 1000);
}

/** UK units of one use; undefined for what is not alcohol. */
export function unitsOfUse({ drink, amount }: SubstanceUse): number | undefined {
  return drink === undefined ? undefined : unitsOfDrink(drink, amount);
}

/** UK units of all uses; undefined when nothing is said of alcohol, 0 when there was none. */
export function alcoholUnits(said: readonly Substances[]): number | undefined {
  const units = said.flatMap(({ uses }) => (uses ?? []).flatMap((use) => unitsOfUse(use) ?? []));
  if (units.length > 0) return hundredth(units.reduce((sum, one) => sum + one, 0));
  const wasNone = said.some(({ none, nothing }) => nothing === true || none?.some(({ alcohol }) => alcohol));
  return wasNone ? 0 : undefined;
}

/** Whether a day was said to be free of all use, and no use of that day says otherwise. */
export function isUseFree(said: readonly Substances[]): boolean {
  return (
    said.some(({ nothing }) => nothing === true) &&
    said.every(({ uses }) => (uses ?? []).every(({ amount }) => amount === 0))
  );
}

/** One field for each use, so that two devices can each add one. */
export function substancesFields(said: Substances): Record<string, Json> {
  const uses = (said.uses ?? []).map(
    ({ id, text, unit, drink, spent, amount, substance }): [string, Json] => [
      `use:${id}`,
      {
        substance,
        text: tidyText(text),
        amount: hundredth(amount),
        unit: tidyText(unit),
        ...(drink !== undefined && { drink: { ml: drink.ml, abv: drink.abv } }),
        ...(spent !== undefined && { spent }),
      },
    ],
  );
  const none = (said.none ?? []).map(({ substance, text, alcohol }): [string, Json] => [
    `none:${substance}`,
    { text: tidyText(text), alcohol },
  ]);
  return {
    ...(said.nothing === true && { nothing: true }),
    ...Object.fromEntries([...uses, ...none]),
  };
}

export function areSubstances(said: Substances): boolean {
  const fields = Object.entries(substancesFields(said));
  return (
    fields.length <= MOST_USES &&
    fields.every(([name, value]) => substancesSchemaOf(name)?.safeParse(value).success === true)
  );
}

export function substancesOf(record: EntryRecord): Substances {
  const uses: SubstanceUse[] = [];
  const none: NoUse[] = [];
  for (const [name, field] of Object.entries(record.fields)) {
    const use = USE_FIELD.exec(name)?.[1];
    const said = useFieldSchema.safeParse(field.value);
    if (use !== undefined && said.success && said.data !== null) uses.push({ id: use, ...said.data });
    const substance = NONE_FIELD.exec(name)?.[1];
    const noUse = noUseFieldSchema.safeParse(field.value);
    if (substance !== undefined && noUse.success && noUse.data !== null)
      none.push({ substance, ...noUse.data });
  }
  return {
    ...(uses.length > 0 && { uses }),
    ...(none.length > 0 && { none }),
    ...(record.fields['nothing']?.value === true && { nothing: true }),
  };
}

/** What a field of a substances record may hold. */
export function substancesSchemaOf(name: string) {
  if (name === 'nothing') return nothingFieldSchema;
  if (USE_FIELD.test(name)) return useFieldSchema;
  return NONE_FIELD.test(name) ? noUseFieldSchema : undefined;
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
