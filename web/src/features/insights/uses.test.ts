import type { Substances } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { usesIn } from './uses.ts';

const week = { first: '2026-07-13', last: '2026-07-19' };

test('each substance is counted in each of its units by itself, the newest name counting', () => {
  const used = usesIn(
    [
      on('2026-07-14', { uses: [use('t', 'Tobacco', 4, 'cigarettes'), use('t', 'Tobacco', 2, 'g')] }),
      on('2026-07-13', { uses: [use('t', 'Smoking', 3, 'cigarettes'), use('c', 'Cannabis', 0.5, 'g')] }),
    ],
    week,
  );
  expect(used.map(({ name, unit, said }) => [name, unit, said])).toEqual([
    [
      'Tobacco',
      'cigarettes',
      [
        { day: '2026-07-14', number: 4 },
        { day: '2026-07-13', number: 3 },
      ],
    ],
    ['Tobacco', 'g', [{ day: '2026-07-14', number: 2 }]],
    ['Cannabis', 'g', [{ day: '2026-07-13', number: 0.5 }]],
  ]);
});

test('none is an answer, silence is none, and that nothing was used brings up nothing from before', () => {
  const before = on('2026-01-01', { uses: [use('t', 'Tobacco', 4, 'cigarettes')] });
  const nothing = on('2026-07-14', { nothing: true });
  expect(usesIn([before, nothing, on('2026-07-15')], week)).toEqual([]);
  const none = on('2026-07-15', { none: [{ substance: 't', text: 'Tobacco', alcohol: false }] });
  expect(usesIn([before, nothing, none], week)).toMatchObject([
    {
      said: [
        { day: '2026-07-14', number: 0 },
        { day: '2026-07-15', number: 0 },
      ],
    },
  ]);
});

test('a drink is counted in units of alcohol, not here', () => {
  const pint = { ...use('a', 'Alcohol', 2, 'pint'), drink: { ml: 568, abv: 4 } };
  expect(usesIn([on('2026-07-14', { uses: [pint] })], week)).toEqual([]);
});

function use(substance: string, text: string, amount: number, unit: string) {
  return { id: `${substance}${unit}`, substance, text, amount, unit };
}

function on(day: string, substances?: Substances): MomentFacts {
  return { day, hour: null, values: [], surroundings: {}, ...(substances && { substances }) };
}
