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

test(
  'two devices come to the same in 240 seeded histories, whatever the network loses or sends twice',
  { timeout: 120_000 },
  async () => {
    const server = await startServer({
      signups: 'open',
      limits: { requestsPerMinute: 1e6, requestBurst: 1e6, pushesPerMinute: 1e6 },
    });
    const ada = await newPerson('histories');
    const phone = await ada.open();
    await phone.joinServer({ origin: server.url, live: false, retryMs: 4, invitation: { kind: 'none' } });
    await phone.syncNow();
    const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
    const second = await tablet.open();
    const counts = { lost: 0, unanswered: 0, doubled: 0 };
    let bad = false;
    const network = badNetwork(seeded(7), () => bad, counts);
    for (const replica of [phone, second])
      await replica.connect({ origin: server.url, live: false, retryMs: 4, fetch: network });
    const both = [
      [ada, phone],
      [tablet, second],
    ] as const;
    let histories = 0;

    for (let round = 0; round < 12; round += 1) {
      const cast: History[] = Array.from({ length: 20 }, (_, i) => ({
        random: seeded(1000 * round + i),
        recs: new Set(),
        written: new Map(),
        deletes: i % 2 === 1,
      }));
      bad = true;
      for (let turn = 0; turn < 5; turn += 1) {
        for (const history of cast) {
          const [device, replica] = both[history.random() < 0.5 ? 0 : 1];
          await step(history, device, replica);
        }
        if (turn > 0) await Promise.all(both.map(([, replica]) => replica.syncNow()));
      }
      bad = false;
      // An answer that was lost a moment ago may still be under way.
      for (const [, replica] of both)
        await expect.poll(() => replica.syncNow(), { timeout: 10_000 }).toEqual({ ok: true });
      for (let again = 0; again < 3; again += 1) {
        for (const [, replica] of both) expect(await replica.syncNow()).toEqual({ ok: true });
      }
      const [mine, theirs] = [entries(phone), entries(second)];
      for (const { written, deletes } of cast) {
        histories += 1;
        for (const [rec, versions] of written) {
          const left = mine.get(rec);
          const right = theirs.get(rec);
          expect(left === undefined ? right : right && sameRecord(left, right)).toBe(
            left === undefined ? undefined : true,
          );
          if (deletes) continue;
          const expected = versions
            .flatMap((version) => (version.kind === 'record' ? [version.record] : []))
            .reduce(mergeRecords);
          expect(left && sameRecord(left, expected)).toBe(true);
        }
      }
    }
    expect(histories).toBe(240);
    for (const [, replica] of both) {
      expect(replica.safetyCounts().waiting).toBe(0);
      expect(replica.sync().completeness.faults).toEqual([]);
      expect(await replica.quarantine()).toEqual([]);
    }
    expect(Math.min(counts.lost, counts.unanswered, counts.doubled)).toBeGreaterThan(10);
    await Promise.all([phone.close(), second.close()]);
    await server.close();
  },
);
