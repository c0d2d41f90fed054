import { readFileSync } from 'node:fs';
import { z } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { loadWording, scaleOf } from './catalogue.ts';
import { loincCodes } from './loinc.ts';
import type { InstrumentId } from './scale.ts';
import { type Answers, score } from './score.ts';

const responseSchema = z.object({
  item: z.array(
    z.object({
      linkId: z.string(),
      answer: z.array(
        z.object({
          valueCoding: z.optional(z.object({ code: z.string(), display: z.string() })),
          valueDecimal: z.optional(z.number()),
        }),
      ),
    }),
  ),
});

/** The published response, its items matched by LOINC code and its answers by their words. */
async function answersOf(file: string, id: InstrumentId): Promise<Answers> {
  const text = readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8');
  const { item: given } = responseSchema.parse(JSON.parse(text));
  const { questions } = await loadWording(id);
  return Object.fromEntries(
    scaleOf(id).items.map((item, at) => {
      const question = questions.find((candidate) => candidate.id === item.id);
      const answer = given.find(({ linkId }) => linkId.replace('/', '') === loincCodes[id]?.items[at])
        ?.answer[0];
      const option =
        question?.kind === 'choice'
          ? question.options.find(({ label }) => label === answer?.valueCoding?.display)
          : undefined;
      return [item.id, option?.score ?? null];
    }),
  );
}

test('the PHQ-9 of HL7 US Core scores 12, moderate', async () => {
  const scored = score(scaleOf('phq-9'), await answersOf('us-core-phq-9-response.json', 'phq-9'));
  expect(scored).toMatchObject({ ok: true, total: 12, band: { label: 'moderate' } });
});

test('the PHQ-9 of HL7 Personal Health Records scores 3, minimal', async () => {
  const scored = score(scaleOf('phq-9'), await answersOf('phr-phq-9-response.json', 'phq-9'));
  expect(scored).toMatchObject({ ok: true, total: 3, band: { label: 'minimal' } });
});

test('the GAD-7 of HL7 Personal Health Records scores 3, minimal', async () => {
  const scored = score(scaleOf('gad-7'), await answersOf('phr-gad-7-response.json', 'gad-7'));
  expect(scored).toMatchObject({ ok: true, total: 3, band: { label: 'minimal' } });
});
