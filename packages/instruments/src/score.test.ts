import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleOf } from './catalogue.ts';
import { INSTRUMENT_IDS, type Scale } from './scale.ts';
import { type Answers, bandOf, differenceOf, itemsToNotice, parts, score } from './score.ts';

const summed = INSTRUMENT_IDS.map(scaleOf).filter((scale) => scale.total !== null);

/** Every choice item answered with its lowest, or highest, score. */
function every(scale: Scale, end: 'lowest' | 'highest'): Answers {
  return Object.fromEntries(
    scale.items.map((item) => {
      if (item.kind !== 'choice') throw new Error('a sum has choice items only');
      return [item.id, end === 'lowest' ? Math.min(...item.scores) : Math.max(...item.scores)];
    }),
  );
}

function anyAnswers(scale: Scale): fc.Arbitrary<Record<string, number>> {
  return fc.record(
    Object.fromEntries(
      scale.items.map((item) => [item.id, fc.constantFrom(...(item.kind === 'choice' ? item.scores : [0]))]),
    ),
  );
}

test.each(summed)('the lowest and the highest answers of the $title reach the ends of its total', (scale) => {
  expect(score(scale, every(scale, 'lowest'))).toMatchObject({ ok: true, total: scale.total?.min });
  expect(score(scale, every(scale, 'highest'))).toMatchObject({ ok: true, total: scale.total?.max });
});

test.each(summed)('the ranges of the $title cover its total without a gap or an overlap', (scale) => {
  expect(scale.bands[0]?.min).toBe(scale.total?.min);
  expect(scale.bands.at(-1)?.max).toBe(scale.total?.max);
  scale.bands.slice(1).forEach((band, index) => {
    expect(band.min).toBe((scale.bands[index]?.max ?? Number.NaN) + 1);
  });
});

test('each range begins and ends where its source says', () => {
  const edges = Object.fromEntries(
    summed.map((scale) => [
      scale.id,
      scale.bands.map(({ min, max }) => {
        expect(bandOf(scale, min)).toBe(bandOf(scale, max));
        return `${min}–${max} ${bandOf(scale, min)?.label}`;
      }),
    ]),
  );
  expect(edges).toEqual({
    'phq-9': ['0–4 minimal', '5–9 mild', '10–14 moderate', '15–19 moderately severe', '20–27 severe'],
    'gad-7': ['0–4 minimal', '5–9 mild', '10–14 moderate', '15–21 severe'],
    'phq-2': ['0–2 below the point for asking more', '3–6 at or above the point for asking more'],
    'gad-2': ['0–2 below the point for asking more', '3–6 at or above the point for asking more'],
    'pcl-5': ['0–30 below the cut-point', '31–33 around the cut-point', '34–80 above the cut-point'],
    k10: ['10–19 low', '20–24 mild', '25–29 moderate', '30–50 severe'],
  });
});

test('a number that is no total has no range', () => {
  for (const total of [-1, 28, 4.5, Number.NaN]) expect(bandOf(scaleOf('phq-9'), total)).toBeUndefined();
});

test.each(summed)('whatever is answered, the total of the $title lies between its ends', (scale) => {
  fc.assert(
    fc.property(anyAnswers(scale), (answers) => {
      const scored = score(scale, answers);
      if (!scored.ok) throw new Error(scored.reason);
      expect(scored.total).toBeGreaterThanOrEqual(scale.total?.min ?? Number.NaN);
      expect(scored.total).toBeLessThanOrEqual(scale.total?.max ?? Number.NaN);
      expect(scored.band).toBe(bandOf(scale, scored.total));
    }),
  );
});

test.each(summed)('one answer of the $title raised raises the total by as much', (scale) => {
  fc.assert(
    fc.property(anyAnswers(scale), fc.nat(scale.items.length - 1), (answers, index) => {
      const item = scale.items[index];
      if (item?.kind !== 'choice') throw new Error('no such item');
      const before = score(scale, { ...answers, [item.id]: Math.min(...item.scores) });
      const after = score(scale, { ...answers, [item.id]: Math.max(...item.scores) });
      if (!before.ok || !after.ok) throw new Error('not scored');
      expect(after.total - before.total).toBe(Math.max(...item.scores) - Math.min(...item.scores));
    }),
  );
});

test.each(summed)('the $title has no total while one item is open or "rather not say"', (scale) => {
  for (const { id } of scale.items) {
    const { [id]: _, ...rest } = every(scale, 'highest');
    expect(score(scale, rest)).toEqual({ ok: false, reason: 'incomplete', items: [id] });
    expect(score(scale, { ...rest, [id]: null })).toEqual({ ok: false, reason: 'incomplete', items: [id] });
  }
});

test('an answer that the instrument does not have is refused, and named', () => {
  const scale = scaleOf('phq-9');
  const answers = every(scale, 'lowest');
  for (const wrong of [4, -1, 1.5, Number.NaN, '1']) {
    expect(score(scale, { ...answers, q3: wrong })).toEqual({
      ok: false,
      reason: 'not-an-answer',
      items: ['q3'],
    });
  }
  expect(score(scale, { ...answers, q10: 0 })).toMatchObject({ reason: 'not-an-answer', items: ['q10'] });
  expect(score(scaleOf('k10'), { ...every(scaleOf('k10'), 'lowest'), q1: 0 })).toMatchObject({ ok: false });
});

test('item 9 of the PHQ-9 is noticed at any answer but "not at all", with or without a total', () => {
  const scale = scaleOf('phq-9');
  for (const answer of [1, 2, 3])
    expect(itemsToNotice(scale, { q9: answer })).toEqual([{ item: 'q9', from: 1 }]);
  for (const answer of [0, null]) expect(itemsToNotice(scale, { q9: answer })).toEqual([]);
  expect(itemsToNotice(scale, {})).toEqual([]);
  expect(itemsToNotice(scale, { ...every(scale, 'highest'), q9: 0 })).toEqual([]);
});

test('the clusters of the PCL-5 add up by themselves, and to the whole', () => {
  const scale = scaleOf('pcl-5');
  fc.assert(
    fc.property(anyAnswers(scale), (answers) => {
      const clusters = parts(scale, answers).map(({ total }) => total ?? Number.NaN);
      expect(score(scale, answers)).toMatchObject({ total: clusters.reduce((sum, part) => sum + part, 0) });
    }),
  );
  expect(parts(scale, every(scale, 'highest')).map(({ subscale, total }) => [total, subscale.max])).toEqual([
    [20, 20],
    [8, 8],
    [28, 28],
    [24, 24],
  ]);
});

test('a part with an open item has no total, and the others keep theirs', () => {
  const scale = scaleOf('pcl-5');
  const { q6: _, ...answers } = every(scale, 'highest');
  expect(parts(scale, answers).map(({ total }) => total)).toEqual([20, undefined, 28, 24]);
});

test('the TOP has days of each substance over four weeks, and no sum', () => {
  const top = scaleOf('top');
  const answers = {
    'alcohol-week-4': 7,
    'alcohol-week-3': 2,
    'alcohol-week-2': 0,
    'alcohol-week-1': 1,
    'alcohol-amount': 4.5,
    'other-name': 'ketamine',
    'quality-of-life': 11,
    eviction: 0,
  };
  expect(score(top, answers)).toEqual({ ok: false, reason: 'no-total' });
  const days = new Map(parts(top, answers).map(({ subscale, total }) => [subscale.id, total]));
  expect(days.get('alcohol')).toBe(10);
  expect(days.get('opiates')).toBeUndefined();
});

test('the TOP refuses an eighth day of the week, half a day, a rating above 20 and an endless name', () => {
  const top = scaleOf('top');
  for (const wrong of [
    { 'alcohol-week-4': 8 },
    { 'alcohol-week-4': 1.5 },
    { physical: 21 },
    { 'other-name': 'x'.repeat(61) },
    { 'other-name': 1 },
    { 'alcohol-amount': '4' },
  ])
    expect(score(top, wrong)).toEqual({ ok: false, reason: 'not-an-answer', items: Object.keys(wrong) });
});

test('a difference counts from the points that its source calls reliable', () => {
  const phq9 = scaleOf('phq-9');
  expect(differenceOf(phq9, 17, 8)).toMatchObject({ points: 9, direction: 'lower' });
  expect(differenceOf(phq9, 10, 4)).toMatchObject({ points: 6, direction: 'lower' });
  expect(differenceOf(phq9, 10, 5)).toMatchObject({ points: 5, direction: 'unclear' });
  expect(differenceOf(phq9, 5, 10)).toMatchObject({ points: 5, direction: 'unclear' });
  expect(differenceOf(phq9, 4, 10)).toMatchObject({ points: 6, direction: 'higher' });
  expect(differenceOf(scaleOf('gad-7'), 9, 5)).toMatchObject({ points: 4, direction: 'lower' });
  expect(differenceOf(scaleOf('pcl-5'), 40, 26)).toMatchObject({ points: 14, direction: 'unclear' });
});

test('nothing is called reliable where no source says what is', () => {
  for (const id of ['phq-2', 'gad-2', 'k10', 'top'] as const)
    expect(differenceOf(scaleOf(id), 0, 50)).toBeUndefined();
});
