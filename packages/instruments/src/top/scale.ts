/**
 * Treatment Outcomes Profile: days, amounts and three ratings over the past four weeks. No sum: its parts mean
 * different things. Sources are in SOURCE.md.
 */
import type { Scale, ScaleItem, Subscale } from '../scale.ts';

/** In the order of the form. Injecting, work and study are asked in days too. */
export const SUBSTANCES = [
  'alcohol',
  'opiates',
  'crack',
  'cocaine',
  'amphetamines',
  'cannabis',
  'other',
  'tobacco',
] as const;

/** Asked as days in each of the four weeks. */
const IN_DAYS = [...SUBSTANCES, 'injecting', 'shoplifting', 'selling', 'work', 'study'] as const;

const YES_OR_NO: readonly number[] = [0, 1];

export const top: Scale = {
  id: 'top',
  version: '1.0.0',
  title: 'TOP',
  items: [
    ...SUBSTANCES.flatMap((substance): readonly ScaleItem[] => [
      ...(substance === 'other' ? [{ id: 'other-name', kind: 'text', longest: 60 } as const] : []),
      ...weeks(substance),
      ...(substance === 'tobacco'
        ? []
        : [{ id: `${substance}-amount`, kind: 'number', most: 999, fractions: true } as const]),
    ]),
    ...weeks('injecting'),
    { id: 'injecting-needle', kind: 'choice', scores: YES_OR_NO },
    { id: 'injecting-equipment', kind: 'choice', scores: YES_OR_NO },
    ...weeks('shoplifting'),
    ...weeks('selling'),
    { id: 'theft-vehicle', kind: 'choice', scores: YES_OR_NO },
    { id: 'theft-other', kind: 'choice', scores: YES_OR_NO },
    { id: 'fraud', kind: 'choice', scores: YES_OR_NO },
    { id: 'assault', kind: 'choice', scores: YES_OR_NO },
    { id: 'psychological', kind: 'number', most: 20 },
    ...weeks('work'),
    ...weeks('study'),
    { id: 'physical', kind: 'number', most: 20 },
    { id: 'housing', kind: 'choice', scores: YES_OR_NO },
    { id: 'eviction', kind: 'choice', scores: YES_OR_NO },
    { id: 'quality-of-life', kind: 'number', most: 20 },
  ],
  total: null,
  bands: [],
  cutOffs: [],
  subscales: IN_DAYS.map((id): Subscale => ({ id, items: weeks(id).map((week) => week.id), max: 28 })),
  riskItems: [],
};

/** Week 4 is the most recent one on the form, so it comes first. */
function weeks(subject: string): readonly ScaleItem[] {
  return [4, 3, 2, 1].map((week) => ({ id: `${subject}-week-${week}`, kind: 'number', most: 7 }));
}
