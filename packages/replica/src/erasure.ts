/**
 * Erasing for good, in an order in which a crash leaves nothing readable behind for long: what is to go is written
 * down, the cache is emptied of it, tombstones take the place of the envelopes, and every second copy is blanked.
 * The note stays until the server is known to hold the tombstone, because an answer that was under way can bring a
 * second copy back; each opening and each sending looks again.
 */
import { eraseRecord } from '@evenkeel/journal';
import { type Hash32, type RecordId, type StreamId, leafOf } from '@evenkeel/protocol';
import type { Holder } from '@evenkeel/vault';
import type { CacheKeeper } from './cache-keeper.ts';
import type { DeviceStore } from './device-store.ts';
import type { EnvelopeStore } from './envelopes.ts';
import { refusalOfFault } from './faults-of-storage.ts';
import type { FillableIndex } from './record-index.ts';
import type { WriteOutcome } from './replica.ts';
import { docId, envelopeOfText } from './sealed-version.ts';
import { blankReplicationCopies } from './second-copies.ts';
import type { Writer } from './writer.ts';

export type Erasure = {
  readonly erase: (recs: readonly RecordId[]) => Promise<WriteOutcome>;
  /** Records that were moved or deleted: their second copies go as well. */
  readonly sweep: (recs: readonly RecordId[]) => Promise<void>;
  /** Finishes what was begun before, and looks again at what the server has not confirmed. */
  readonly resume: () => Promise<void>;
};

export function createErasure(parts: {
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly index: FillableIndex;
  readonly keeper: CacheKeeper;
  readonly writer: Writer;
  readonly envelopes: () => Promise<EnvelopeStore>;
  readonly acknowledged: (sid: StreamId, rec: RecordId) => Promise<Hash32 | undefined>;
  readonly hasServer: () => Promise<boolean>;
}): Erasure {
  const { store, index, keeper, writer } = parts;
  const { erasing, quarantine, waiting } = store.tables;

  const sweep = async (recs: readonly RecordId[]): Promise<void> => {
    if (recs.length === 0) return;
    const envelopes = await parts.envelopes();
    const { acct } = parts.holder();
    const docs = await envelopes.find(recs.map((rec) => docId(acct, rec)));
    await blankReplicationCopies(store.envelopesName, new Map([...docs].map(([id, { env }]) => [id, env])));
  };

  return {
    sweep,
    async erase(recs) {
      const envelopes = await parts.envelopes();
      const held = recs.flatMap((rec) => index.snapshot().held(rec) ?? []);
      if (held.length !== recs.length) return { ok: false, reason: 'not-found' };
      try {
        await erasing.bulkPut(recs.map((rec) => ({ rec })));
        await keeper.purge([...new Set(held.map(({ sid }) => sid))]);
      } catch (fault) {
        const reason = refusalOfFault(fault);
        if (reason === null) throw fault;
        return { ok: false, reason };
      }
      const outcome = await writer.write(
        held.map(({ record }) => ({ kind: 'tombstone', tombstone: eraseRecord(record) })),
      );
      if (!outcome.ok) return outcome;
      await forget(recs);
      await keeper.flush();
      await settle(envelopes, recs);
      return outcome;
    },
    async resume() {
      const rows = await erasing.toArray();
      if (rows.length === 0) return;
      const recs = rows.map(({ rec }) => rec);
      const left = recs.flatMap((rec) => index.snapshot().held(rec) ?? []);
      if (left.length > 0) {
        await writer.write(left.map(({ record }) => ({ kind: 'tombstone', tombstone: eraseRecord(record) })));
        await keeper.flush();
      }
      await forget(recs);
      await settle(await parts.envelopes(), recs);
    },
  };

  async function forget(recs: readonly RecordId[]): Promise<void> {
    const { acct } = parts.holder();
    await quarantine.where('rec').anyOf(recs).delete();
    await waiting.bulkDelete(recs.map((rec) => docId(acct, rec)));
    await sweep(recs);
  }

  /** Crosses off what the server confirmed, or what no server has. */
  async function settle(envelopes: EnvelopeStore, recs: readonly RecordId[]): Promise<void> {
    const hasServer = await parts.hasServer();
    const { acct } = parts.holder();
    const docs = await envelopes.find(recs.map((rec) => docId(acct, rec)));
    const done: RecordId[] = [];
    for (const rec of recs) {
      if (!hasServer) {
        done.push(rec);
        continue;
      }
      const doc = docs.get(docId(acct, rec));
      const envelope = doc === undefined ? null : envelopeOfText(doc.env);
      if (envelope === null || (await parts.acknowledged(envelope.header.sid, rec)) === leafOf(envelope))
        done.push(rec);
    }
    await erasing.bulkDelete(done);
  }
}
