/**
 * What a server sent and what did not pass verification, kept apart: by stream and position, so that the same place
 * is held once, and freed as soon as something true stands there.
 */
import type { StreamId } from '@evenkeel/protocol';
import type { DeviceStore, QuarantineRow } from './device-store.ts';

export type Quarantine = {
  readonly rows: () => Promise<readonly QuarantineRow[]>;
  readonly put: (row: Omit<QuarantineRow, 'scope' | 'id'>) => Promise<void>;
  readonly free: (sid: StreamId, n: number) => Promise<void>;
  /** Everything of this scope. */
  readonly clear: () => Promise<void>;
};

/** The places that are taken are known in memory, so that freeing one of the many that are not costs nothing. */
export function createQuarantine(store: DeviceStore, scope: string): Quarantine {
  const table = store.tables.quarantine;
  let places: Set<string> | null = null;
  const ofScope = (): Promise<QuarantineRow[]> => table.where('scope').equals(scope).toArray();
  const taken = async (): Promise<Set<string>> =>
    (places ??= new Set((await ofScope()).map(({ sid, n }) => placeName(sid, n))));

  return {
    rows: ofScope,
    async free(sid, n) {
      if (!(await taken()).delete(placeName(sid, n))) return;
      await table.where({ scope, sid, n }).delete();
    },
    /** In one transaction: whoever asks meanwhile what stands at a place must not be told that nothing does. */
    async put(row) {
      const { sid, n } = row;
      (await taken()).add(placeName(sid, n));
      await store.db.transaction('rw', table, async () => {
        await table.where({ scope, sid, n }).delete();
        await table.add({ ...row, scope });
      });
    },
    async clear() {
      await table.where('scope').equals(scope).delete();
      places = null;
    },
  };
}

function placeName(sid: StreamId, n: number): string {
  return `${sid}/${n}`;
}
