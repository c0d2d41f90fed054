import {
  type Change,
  type EntryRecord,
  type Version,
  binRecord,
  editRecord,
  eraseRecord,
  mergeRecords,
  restoreRecord,
  sameRecord,
} from '@evenkeel/journal';
import type { RecordId } from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import type { Replica } from './replica.ts';
import { removing } from './share.test-support.ts';
import { NOON, type TestDevice, anotherDevice, momentRecords, newPerson } from './test-device.ts';

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

/** A network that loses requests, loses answers after the server acted, and sends twice. */
function badNetwork(
  random: () => number,
  isBad: () => boolean,
  counts: { lost: number; unanswered: number; doubled: number },
): typeof fetch {
  return async (input, init) => {
    if (!isBad()) return fetch(input, init);
    const dice = random();
    if (dice < 0.12) {
      counts.lost += 1;
      throw new TypeError('lost');
    }
    const reply = await fetch(input, init);
    if (dice < 0.24) {
      counts.unanswered += 1;
      await reply.arrayBuffer();
      throw new TypeError('the answer was lost');
    }
    if (dice > 0.85) {
      counts.doubled += 1;
      await reply.arrayBuffer();
      return fetch(input, init);
    }
    return reply;
  };
}

type History = {
  readonly random: () => number;
  readonly recs: Set<RecordId>;
  readonly written: Map<RecordId, Version[]>;
  deletes: boolean;
};

async function step(history: History, device: TestDevice, replica: Replica): Promise<void> {
  const { random, recs, written } = history;
  device.clock.now += Math.floor(random() * 5000);
  const note = (version: Version): void => {
    const rec = version.kind === 'record' ? version.record.rec : version.tombstone.rec;
    recs.add(rec);
    written.set(rec, [...(written.get(rec) ?? []), version]);
  };
  const save = async (change: Change | null): Promise<void> => {
    if (change === null) return;
    await replica.apply([change]);
    note({ kind: 'record', record: change.record });
    if (change.kind === 'moved') note({ kind: 'tombstone', tombstone: change.tombstone });
  };
  const here = [...recs].flatMap((rec) => replica.index.snapshot().record(rec) ?? []);
  const chosen = here[Math.floor(random() * here.length)];
  const dice = random();
  if (chosen === undefined || dice < 0.25) {
    const records = momentRecords(replica.clock, {
      at: NOON - Math.floor(random() * 40) * 86_400_000,
      valence: Math.round(random() * 100) / 100,
    });
    await replica.save(records);
    for (const record of records) note({ kind: 'record', record });
  } else if (dice < 0.8) {
    const field = random() < 0.5 ? 'valence' : 'arousal';
    await save(editRecord(chosen, { fields: { [field]: Math.round(random() * 100) / 100 } }, replica.clock));
  } else if (!history.deletes) {
    return;
  } else if (dice < 0.88) {
    await save(binRecord(chosen, { clock: replica.clock, now: device.clock.now }));
  } else if (dice < 0.94) {
    await save(restoreRecord(chosen, { clock: replica.clock }));
  } else {
    await replica.eraseForGood([chosen.rec]);
    note({ kind: 'tombstone', tombstone: eraseRecord(chosen) });
  }
}

function entries(replica: Replica): ReadonlyMap<RecordId, EntryRecord> {
  const { moments, binned } = replica.index.snapshot();
  const records = [...moments().flatMap((moment) => moment.records), ...binned().map(({ record }) => record)];
  return new Map(records.map((record) => [record.rec, record]));
}

const YEAR = 365 * 86_400_000;
const quick = { live: false, retryMs: 4 } as const;
type Member = { readonly device: TestDevice; replica: Replica };
type Counts = { lost: number; unanswered: number; doubled: number; crashes: number; late: number };

/** The quick copy of a device, as it lies on its disk now; what comes back puts it there again. */
async function quickCopyOf({ device }: Member): Promise<() => Promise<void>> {
  const { caches, volumes } = device.store.tables;
  const kept = [await caches.toArray(), await volumes.toArray()] as const;
  return async () => {
    await Promise.all([caches.clear(), volumes.clear()]);
    await Promise.all([caches.bulkPut(kept[0]), volumes.bulkPut(kept[1])]);
  };
}

/** The page goes in the middle of an exchange, before its quick copy was written; then the app is opened again. */
async function crash(member: Member, putBack: () => Promise<void>, connect: (one: Member) => Promise<void>) {
  const underWay = member.replica.syncNow();
  await member.replica.close();
  await underWay;
  await putBack();
  member.replica = await member.device.open();
  await member.replica.loaded;
  await connect(member);
}

test(
  'three devices with wrong clocks come to the same in 240 seeded histories, whatever is lost, sent twice, cut off or removed',
  { timeout: 120_000 },
  async () => {
    const server = await startServer({
      signups: 'open',
      limits: { requestsPerMinute: 1e6, requestBurst: 1e6, pushesPerMinute: 1e6 },
    });
    const counts: Counts = { lost: 0, unanswered: 0, doubled: 0, crashes: 0, late: 0 };
    let bad = false;
    const network = badNetwork(seeded(7), () => bad, counts);
    const connect = async ({ replica }: Member): Promise<void> => {
      await replica.connect({ origin: server.url, ...quick, fetch: network });
    };
    const ada = await newPerson('histories');
    const phone: Member = { device: ada, replica: await ada.open() };
    await phone.replica.joinServer({ origin: server.url, ...quick, invitation: { kind: 'none' } });
    await phone.replica.syncNow();
    /** One more device of hers, whose clock stands elsewhere. */
    const added = async (skew: number): Promise<Member> => {
      const deviceLog = await phone.replica.logs.deviceObjects();
      const device = await anotherDevice(ada, { deviceLog, grantLog: [] });
      device.clock.now += skew;
      const member = { device, replica: await device.open() };
      await connect(member);
      await phone.replica.syncNow();
      return member;
    };
    await connect(phone);
    const members = [phone, await added(-9 * YEAR), await added(40 * YEAR)];
    let histories = 0;

    for (let round = 0; round < 4; round += 1) {
      const dice = seeded(round);
      const cast: History[] = Array.from({ length: 60 }, (_, i) => ({
        random: seeded(1000 * round + i),
        recs: new Set(),
        written: new Map(),
        deletes: i % 2 === 1,
      }));
      /** Takes part in one round until it is removed in the middle of it. */
      const lost = round === 1 ? await added(-YEAR) : null;
      const copies = await Promise.all(members.map(quickCopyOf));
      bad = true;
      for (let turn = 0; turn < 5; turn += 1) {
        const here = lost !== null && turn < 3 ? [...members, lost] : members;
        for (const history of cast) {
          const one = here[Math.floor(history.random() * here.length)] ?? phone;
          await step(history, one.device, one.replica);
        }
        if (turn > 0) await Promise.all(here.map(({ replica }) => replica.syncNow()));
        const at = 1 + Math.floor(dice() * (members.length - 1));
        const [fallen, putBack] = [members[at], copies[at]];
        if (turn === 3 && fallen !== undefined && putBack !== undefined) {
          counts.crashes += 1;
          await crash(fallen, putBack, connect);
        }
        if (lost === null || turn !== 2) continue;
        bad = false;
        await expect.poll(() => phone.replica.syncNow(), { timeout: 10_000 }).toEqual({ ok: true });
        const { deviceLog } = await removing(phone, lost.device);
        expect(await phone.replica.logs.appendDeviceLog(deviceLog)).toEqual({ ok: true, sent: true });
        bad = true;
        // Whoever has it goes on writing.
        for (const history of cast.slice(0, 5)) await step(history, lost.device, lost.replica);
        expect(await lost.replica.syncNow()).toMatchObject({ ok: false });
        counts.late += 1;
        await lost.replica.close();
      }
      bad = false;
      // An answer that was lost a moment ago may still be under way.
      for (const { replica } of members)
        await expect.poll(() => replica.syncNow(), { timeout: 10_000 }).toEqual({ ok: true });
      for (let again = 0; again < 3; again += 1) {
        for (const { replica } of members) expect(await replica.syncNow()).toEqual({ ok: true });
      }
      const [mine = new Map<RecordId, EntryRecord>(), ...theirs] = members.map(({ replica }) =>
        entries(replica),
      );
      for (const { written, deletes } of cast) {
        histories += 1;
        for (const [rec, versions] of written) {
          const left = mine.get(rec);
          for (const other of theirs) {
            const right = other.get(rec);
            expect(left === undefined ? right : right && sameRecord(left, right)).toBe(
              left === undefined ? undefined : true,
            );
          }
          // What the removed device had not sent counts nowhere.
          if (deletes || lost !== null) continue;
          const expected = versions
            .flatMap((version) => (version.kind === 'record' ? [version.record] : []))
            .reduce(mergeRecords);
          expect(left && sameRecord(left, expected)).toBe(true);
        }
      }
    }
    expect(histories).toBe(240);
    for (const { replica } of members) {
      expect(replica.safetyCounts().waiting).toBe(0);
      expect(replica.sync().completeness.faults).toEqual([]);
      expect(await replica.quarantine()).toEqual([]);
    }
    expect(Math.min(counts.lost, counts.unanswered, counts.doubled)).toBeGreaterThan(10);
    expect(counts).toMatchObject({ crashes: 4, late: 1 });
    await Promise.all(members.map(({ replica }) => replica.close()));
    await server.close();
  },
);
