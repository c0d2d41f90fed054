import {
  type EntryRecord,
  type MomentDraft,
  atInstant,
  binRecord,
  createClock,
  editRecord,
  newMoment,
  newSetting,
  onDay,
  type Tombstone,
} from '@evenkeel/journal';
import { bytesToDeviceId } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportJson, parseExportJson } from './export-json.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const clock = createClock({ now: () => NOW, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });

const own = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).filter((text) => text.trim() !== '');
const draft: fc.Arbitrary<MomentDraft> = fc.record(
  {
    when: fc.oneof(
      fc.constant(onDay('2024-02-29', 'Asia/Kathmandu')),
      fc
        .integer({ min: Date.UTC(2000, 0, 3), max: Date.UTC(2099, 0, 1) })
        .map((at) => atInstant(at, 'Europe/London')),
    ),
    mood: fc.record({
      valence: fc.double({ min: -1, max: 1, noNaN: true }),
      words: fc.array(
        own.map((text) => ({ own: text })),
        { maxLength: 2 },
      ),
    }),
    surroundings: fc.record({ places: fc.array(own, { maxLength: 3 }) }),
    words: fc.string({ maxLength: 60, unit: 'binary' }),
    notForSharing: fc.boolean(),
  },
  { requiredKeys: ['when', 'mood'] },
);

test('what is exported is what is read back: records, history, bin, tombstones, settings and sections', () => {
  fc.assert(
    fc.property(
      fc.array(draft, { maxLength: 4 }),
      fc.boolean(),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
      (drafts, bin, extra) => {
        const records: EntryRecord[] = [];
        const tombstones: Tombstone[] = [];
        for (const one of drafts) {
          const made = newMoment(one, { clock, now: NOW, source: { app: 'daylio', file: 'f', row: 3 } });
          for (const record of made.ok ? made.records : []) {
            const edited = editRecord(
              record,
              { fields: { 'from-a-newer-app': { deep: [1, null] } }, when: onDay('2025-01-01', 'UTC') },
              clock,
            );
            const change = bin ? binRecord(edited?.record ?? record, { clock, now: NOW }) : edited;
            if (change !== null) records.push(change.record);
            if (change?.kind === 'moved') tombstones.push(change.tombstone);
          }
        }
        const setting = newSetting(
          { kind: 'value', text: 'Ola', area: 'family', importance: 9, order: 0, archived: false },
          { clock, now: NOW },
        );
        if (setting !== null) records.push({ ...setting, rest: { later: [true] } });
        const sections = JSON.parse(JSON.stringify({ grants: [{ id: 1 }], extra: Object.entries(extra) }));
        const diary = { exportedAt: NOW, records, tombstones, sections };
        expect(parseExportJson(exportJson(diary))).toEqual({ ok: true, export: diary });
      },
    ),
    { numRuns: 1000 },
  );
});

test('a person can read the export: categories by name, times as times', () => {
  const made = newMoment(
    { when: atInstant(NOW, 'Europe/London'), words: 'A long day.' },
    { clock, now: NOW },
  );
  const text = exportJson({
    exportedAt: NOW,
    records: made.ok ? made.records : [],
    tombstones: [],
    sections: {},
  });
  expect(text).toContain('"category": "words"');
  expect(text).toContain('"at": "2026-11-22T09:30:00.000Z"');
  expect(text).toContain('"zone": "Europe/London"');
  expect(text).toContain('"A long day."');
});

test('another file, a newer export and a damaged one are told apart', () => {
  const whole = exportJson({ exportedAt: NOW, records: [], tombstones: [], sections: {} });
  expect(parseExportJson('hello')).toEqual({ ok: false, reason: 'not-an-export' });
  expect(parseExportJson('{"format":"other","version":1}')).toEqual({ ok: false, reason: 'not-an-export' });
  expect(parseExportJson(whole.replace('"version": 1', '"version": 2'))).toEqual({
    ok: false,
    reason: 'newer-app-needed',
  });
  expect(parseExportJson(whole.replace('"records": []', '"records": [{}]'))).toEqual({
    ok: false,
    reason: 'malformed',
  });
  expect(parseExportJson(`\ufeff${whole}`).ok).toBe(true);
  const made = newMoment(
    { when: atInstant(NOW, 'Europe/London'), mood: { valence: 0.25 } },
    { clock, now: NOW },
  );
  const one = exportJson({
    exportedAt: NOW,
    records: made.ok ? made.records : [],
    tombstones: [],
    sections: {},
  });
  expect(parseExportJson(one.replace('0.25', '25'))).toEqual({ ok: false, reason: 'malformed' });
  expect(parseExportJson(one.replace('"day": 22', '"day": 21'))).toEqual({ ok: false, reason: 'malformed' });
});

test('200,000 random inputs give only typed outcomes', () => {
  const made = newMoment(
    { when: onDay('2025-01-01', 'UTC'), mood: { valence: 0.5, words: [{ id: 'calm' }] } },
    { clock, now: NOW },
  );
  const [record] = made.ok ? made.records : [];
  const change = record && binRecord(record, { clock, now: NOW });
  if (change?.kind !== 'moved') throw new Error('the mood was not made');
  const diary = { exportedAt: NOW, records: [change.record], tombstones: [change.tombstone], sections: {} };
  const tokens = JSON.stringify(JSON.parse(exportJson(diary))).split(/(?<=[,:[\]{}])|(?=[,:[\]{}])/);
  const pieces = ['null', '0', '-1', '2', '1e999', '""', '[]', '{}', '"__proto__"', ',', '"\\ud800"'];
  let state = 0x9e3779b9;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const said = { read: 0, 'not-an-export': 0, 'newer-app-needed': 0, malformed: 0 };
  for (let i = 0; i < 200_000; i += 1) {
    const changed = [...tokens];
    for (let changes = random(12); changes > 0; changes -= 1)
      changed[random(changed.length)] = pieces[random(pieces.length)] ?? '';
    const parsed = parseExportJson(changed.join(''));
    said[parsed.ok ? 'read' : parsed.reason] += 1;
  }
  expect(Object.values(said).reduce((sum, count) => sum + count, 0)).toBe(200_000);
  for (const [outcome, count] of Object.entries(said)) expect(count, outcome).toBeGreaterThan(5);
}, 60_000);

test('an export nested ten thousand deep is malformed, not a fault', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const text = exportJson({ exportedAt: NOW, records: [], tombstones: [], sections: {} });
  expect(parseExportJson(text.replace('"sections": {}', `"sections": {"x": ${deep}}`))).toEqual({
    ok: false,
    reason: 'malformed',
  });
});
