import { type RecordId, bytesToDeviceId } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORY_NUMBERS } from './categories.ts';
import { type Clock, createClock } from './clock.ts';
import { editRecord } from './edit.ts';
import { type EntryRecord, type Version, isBinned, latestStamp } from './entry.ts';
import { sameRecord } from './merge.ts';
import { mergeVersions, sameVersion, versionRec } from './merge-versions.ts';
import { atInstant, newMoment } from './moment.ts';
import { type Change, allowSharing, binRecord, eraseRecord, hideFromSharing, restoreRecord } from './move.ts';
import type { Stamp } from './stamp.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const HOUR = 3600_000;
const devices = [1, 2, 3].map((byte) => bytesToDeviceId(new Uint8Array(16).fill(byte)));

/** A diary as one device holds it: the version of each record, by id. */
type Diary = ReadonlyMap<RecordId, Version>;

function put(diary: Diary, arriving: Version): Diary {
  const held = diary.get(versionRec(arriving));
  if (held === undefined) return new Map(diary).set(versionRec(arriving), arriving);
  const { version, also } = mergeVersions(held, arriving);
  return also.reduce(put, new Map(diary).set(versionRec(version), version));
}

const versionsOf = (change: Change): readonly Version[] =>
  change.kind === 'edited'
    ? [{ kind: 'record', record: change.record }]
    : [
        { kind: 'record', record: change.record },
        { kind: 'tombstone', tombstone: change.tombstone },
      ];

const apply = (diary: Diary, change: Change | null): Diary =>
  change === null ? diary : versionsOf(change).reduce(put, diary);

const records = (diary: Diary): readonly EntryRecord[] =>
  [...diary.values()].flatMap((version) => (version.kind === 'record' ? [version.record] : []));

function clockAt(device: number, now: number): Clock {
  const dev = devices[device];
  if (dev === undefined) throw new Error('no such device');
  return createClock({ now: () => now, dev });
}

function begin(): { readonly mood: EntryRecord; readonly diary: Diary } {
  const made = newMoment(
    { when: atInstant(NOW, 'Europe/London'), mood: { valence: 0 } },
    { clock: clockAt(0, NOW), now: NOW },
  );
  const mood = made.ok ? made.records[0] : undefined;
  if (mood === undefined) throw new Error('the mood was not made');
  return { mood, diary: put(new Map(), { kind: 'record', record: mood }) };
}

test('an entry binned on two devices lies in the bin once', () => {
  const { mood, diary } = begin();
  const phone = binRecord(mood, { clock: clockAt(1, NOW + HOUR), now: NOW + HOUR });
  const tablet = binRecord(mood, { clock: clockAt(2, NOW + 2 * HOUR), now: NOW + 2 * HOUR });
  const both = apply(apply(diary, phone), tablet);
  expect(records(both)).toHaveLength(1);
  expect(records(both).every(isBinned)).toBe(true);
  expect(both).toEqual(apply(apply(diary, tablet), phone));
});

test('an edit made while another device moved the entry to the bin is found in the bin', () => {
  const { mood, diary } = begin();
  const binned = apply(diary, binRecord(mood, { clock: clockAt(1, NOW + HOUR), now: NOW + HOUR }));
  const edited = editRecord(mood, { fields: { arousal: 0.5 } }, clockAt(2, NOW + HOUR / 2));
  const [entry, ...others] = records(apply(binned, edited));
  expect(others).toEqual([]);
  expect(entry && isBinned(entry)).toBe(true);
  expect(entry?.fields['arousal']?.value).toBe(0.5);
});

test('an edit whose target has not arrived yet waits at the place it will have', () => {
  const { mood, diary } = begin();
  const move = binRecord(mood, { clock: clockAt(1, NOW + HOUR), now: NOW + HOUR });
  const edited = editRecord(mood, { fields: { arousal: 0.5 } }, clockAt(2, NOW + HOUR / 2));
  if (move?.kind !== 'moved' || edited === null) throw new Error('expected a move and an edit');
  const [target, tombstone] = versionsOf(move);
  const early = [...versionsOf(edited), tombstone, target].reduce(
    (held, version) => (version ? put(held, version) : held),
    diary,
  );
  const late = [target, tombstone, ...versionsOf(edited)].reduce(
    (held, version) => (version ? put(held, version) : held),
    diary,
  );
  expect(early).toEqual(late);
  expect(records(early).every(isBinned)).toBe(true);
});

test('an entry moved to two different days lies on the one chosen later, once, with both edits', () => {
  const { mood, diary } = begin();
  const monday = editRecord(
    mood,
    { when: atInstant(NOW + 24 * HOUR, 'Europe/London'), fields: { valence: 0.3 } },
    clockAt(1, NOW + HOUR),
  );
  const tuesday = editRecord(
    mood,
    { when: atInstant(NOW + 48 * HOUR, 'Europe/London'), fields: { arousal: 0.7 } },
    clockAt(2, NOW + 2 * HOUR),
  );
  const both = apply(apply(diary, monday), tuesday);
  const [entry, ...others] = records(both);
  expect(others).toEqual([]);
  expect(entry?.place).toEqual({ month: 322, day: 24 });
  expect(entry?.fields['valence']?.value).toBe(0.3);
  expect(entry?.fields['arousal']?.value).toBe(0.7);
  expect(apply(apply(diary, tuesday), monday)).toEqual(both);
});

test('deleting for good wins over what it had seen, and loses to an edit it had not', () => {
  const { mood } = begin();
  const gone: Version = { kind: 'tombstone', tombstone: eraseRecord(mood) };
  const known: Version = { kind: 'record', record: mood };
  expect(mergeVersions(known, gone)).toEqual({ version: gone, also: [] });
  const edited = editRecord(mood, { fields: { valence: 1 } }, clockAt(2, NOW + HOUR));
  if (edited === null) throw new Error('expected an edit');
  const unseen: Version = { kind: 'record', record: edited.record };
  expect(mergeVersions(gone, unseen)).toEqual({ version: unseen, also: [] });
});

test('restoring from the bin wins over deleting for good', () => {
  const { mood, diary } = begin();
  const binned = apply(diary, binRecord(mood, { clock: clockAt(1, NOW + HOUR), now: NOW + HOUR }));
  const [inBin] = records(binned);
  if (inBin === undefined) throw new Error('expected an entry in the bin');
  const erased = put(binned, { kind: 'tombstone', tombstone: eraseRecord(inBin) });
  expect(records(erased)).toEqual([]);
  const [entry] = records(apply(erased, restoreRecord(inBin, { clock: clockAt(2, NOW + 2 * HOUR) })));
  expect(entry?.cat).toBe(CATEGORY_NUMBERS.mood);
  expect(entry?.own).toBeUndefined();
});

/** What a device can do to the newest version it holds. */
const act = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    field: fc.constantFrom('valence', 'arousal', 'other'),
    value: fc.nat({ max: 9 }),
  }),
  fc.record({ kind: fc.constant('day' as const), days: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constantFrom('bin' as const, 'restore' as const, 'hide' as const, 'allow' as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

function perform(record: EntryRecord, one: Act, clock: Clock, now: number): Change | null {
  switch (one.kind) {
    case 'edit':
      return editRecord(record, { fields: { [one.field]: one.value / 10 } }, clock);
    case 'day':
      return editRecord(record, { when: atInstant(NOW + one.days * 24 * HOUR, 'Europe/London') }, clock);
    case 'bin':
      return binRecord(record, { clock, now });
    case 'restore':
      return restoreRecord(record, { clock });
    case 'hide':
      return hideFromSharing(record, { clock });
    case 'allow':
      return allowSharing(record, { clock });
    default:
      throw new Error('no such act');
  }
}

/** Up to five acts on each of three devices apart, with clocks up to years off. */
const history = fc.array(
  fc.record({
    skew: fc.constantFrom(-9 * 365 * 24 * HOUR, 0, HOUR, 40 * 365 * 24 * HOUR),
    acts: fc.array(act, { maxLength: 5 }),
  }),
  { minLength: 3, maxLength: 3 },
);

test('whatever three devices did apart, they agree in the end: one entry, every last word kept', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (devicesApart, chance) => {
      const { diary } = begin();
      const diaries = devicesApart.map(({ skew, acts }, device) =>
        acts.reduce((held, one, step) => {
          const now = NOW + skew + step * HOUR;
          const [record] = records(held);
          return record === undefined ? held : apply(held, perform(record, one, clockAt(device, now), now));
        }, diary),
      );
      const all = diaries.flatMap((held) => [...held.values()]);
      const shuffled = all
        .map((version) => ({ version, order: chance.next().value ?? 0 }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ version }) => version);
      const forwards = all.reduce(put, diary);
      const anyhow = [...shuffled, ...shuffled].reduce<Diary>(put, new Map());
      expect(records(forwards)).toHaveLength(1);
      expect(anyhow.size).toBe(forwards.size);
      for (const [rec, version] of forwards) expect(anyhow.get(rec)?.kind).toBe(version.kind);
      const [final] = records(forwards);
      const [elsewhere] = records(anyhow);
      expect(final && elsewhere && sameRecord(final, elsewhere)).toBe(true);
      for (const held of diaries) {
        const [mine] = records(held);
        for (const [name, field] of Object.entries(mine?.fields ?? {})) {
          const known: Stamp[] = [final?.fields[name], ...(final?.fields[name]?.history ?? [])].flatMap(
            (one) => one?.stamp ?? [],
          );
          expect(known).toContain(field.stamp);
        }
      }
    }),
    { numRuns: 1500 },
  );
});

test('merging two versions does not depend on their order, and again changes nothing', () => {
  fc.assert(
    fc.property(history, fc.boolean(), (devicesApart, erase) => {
      const { mood, diary } = begin();
      const versions = devicesApart.map(({ skew, acts }, device): Version => {
        let record = mood;
        for (const [step, one] of acts.entries()) {
          const now = NOW + skew + step * HOUR;
          const change = perform(record, one, clockAt(device, now), now);
          if (change?.kind === 'moved') return { kind: 'tombstone', tombstone: change.tombstone };
          record = change?.record ?? record;
        }
        return erase && device === 0
          ? { kind: 'tombstone', tombstone: eraseRecord(record) }
          : { kind: 'record', record };
      });
      expect(diary.size).toBe(1);
      const [a, b, c] = versions;
      if (a === undefined || b === undefined || c === undefined) return;
      const ab = mergeVersions(a, b);
      const ba = mergeVersions(b, a);
      expect(sameVersion(ab.version, ba.version)).toBe(true);
      expect(ab.also).toEqual(ba.also);
      expect(sameVersion(mergeVersions(ab.version, b).version, ab.version)).toBe(true);
      expect(sameVersion(mergeVersions(a, ab.version).version, ab.version)).toBe(true);
      const left = mergeVersions(ab.version, c).version;
      const right = mergeVersions(a, mergeVersions(b, c).version).version;
      expect(left.kind).toBe(right.kind);
      if (left.kind === 'tombstone') expect(sameVersion(left, right)).toBe(true);
      if (left.kind === 'record' && right.kind === 'record' && !erase)
        expect(sameVersion(left, right)).toBe(true);
      if (left.kind === 'record' && right.kind === 'record')
        expect(latestStamp(left.record)).toBe(latestStamp(right.record));
    }),
    { numRuns: 1500 },
  );
});

/** What one device has at hand of the record: edits of others it met first, and perhaps the deletion. */
const share = fc.subarray([0, 1, 2, 3], { minLength: 1 });

test('devices that met a deletion and edits in any order agree once they show each other what they hold', () => {
  fc.assert(
    fc.property(history, fc.nat({ max: 3 }), fc.tuple(share, share, share), (devicesApart, edits, shares) => {
      const { mood } = begin();
      const known: Version = { kind: 'record', record: mood };
      const deletion: Version = { kind: 'tombstone', tombstone: eraseRecord(mood) };
      const unseen = devicesApart.slice(0, edits).map(({ skew }, device): Version => {
        const change = editRecord(
          mood,
          { fields: { valence: (device + 1) / 10 } },
          clockAt(device, NOW + skew + HOUR),
        );
        return change === null ? known : { kind: 'record', record: change.record };
      });
      const met = [deletion, ...unseen];
      const devicesHold = shares.map((order) =>
        order.flatMap((at) => met[at] ?? []).reduce((held, one) => mergeVersions(held, one).version, known),
      );
      const all = [...met, ...devicesHold];
      const [first, ...others] = [all, all.toReversed(), all.toSorted(() => 1)].map((order) =>
        order.reduce((held, one) => mergeVersions(held, one).version),
      );
      for (const other of others) expect(first && sameVersion(first, other)).toBe(true);
      expect(first?.kind, 'an edit the deletion had not seen outlives it').toBe(
        unseen.length === 0 ? 'tombstone' : 'record',
      );
      if (first?.kind === 'record')
        for (const one of unseen)
          expect(one.kind === 'record' && sameVersion(mergeVersions(first, one).version, first)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
