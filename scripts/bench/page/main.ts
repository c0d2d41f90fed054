/** The bench's page: real parts of the app, driven by `window.bench` (see api.ts). Built by Vite, never shipped. */
import { type EntryRecord, atInstant, newMoment } from '@evenkeel/journal';
import { fromBase64url, parseEnvelope, randomBytes, toBase64url } from '@evenkeel/protocol';
import type { Replica } from '@evenkeel/replica';
import { secretboxOpen, secretboxSeal } from '@evenkeel/vault';
import { createBackupBook } from '../../../web/src/session/backup-book.ts';
import { openDeviceSettings } from '../../../web/src/session/device-settings.ts';
import { openForms } from '../../../web/src/session/kept-forms.ts';
import { bringInFile } from '../../../web/src/session/import-diary.ts';
import type { BenchApi, NewestMonth, SealedDoc, Seen } from './api.ts';
import { type BenchDevice, newDevice, restoredDevice } from './device.ts';
import { entriesFor } from './diary.ts';
import { withRawStore } from './raw.ts';
import { bulkInsertAlone, replicateAlone } from './rxdb-alone.ts';
import { watchBlocks } from './watch-blocks.ts';

/** As many as an import writes at once (web/src/session/import-diary.ts). */
const AT_ONCE = 500;
/** About what a mood is as a document: base64url of its envelope. */
const DOC_CHARACTERS = 620;

watchBlocks();

const docs: SealedDoc[] = [];
const boxes: { readonly box: Uint8Array; readonly nonce: Uint8Array }[] = [];
const boxKey = randomBytes(32);
const seen: Seen[] = [];
let saver: { readonly device: BenchDevice; readonly replica: Replica } | null = null;
let live: Replica | null = null;
let names = 0;

const bench: BenchApi = {
  async fillApp(entries) {
    const device = await newDevice('main');
    const replica = await device.open();
    await replica.opened;
    await saveAll(replica, entriesFor(replica.clock, entries));
    const { size } = replica.index.snapshot();
    await replica.close();
    await device.leave({ erase: false });
    return size;
  },

  rawPuts: (count) =>
    withRawStore('bench-raw-puts', async (put) => {
      const times: number[] = [];
      const env = 'x'.repeat(DOC_CHARACTERS);
      for (let i = 0; i < count; i += 1)
        times.push(await timed(() => put([{ id: `doc ${i}`, env, sid: 'x' }])));
      return times;
    }),

  async openForSaves(entries) {
    const device = await newDevice('saves');
    const replica = await device.open();
    await replica.opened;
    if (entries > 0) await saveAll(replica, entriesFor(replica.clock, entries));
    saver = { device, replica };
  },
  async saves(count) {
    const replica = saver?.replica;
    if (replica === undefined) throw new Error('openForSaves comes first');
    const times: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const records = oneMood(replica);
      times.push(await timed(() => mustSave(replica, records)));
      await pause(100);
    }
    return times;
  },

  async keepDocs(more) {
    docs.push(...more);
    for (const { env } of more) {
      const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
      if (!parsed.ok) throw new Error(parsed.reason);
      const nonce = randomBytes(24);
      boxes.push({
        nonce,
        box: secretboxSeal(boxKey, nonce, new Uint8Array(parsed.envelope.box.length - 16)),
      });
    }
  },
  rawRestore: () =>
    withRawStore('bench-raw-restore', (put) =>
      timed(async () => {
        await put(docs);
        for (const { box, nonce } of boxes)
          if (secretboxOpen(boxKey, nonce, box) === null) throw new Error('a box did not open');
      }),
    ),
  replicateAlone: () => replicateAlone(docs, AT_ONCE),
  async restore({ key, entries, newest }) {
    const device = await restoredDevice(nextName(), key);
    const replica = await device.open();
    await replica.opened;
    window.blocks.reset();
    const start = performance.now();
    let newestMs: number | null = null;
    const whole = Promise.withResolvers<number>();
    const stop = replica.index.subscribe(() => {
      const snapshot = replica.index.snapshot();
      newestMs ??= isThere(snapshot, newest) ? performance.now() - start : null;
      if (snapshot.size >= entries) whole.resolve(performance.now() - start);
    });
    const connected = await replica.connect({ origin: window.location.origin, live: false });
    if (!connected.ok) throw new Error(connected.reason);
    const allMs = await whole.promise;
    const longestBlockMs = window.blocks.longest();
    stop();
    await replica.disconnect();
    await replica.close();
    await device.leave({ erase: true });
    return { newestMs: newestMs ?? allMs, allMs, longestBlockMs };
  },

  async bringIn(entries) {
    const device = await newDevice(nextName());
    const replica = await device.open();
    await replica.opened;
    const records = entriesFor(replica.clock, entries);
    window.blocks.reset();
    const ms = await timed(() => saveAll(replica, records));
    const longestBlockMs = window.blocks.longest();
    await replica.close();
    await device.leave({ erase: true });
    return { ms, records: records.length, longestBlockMs };
  },
  bulkInsert: (entries) => {
    const env = 'x'.repeat(DOC_CHARACTERS);
    const sids = Array.from({ length: 60 }, () => toBase64url(randomBytes(16)));
    return bulkInsertAlone(
      Array.from({ length: entries }, (_, i) => ({
        id: toBase64url(randomBytes(32)),
        env,
        sid: sids[i % sids.length] ?? '',
      })),
      AT_ONCE,
    );
  },
  async bringInFile(csv) {
    const device = await newDevice(nextName());
    const replica = await device.open();
    await replica.opened;
    const { vault, store, holder } = device;
    const opened = {
      vault,
      store,
      holder,
      replica,
      settings: await openDeviceSettings(vault, store),
      forms: await openForms({ vault, store }),
      backups: createBackupBook(store),
      now: Date.now,
    };
    window.blocks.reset();
    const ms = await timed(() =>
      bringInFile(
        opened,
        new TextEncoder().encode(csv),
        { valenceByMood: new Map(), zone: 'Europe/London' },
        () => undefined,
      ),
    );
    const longestBlockMs = window.blocks.longest();
    const records = replica.index.snapshot().size;
    await replica.close();
    await device.leave({ erase: true });
    return { ms, records, longestBlockMs };
  },

  async stayLive(key) {
    const device = await restoredDevice(`live-${toBase64url(randomBytes(6))}`, key);
    const replica = await device.open();
    await replica.opened;
    const known = new Set<string>();
    replica.index.subscribe(() => {
      const at = clockNow();
      for (const { records } of replica.index.snapshot().moments()) {
        for (const { rec } of records) {
          if (known.has(rec)) continue;
          known.add(rec);
          seen.push({ rec, at });
        }
      }
    });
    const connected = await replica.connect({ origin: window.location.origin });
    if (!connected.ok) throw new Error(connected.reason);
    live = replica;
  },
  async saveLive() {
    if (live === null) throw new Error('stayLive comes first');
    const records = oneMood(live);
    const at = clockNow();
    await mustSave(live, records);
    return { rec: records[0]?.rec ?? '', at };
  },
  seenLive: () => seen,
  twoRoundTrips: () =>
    timed(async () => {
      for (let i = 0; i < 2; i += 1) await (await fetch('/v1/server', { cache: 'no-store' })).text();
    }),
};

Object.assign(window, { bench });

function oneMood(replica: Replica): readonly EntryRecord[] {
  const now = Date.now();
  const draft = {
    when: atInstant(now, 'Europe/London'),
    mood: { valence: 0.4, arousal: -0.2, words: [{ id: 'calm' }] },
  };
  const made = newMoment(draft, { clock: replica.clock, now });
  if (!made.ok) throw new Error(made.reason);
  return made.records;
}

/** As an import does: the next ones are sealed while these are being stored. */
async function saveAll(replica: Replica, records: readonly EntryRecord[]): Promise<void> {
  let before = Promise.resolve();
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const saving = mustSave(replica, records.slice(at, at + AT_ONCE));
    await before;
    before = saving;
  }
  await before;
}

async function mustSave(replica: Replica, records: readonly EntryRecord[]): Promise<void> {
  const saved = await replica.save(records);
  if (!saved.ok) throw new Error(saved.reason);
}

/** Whether all entries of the newest month can be drawn. */
function isThere(
  snapshot: ReturnType<Replica['index']['snapshot']>,
  { month, entries }: NewestMonth,
): boolean {
  let count = 0;
  for (const { records } of snapshot.moments({ first: `${month}-01` })) count += records.length;
  return count >= entries;
}

function nextName(): string {
  names += 1;
  return `bench-${names}`;
}

function clockNow(): number {
  return performance.timeOrigin + performance.now();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
