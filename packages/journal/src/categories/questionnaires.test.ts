import { scaleOf } from '@evenkeel/instruments';
import { bytesToDeviceId } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { encodeRecord, parseRecord } from '../entry-codec.ts';
import type { EntryRecord } from '../entry.ts';
import { mergeRecords } from '../merge.ts';
import { atInstant, editMoment, newMoment } from '../moment.ts';
import { type Questionnaire, questionnaireOf } from './questionnaires.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const when = atInstant(NOW, 'Europe/London');
const deviceOf = (byte: number, later: number) => ({
  clock: createClock({ now: () => NOW + later, dev: bytesToDeviceId(new Uint8Array(16).fill(byte)) }),
  now: NOW + later,
});

/** A PHQ-9 with these answers, in order, and the total that a device makes of them. */
const phq9 = (scores: readonly (number | null)[], version = scaleOf('phq-9').version): Questionnaire => ({
  instrument: 'phq-9',
  version,
  language: 'en-GB',
  answers: Object.fromEntries(scores.map((score, index) => [`q${index + 1}`, score])),
  total: scores.includes(null) ? null : scores.reduce<number>((sum, score) => sum + (score ?? 0), 0),
});

const kept = (questionnaire: Questionnaire): EntryRecord => {
  const made = newMoment({ when, questionnaire }, deviceOf(1, 0));
  const [record] = made.ok ? made.records : [];
  if (record === undefined) throw new Error('nothing was made');
  return record;
};

const changedTo = (record: EntryRecord, questionnaire: Questionnaire, byte: number, later: number) => {
  const edited = editMoment([record], { when, questionnaire }, deviceOf(byte, later));
  if (!edited.ok) throw new Error(edited.reason);
  return edited.changes[0]?.record ?? record;
};

const NONE = [0, 0, 0, 0, 0, 0, 0, 0, 0];

test('two devices that each change an answer end with both, and with the total of both', () => {
  const first = kept(phq9(NONE));
  const phone = changedTo(first, phq9(NONE.with(2, 3)), 1, 5000);
  const tablet = changedTo(first, phq9(NONE.with(4, 2)), 2, 3000);
  for (const merged of [mergeRecords(phone, tablet), mergeRecords(tablet, phone)])
    expect(questionnaireOf(merged)).toEqual(phq9(NONE.with(2, 3).with(4, 2)));
});

test('an answer that one device takes back leaves no total, whatever the other has added up', () => {
  const first = kept(phq9(NONE));
  const phone = changedTo(first, phq9(NONE.with(2, 3)), 1, 5000);
  const tablet = changedTo(first, phq9([...NONE.slice(0, 8), null]), 2, 3000);
  expect(questionnaireOf(mergeRecords(phone, tablet))).toMatchObject({
    answers: { q3: 3, q9: null },
    total: null,
  });
});

const scores = fc.array(fc.constantFrom(0, 1, 2, 3, null), { minLength: 9, maxLength: 9 });

test('score and answers never disagree, however often two devices change them apart', () => {
  fc.assert(
    fc.property(
      scores,
      fc.array(fc.tuple(scores, scores), { minLength: 1, maxLength: 3 }),
      (before, turns) => {
        let record = kept(phq9(before));
        for (const [index, [mine, other]] of turns.entries()) {
          const phone = changedTo(record, phq9(mine), 1, index * 9000 + 5000);
          const tablet = changedTo(record, phq9(other), 2, index * 9000 + 3000);
          const read = parseRecord(encodeRecord(mergeRecords(phone, tablet)));
          if (!read.ok) throw new Error(read.reason);
          record = read.record;
          const said = questionnaireOf(record);
          const now = Array.from({ length: 9 }, (_, item) =>
            Number(said?.answers[`q${item + 1}`] ?? Number.NaN),
          );
          const sum = now.reduce((total, score) => total + score, 0);
          expect(said?.total).toBe(Number.isNaN(sum) ? null : sum);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('of a form this app does not have, a total is shown only while it must be that of the answers', () => {
  const newer = (answers: readonly number[]) => phq9(answers, 'newer');
  const first = kept(newer(NONE));
  const phone = changedTo(first, newer(NONE.with(2, 3)), 1, 5000);
  const tablet = changedTo(first, newer(NONE.with(4, 2)), 2, 3000);
  expect(questionnaireOf(first)?.total).toBe(0);
  expect(questionnaireOf(phone)?.total).toBe(3);
  for (const merged of [mergeRecords(phone, tablet), mergeRecords(tablet, phone)])
    expect(questionnaireOf(merged)?.total).toBeNull();
});
