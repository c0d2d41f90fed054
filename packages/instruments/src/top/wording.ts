/**
 * Treatment Outcomes Profile, English. The form is filled in by a keyworker who asks; here the person answers, so
 * the instructions say "you". What is asked, its units and its limits are the form's.
 */
import type { Group, Option, Question, Wording } from '../wording.ts';

const YES_OR_NO: readonly Option[] = [
  { score: 0, label: 'No' },
  { score: 1, label: 'Yes' },
];

const WEEK_NAMES = [
  { week: 4, text: 'Days in the last 7 days' },
  { week: 3, text: 'Days in the week before' },
  { week: 2, text: 'Days 3 weeks ago' },
  { week: 1, text: 'Days 4 weeks ago' },
] as const;

type Use = { readonly id: string; readonly text: string; readonly unit?: string; readonly hint?: string };

const USE: readonly Use[] = [
  { id: 'alcohol', text: 'Alcohol', unit: 'units' },
  {
    id: 'opiates',
    text: 'Opiates or opioids (illicit)',
    unit: 'grams',
    hint: 'Includes street heroin and any non-prescribed opioid, such as methadone and buprenorphine.',
  },
  { id: 'crack', text: 'Crack', unit: 'grams' },
  { id: 'cocaine', text: 'Cocaine', unit: 'grams' },
  { id: 'amphetamines', text: 'Amphetamines', unit: 'grams' },
  { id: 'cannabis', text: 'Cannabis', unit: 'spliffs' },
  { id: 'other', text: 'Another substance', unit: 'grams' },
  {
    id: 'tobacco',
    text: 'Tobacco',
    hint: 'Includes ready-made and hand-rolled cigarettes, cannabis joints with tobacco, cigars, pipe tobacco and water pipes.',
  },
];

const DAYS: readonly Group[] = [
  { id: 'injecting', text: 'Injecting', hint: 'Days you injected non-prescribed drugs.' },
  { id: 'shoplifting', text: 'Shoplifting' },
  { id: 'selling', text: 'Selling drugs' },
  { id: 'work', text: 'Paid work' },
  { id: 'study', text: 'College or school' },
];

export const wording: Wording = {
  id: 'top',
  version: '1.0.0',
  language: 'en',
  title: 'TOP',
  name: 'Treatment Outcomes Profile',
  recall: 'In the past 4 weeks',
  groups: [...USE.map(({ id, text, hint }) => ({ id, text, ...(hint !== undefined && { hint }) })), ...DAYS],
  questions: [
    ...USE.flatMap(({ id, unit }): readonly Question[] => [
      ...(id === 'other'
        ? [{ id: 'other-name', kind: 'text', group: id, text: 'What it was' } as const]
        : []),
      ...weeks(id),
      ...(unit === undefined
        ? []
        : [
            {
              id: `${id}-amount`,
              kind: 'number',
              group: id,
              text: 'Average on a day you used it',
              unit,
            } as const,
          ]),
    ]),
    ...weeks('injecting'),
    yesOrNo('injecting-needle', 'Did you inject with a needle or syringe used by somebody else?'),
    yesOrNo('injecting-equipment', 'Did you inject using a spoon, water or filter used by somebody else?'),
    ...weeks('shoplifting'),
    ...weeks('selling'),
    yesOrNo('theft-vehicle', 'Theft from or of a vehicle'),
    yesOrNo('theft-other', 'Other property theft or burglary'),
    yesOrNo('fraud', 'Fraud, forgery or handling stolen goods'),
    yesOrNo('assault', 'Committing assault or violence'),
    rating(
      'psychological',
      'Your psychological health',
      'Anxiety, depression, problem emotions and feelings.',
    ),
    ...weeks('work'),
    ...weeks('study'),
    rating('physical', 'Your physical health', 'Extent of physical symptoms and bothered by illness.'),
    yesOrNo('housing', 'Acute housing problem'),
    yesOrNo('eviction', 'At risk of eviction'),
    rating(
      'quality-of-life',
      'Your overall quality of life',
      'Able to enjoy life, gets on with family and partner, and so on.',
    ),
  ],
  subscales: Object.fromEntries([...USE, ...DAYS].map(({ id, text }) => [id, text])),
  licence: {
    owner:
      '© Crown copyright. Office for Health Improvement and Disparities (before: Public Health England, National Treatment Agency).',
    terms:
      'Contains public sector information licensed under the Open Government Licence v3.0. Instructions are reworded so that you can answer by yourself.',
    notice: true,
    commercial: 'given',
    derivatives: 'given',
    source: 'NDTMS documents of Public Health England',
  },
};

function weeks(group: string): readonly Question[] {
  return WEEK_NAMES.map(({ week, text }) => ({
    id: `${group}-week-${week}`,
    kind: 'number',
    group,
    text,
  }));
}

function yesOrNo(id: string, text: string): Question {
  return { id, kind: 'choice', text, options: YES_OR_NO };
}

function rating(id: string, text: string, hint: string): Question {
  return { id, kind: 'number', text, hint, ends: { low: 'Poor', high: 'Good' } };
}
