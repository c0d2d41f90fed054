/** Seeded histories of several devices, at the level of versions: what is sealed, sent and stored is tried in `replica`. */
import { type RecordId, bytesToDeviceId } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { editRecord } from './edit.ts';
import type { EntryRecord, Version } from './entry.ts';
import { mergeVersions, sameVersion, versionRec } from './merge-versions.ts';
import { atInstant, newMoment } from './moment.ts';
import { type Stamp, greaterStamp } from './stamp.ts';
import { type Change, allowSharing, binRecord, eraseRecord, hideFromSharing, restoreRecord } from './move.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const HISTORIES = 2000;

type Diary = Map<RecordId, Version>;
type Device = { readonly at: number; readonly skew: number; readonly diary: Diary; isRemoved: boolean };

/** mulberry32: the same history for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function put(diary: Diary, arriving: Version): void {
  const held = diary.get(versionRec(arriving));
  const { version, also } =
    held === undefined ? { version: arriving, also: [] } : mergeVersions(held, arriving);
  diary.set(versionRec(version), version);
  for (const one of also) put(diary, one);
}

function versionsOf(change: Change | null): readonly Version[] {
  if (change === null) return [];
  const stored: Version = { kind: 'record', record: change.record };
  return change.kind === 'edited' ? [stored] : [stored, { kind: 'tombstone', tombstone: change.tombstone }];
}

/** What a device does to one entry, or a new one: the versions to be stored, in that order. */
function act(device: Device, random: () => number, step: number, erases: boolean): readonly Version[] {
  const now = NOW + device.skew + step * HOUR;
  const clock = createClock({ now: () => now, dev: bytesToDeviceId(new Uint8Array(16).fill(device.at + 1)) });
  const here = [...device.diary.values()].flatMap((one) => (one.kind === 'record' ? [one.record] : []));
  const record: EntryRecord | undefined = here[Math.floor(random() * here.length)];
  const dice = random();
  if (record === undefined || dice < 0.12) {
    const made = newMoment({ when: atInstant(NOW, 'Europe/London'), mood: { valence: 0 } }, { clock, now });
    return made.ok ? made.records.map((one) => ({ kind: 'record', record: one })) : [];
  }
  if (dice < 0.5) {
    const field = random() < 0.5 ? 'valence' : 'arousal';
    return versionsOf(editRecord(record, { fields: { [field]: Math.floor(random() * 10) / 10 } }, clock));
  }
  if (dice < 0.65) {
    const when = atInstant(NOW + Math.floor(random() * 4) * 24 * HOUR, 'Europe/London');
    return versionsOf(editRecord(record, { when }, clock));
  }
  if (dice < 0.75) return versionsOf(binRecord(record, { clock, now }));
  if (dice < 0.83) return versionsOf(restoreRecord(record, { clock }));
  if (dice < 0.89) return versionsOf(hideFromSharing(record, { clock }));
  if (dice < 0.95 || !erases) return versionsOf(allowSharing(record, { clock }));
  return [{ kind: 'tombstone', tombstone: eraseRecord(record) }];
}

test('three to five devices with wrong clocks, crashes and a removal agree in 2,000 seeded histories', () => {
  const seen = { crashes: 0, halves: 0, removed: 0, late: 0 };
  for (let seed = 0; seed < HISTORIES; seed += 1) {
    const random = seeded(seed);
    const erases = seed % 2 === 1;
    const server: Diary = new Map();
    const devices = Array.from({ length: 3 + Math.floor(random() * 3) }, (_, at): Device => {
      const skew = [0, 0, -9 * YEAR, HOUR / 2, 40 * YEAR][Math.floor(random() * 5)] ?? 0;
      return { at, skew, diary: new Map(), isRemoved: false };
    });
    /** Everything that counts, as it was when it came to be. */
    const counted: Version[] = [];
    const send = (from: Device, share: number): void => {
      for (const version of from.diary.values()) {
        if (random() >= share) continue;
        put(server, version);
        counted.push(version);
      }
    };
    const exchange = (device: Device, isWhole: boolean): void => {
      const share = isWhole ? 1 : random();
      for (const version of server.values()) if (random() < share) put(device.diary, version);
      // Whoever is removed may read what there is, and is refused what they send.
      if (!device.isRemoved) send(device, share);
    };

    for (let step = 0; step < 24; step += 1) {
      const device = devices[Math.floor(random() * devices.length)];
      if (device === undefined) continue;
      const dice = random();
      if (dice < 0.62) {
        const versions = act(device, random, step, erases);
        // The page went after the first of two was stored.
        const isCut = versions.length > 1 && random() < 0.15;
        if (isCut) seen.crashes += 1;
        if (device.isRemoved) seen.late += 1;
        for (const version of isCut ? versions.slice(0, 1) : versions) put(device.diary, version);
      } else if (dice < 0.8) {
        exchange(device, true);
      } else if (dice < 0.96) {
        // Cut off on the way: some of it came, some of it went, nothing was acknowledged.
        seen.halves += 1;
        exchange(device, false);
      } else if (device !== devices[0] && !devices.some(({ isRemoved }) => isRemoved)) {
        device.isRemoved = true;
        seen.removed += 1;
      }
    }

    const left = devices.filter(({ isRemoved }) => !isRemoved);
    // More than twice: what one brings back in the second round the others meet in the third.
    for (let round = 0; round < 4; round += 1) for (const device of left) exchange(device, true);
    for (const { diary } of left) expectSame(diary, server, seed);
    // The last word on every field of every entry is there, wherever the entry was moved meanwhile.
    if (!erases) expect(lastWords(server.values()), `history ${seed}`).toEqual(lastWords(counted));
    // In whatever order the versions come, and however often, they come to the same. What a deletion had seen may come
    // back with an entry that outlives it, where it is still at hand.
    const anyhow: Diary = new Map();
    for (const version of [...counted, ...counted].toSorted(() => random() - 0.5)) put(anyhow, version);
    expectSame(anyhow, server, seed, erases ? ({ kind }, other) => kind === other.kind : sameVersion);
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(200);
});

/** The stamp of the last change of each field of each moment. */
function lastWords(versions: Iterable<Version>): ReadonlyMap<string, Stamp> {
  const words = new Map<string, Stamp>();
  for (const version of versions) {
    if (version.kind !== 'record') continue;
    for (const [name, { stamp }] of Object.entries(version.record.fields)) {
      const field = `${version.record.moment} ${name}`;
      words.set(field, greaterStamp(stamp, words.get(field) ?? stamp));
    }
  }
  return new Map([...words].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function expectSame(one: Diary, other: Diary, seed: number, isSame = sameVersion): void {
  const differs = [...new Set([...one.keys(), ...other.keys()])].filter((rec) => {
    const [a, b] = [one.get(rec), other.get(rec)];
    return a === undefined || b === undefined || !isSame(a, b);
  });
  expect(differs, `history ${seed}`).toEqual([]);
}
