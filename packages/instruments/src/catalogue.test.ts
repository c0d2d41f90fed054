import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isInstrumentId, loadWording, scaleOf } from './catalogue.ts';
import { INSTRUMENT_IDS } from './scale.ts';

test.each(INSTRUMENT_IDS)('what %s asks is what is scored, item by item and answer by answer', async (id) => {
  const scale = scaleOf(id);
  const wording = await loadWording(id);
  expect(scale.id).toBe(id);
  expect([wording.id, wording.version, wording.title]).toEqual([id, scale.version, scale.title]);
  expect(
    wording.questions.map((question) => ({
      id: question.id,
      kind: question.kind,
      scores: question.kind === 'choice' ? question.options.map((option) => option.score) : [],
    })),
  ).toEqual(
    scale.items.map((item) => ({
      id: item.id,
      kind: item.kind,
      scores: item.kind === 'choice' ? item.scores : [],
    })),
  );
  expect(new Set(scale.items.map((item) => item.id)).size).toBe(scale.items.length);
  expect(Object.keys(wording.subscales).toSorted()).toEqual(
    scale.subscales.map((subscale) => subscale.id).toSorted(),
  );
  const groups = new Set(wording.groups.map((group) => group.id));
  for (const { group } of wording.questions) if (group !== undefined) expect(groups).toContain(group);
});

test.each(INSTRUMENT_IDS)('%s says whose it is and what is allowed', async (id) => {
  const { licence } = await loadWording(id);
  expect(licence.owner).not.toBe('');
  expect(licence.terms).not.toBe('');
  const source = readFileSync(new URL(`./${id}/SOURCE.md`, import.meta.url), 'utf8');
  expect(Object.keys(licence).toSorted(), 'every fact is stated').toEqual(
    ['owner', 'terms', 'notice', 'commercial', 'derivatives', 'source'].toSorted(),
  );
  // A two-item form rests on the page of the long one.
  const long =
    new Map<string, string>([
      ['phq-2', 'phq-9'],
      ['gad-2', 'gad-7'],
    ]).get(id) ?? id;
  const page = readFileSync(new URL(`./${long}/SOURCE.md`, import.meta.url), 'utf8');
  expect(page, 'where the terms were read').toContain(licence.source);
  for (const heading of ['icence', 'Wording.', 'Scoring.', 'LOINC.', 'Not checked against the original'])
    expect(source).toContain(heading);
});

test('each published range, cut-off and reliable change names its source', () => {
  for (const scale of INSTRUMENT_IDS.map(scaleOf)) {
    const claims = [
      ...scale.bands,
      ...scale.cutOffs,
      ...(scale.reliableChange ? [scale.reliableChange] : []),
    ];
    for (const { source } of claims) {
      expect(source).toMatch(/doi:10\.\d{4,}|4817\.0\.55\.001/);
      const doi = /doi:\S+/.exec(source)?.[0];
      const page = readFileSync(new URL(`./${scale.id}/SOURCE.md`, import.meta.url), 'utf8');
      if (doi !== undefined) expect(page).toContain(doi);
    }
  }
});

test('only what may be bundled is here', () => {
  const here = new URL('.', import.meta.url);
  const folders = readdirSync(here).filter((name) => existsSync(new URL(`${name}/SOURCE.md`, here)));
  expect(folders.toSorted()).toEqual([...INSTRUMENT_IDS].toSorted());
  for (const id of ['who-5', 'core-10', 'wemwbs', 'toString']) expect(isInstrumentId(id)).toBe(false);
  expect(isInstrumentId('phq-9')).toBe(true);
});

test('nothing that may not be used for money, or not be changed, is carried; what asks for a notice says so', async () => {
  const facts = await Promise.all(
    INSTRUMENT_IDS.map(async (id) => {
      const { notice, commercial, derivatives } = (await loadWording(id)).licence;
      return [id, notice, commercial, derivatives];
    }),
  );
  expect(facts.flat()).not.toContain('refused');
  expect(facts).toEqual([
    ['phq-9', false, 'not-said', 'not-said'],
    ['gad-7', false, 'not-said', 'not-said'],
    ['phq-2', false, 'not-said', 'not-said'],
    ['gad-2', false, 'not-said', 'not-said'],
    ['pcl-5', false, 'given', 'given'],
    ['k10', true, 'given', 'given'],
    ['top', true, 'given', 'given'],
  ]);
});

test('the two-item forms are the first two items of the long ones, word for word', async () => {
  for (const [short, long] of [
    ['phq-2', 'phq-9'],
    ['gad-2', 'gad-7'],
  ] as const) {
    expect((await loadWording(short)).questions).toEqual((await loadWording(long)).questions.slice(0, 2));
    expect(scaleOf(short).items).toEqual(scaleOf(long).items.slice(0, 2));
  }
});
