import { bytesToDeviceId, bytesToMomentId, paddedSize, utf8, utf8ToText } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORY_NUMBERS } from './categories.ts';
import { createClock } from './clock.ts';
import { editRecord } from './edit.ts';
import { encodeRecord, encodeTombstone, parseRecord, parseTombstone } from './entry-codec.ts';
import { type EntryRecord, onDay } from './entry.ts';
import { encodeLockedNote, parseLockedNote } from './locked-note.ts';
import { sameRecord } from './merge.ts';
import { type MomentDraft, atInstant, newCondition, newMoment, newPlanLine, newSetting } from './moment.ts';
import { binRecord, eraseRecord, hideFromSharing } from './move.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const clock = createClock({ now: () => NOW, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
const london = atInstant(NOW, 'Europe/London');

function recordsOf(draft: MomentDraft): readonly EntryRecord[] {
  const made = newMoment(draft, { clock, now: NOW + 4000 });
  if (!made.ok) throw new Error(made.reason);
  return made.records;
}

const ownText = fc
  .string({ minLength: 1, maxLength: 40, unit: 'binary' })
  .filter((text) => text.trim() !== '');
const axis = fc.double({ min: -1, max: 1, noNaN: true });
const draft: fc.Arbitrary<MomentDraft> = fc.record(
  {
    when: fc.oneof(
      fc.constant(onDay('2024-02-29', 'Asia/Kathmandu')),
      fc
        .integer({ min: Date.UTC(2000, 0, 3), max: Date.UTC(2099, 0, 1) })
        .map((at) => atInstant(at, 'America/St_Johns')),
    ),
    mood: fc.record(
      {
        valence: axis,
        arousal: axis,
        words: fc.array(
          ownText.map((own) => ({ own })),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['valence'] },
    ),
    values: fc.array(
      fc.record({
        value: fc.constantFrom('a', 'b'),
        text: ownText,
        closeness: fc.integer({ min: 0, max: 10 }),
      }),
      { maxLength: 2 },
    ),
    surroundings: fc.record({
      activities: fc.array(ownText, { maxLength: 3 }),
      people: fc.array(ownText, { maxLength: 3 }),
    }),
    words: fc.string({ maxLength: 200, unit: 'binary' }),
    notForSharing: fc.boolean(),
  },
  { requiredKeys: ['when', 'mood'] },
);

test('what was written is what is read, whatever was written, edited, moved or erased', () => {
  fc.assert(
    fc.property(draft, fc.boolean(), axis, (made, binned, valence) => {
      for (const record of recordsOf(made)) {
        const edited = editRecord(record, { fields: { valence } }, clock)?.record ?? record;
        const moved = binned ? binRecord(edited, { clock, now: NOW }) : null;
        const kept = record.cat === CATEGORY_NUMBERS.mood ? (moved?.record ?? edited) : record;
        const read = parseRecord(encodeRecord(kept));
        expect(read.ok && sameRecord(read.record, kept)).toBe(true);
        const tombstone = moved?.kind === 'moved' ? moved.tombstone : eraseRecord(kept);
        expect(parseTombstone(encodeTombstone(tombstone))).toEqual({ ok: true, tombstone });
      }
    }),
    { numRuns: 1000 },
  );
});

test('a setting is read back, tied to no day', () => {
  const setting = newSetting(
    { kind: 'value', text: 'Being there for Ola', area: 'family', importance: 9, order: 1, archived: false },
    { clock, now: NOW },
  );
  if (setting === null) throw new Error('the setting was not made');
  const read = parseRecord(encodeRecord(setting));
  expect(read).toEqual({ ok: true, record: setting });
});

test('an ordinary mood with two words fits the smallest padded envelope', () => {
  const [mood] = recordsOf({
    when: london,
    mood: { valence: -0.35, arousal: 0.42, words: [{ id: 'worried' }, { id: 'hopeful' }] },
  });
  if (mood === undefined) throw new Error('the mood was not made');
  expect(paddedSize(encodeRecord(mood).length)).toBe(256);
});

test('the longest text, edited again and again in any script, stays inside one envelope', () => {
  let [record] = recordsOf({ when: london, words: '心'.repeat(10_000) });
  for (let i = 0; i < 9; i += 1) {
    if (record !== undefined)
      record = editRecord(record, { fields: { text: String(i) + '心'.repeat(9_999) } }, clock)?.record;
  }
  if (record === undefined) throw new Error('the words were not made');
  expect(record.fields['text']?.history?.length).toBeGreaterThanOrEqual(1);
  expect(paddedSize(encodeRecord(record).length) + 208).toBeLessThan(64 * 1024);
});

test('a version or a category this app does not know asks for a newer app, not for quarantine', () => {
  const [mood] = recordsOf({ when: london, mood: { valence: 0 } });
  if (mood === undefined) throw new Error('the mood was not made');
  const text = utf8ToText(encodeRecord(mood)) ?? '';
  expect(parseRecord(utf8(text.replace('"v":1', '"v":2')))).toEqual({
    ok: false,
    reason: 'newer-app-needed',
  });
  expect(parseRecord(utf8(text.replace('"c":1', '"c":77')))).toEqual({
    ok: false,
    reason: 'newer-app-needed',
  });
  expect(parseTombstone(utf8('{"v":9,"c":1}'))).toEqual({ ok: false, reason: 'newer-app-needed' });
});

test('a record that contradicts itself is malformed', () => {
  const [mood] = recordsOf({ when: london, mood: { valence: 0 } });
  const hidden = mood && hideFromSharing(mood, { clock })?.record;
  if (mood === undefined || hidden === undefined) throw new Error('the mood was not made');
  const changed = (record: EntryRecord, from: string, to: string) => {
    const text = utf8ToText(encodeRecord(record)) ?? '';
    expect(text).toContain(from);
    return parseRecord(utf8(text.replace(from, to)));
  };
  const malformed = { ok: false, reason: 'malformed' };
  expect(changed(mood, '"p":[322,22]', '"p":[322,31]'), 'no such day').toEqual(malformed);
  expect(changed(mood, '"p":[322,22]', '"p":[65535,0]'), 'undated, with a time in a zone').toEqual(malformed);
  expect(changed(mood, '"c":1', '"c":241'), 'private without its own category').toEqual(malformed);
  expect(changed(hidden, '"c":241', '"c":1'), 'own category outside the private one').toEqual(malformed);
  expect(changed(hidden, '"x":[1,', '"x":[241,'), 'private by nature').toEqual(malformed);
  expect(changed(mood, '"valence":[0,0]', '"valence":[0,7]'), 'off the grid').toEqual(malformed);
  expect(changed(mood, '"valence":[0,0]', '"valence":[1,0]'), 'a stamp that is not there').toEqual(malformed);
  expect(changed(mood, '"valence":[0,0]', '"valence":[0,null]'), 'a mood about nothing').toEqual(malformed);
  expect(changed(mood, '"Europe/London"', '"Europe London"'), 'no zone').toEqual(malformed);
});

test('every byte that is lost or changed gives a typed outcome', () => {
  const [mood] = recordsOf({
    when: london,
    mood: { valence: 0.5, arousal: -0.5, words: [{ own: 'okay-ish' }] },
  });
  if (mood === undefined) throw new Error('the mood was not made');
  const bytes = encodeRecord(mood);
  for (let at = 0; at < bytes.length; at += 1) {
    expect(parseRecord(bytes.subarray(0, at)).ok).toBe(false);
    for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const flipped = new Uint8Array(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ bit;
      expect(['malformed', 'newer-app-needed', 'read']).toContain(outcomeOf(parseRecord(flipped)));
    }
  }
});

test('200,000 random inputs to each decoder give only typed outcomes', () => {
  const [mood] = recordsOf({
    when: london,
    mood: { valence: 0.5, words: [{ id: 'calm' }] },
    words: 'a note',
  });
  const others = recordsOf({
    when: london,
    sleep: { asleep: '23:20', awake: '06:40', minutes: 400, quality: 3 },
    symptoms: {
      energy: 4,
      symptoms: [{ id: 'y1', text: 'Headache', severity: 2, part: 'morning' }],
      cravings: [{ id: 'c1', text: 'To drink', strength: 6 }],
    },
    substances: {
      uses: [
        {
          id: 'u1',
          substance: 's1',
          text: 'Alcohol',
          amount: 2,
          unit: 'pint',
          drink: { ml: 568, abv: 4 },
        },
      ],
      none: [{ substance: 's3', text: 'Nicotine', alcohol: false }],
      nothing: true,
    },
    questionnaire: {
      instrument: 'phq-9',
      version: '1',
      language: 'en',
      answers: { q1: 2, q2: null, q3: 'often' },
      total: 12,
    },
    medication: [{ medication: 'm1', text: 'Sertraline', what: 'changed', note: 'half' }],
    trackers: [{ tracker: 't1', text: 'Calm', said: { shape: 'scale', value: 6, min: 0, max: 10 } }],
  });
  const undated = [
    newCondition({ text: 'Asthma', since: '1998-05', status: 'past', note: 'mild' }, { clock, now: NOW }),
    newPlanLine(
      { section: 'people-to-ask', text: 'Ola', phone: '07700 900123', order: 1 },
      { clock, now: NOW },
    ),
  ].flatMap((record) => record ?? []);
  const binned = mood && binRecord(mood, { clock, now: NOW });
  if (mood === undefined || binned?.kind !== 'moved') throw new Error('the mood was not made');
  const texts = [
    utf8ToText(encodeRecord(mood)) ?? '',
    utf8ToText(encodeRecord(binned.record)) ?? '',
    utf8ToText(encodeTombstone(binned.tombstone)) ?? '',
    ...[...others, ...undated].map((record) => utf8ToText(encodeRecord(record)) ?? ''),
  ];
  const random = seeded(20_261_122);
  const outcomes = { malformed: 0, 'newer-app-needed': 0, read: 0 };
  for (let i = 0; i < 200_000; i += 1) {
    const bytes = i % 8 === 3 ? noise(random) : utf8(mangled(texts[i % texts.length] ?? '', random));
    outcomes[outcomeOf(parseRecord(bytes))] += 1;
    outcomes[outcomeOf(parseTombstone(bytes))] += 1;
  }
  expect(outcomes.malformed + outcomes['newer-app-needed'] + outcomes.read).toBe(400_000);
  expect(outcomes.read).toBeGreaterThan(1000);
  expect(outcomes['newer-app-needed']).toBeGreaterThan(100);
});

test('so does a note that was left while locked', () => {
  const text =
    utf8ToText(
      encodeLockedNote({
        id: bytesToMomentId(new Uint8Array(16).fill(3)),
        at: NOW,
        zone: 'Europe/London',
        mood: { valence: 0.5, words: [{ id: 'calm' }, { own: 'so-so' }] },
        text: 'a bad night',
      }),
    ) ?? '';
  const random = seeded(20_261_129);
  const outcomes = { none: 0, note: 0 };
  for (let i = 0; i < 200_000; i += 1) {
    const bytes = i % 8 === 3 ? noise(random) : utf8(mangled(text, random));
    outcomes[parseLockedNote(bytes) === null ? 'none' : 'note'] += 1;
  }
  expect(outcomes.none + outcomes.note).toBe(200_000);
  expect(outcomes.note).toBeGreaterThan(100);
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  expect(parseLockedNote(utf8(text.replace('0.5', deep)))).toBeNull();
});

test('JSON nested ten thousand deep is malformed, not a fault', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const [mood] = recordsOf({ when: london, mood: { valence: 0 } });
  const text = (mood && utf8ToText(encodeRecord(mood))) ?? '';
  expect(parseRecord(utf8(deep))).toEqual({ ok: false, reason: 'malformed' });
  expect(parseRecord(utf8(text.replace('"v":1', `"v":1,"rest":${deep}`)))).toEqual({
    ok: false,
    reason: 'malformed',
  });
  expect(parseRecord(utf8(text.replace('[0,0]', `[0,${deep}]`)))).toEqual({ ok: false, reason: 'malformed' });
});

function outcomeOf(parsed: ReturnType<typeof parseRecord> | ReturnType<typeof parseTombstone>) {
  return parsed.ok ? 'read' : parsed.reason;
}

/** mulberry32: the same inputs on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function noise(random: () => number): Uint8Array {
  return Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256));
}

const PIECES = [
  'null',
  '0',
  '-1',
  '1e999',
  '""',
  '[]',
  '{}',
  '"__proto__"',
  'true',
  '65535',
  '"\\ud800"',
  ',',
  ':',
  '2',
];

const knownTokens = new Map<string, readonly string[]>();
/** Taken apart once for each of the few texts that everything begins from. */
function tokensOf(text: string): readonly string[] {
  const tokens = knownTokens.get(text) ?? text.match(/[,:[\]{}]|[^,:[\]{}]+/g) ?? [];
  if (knownTokens.size < 500) knownTokens.set(text, tokens);
  return tokens;
}

/** A real text with one to three pieces replaced: most inputs reach deep into the decoder. */
function mangled(text: string, random: () => number): string {
  let out = text;
  for (let i = 0; i <= random() * 2; i += 1) {
    const tokens = [...tokensOf(out)];
    tokens[Math.floor(random() * tokens.length)] = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    out = tokens.join('');
  }
  return out;
}
