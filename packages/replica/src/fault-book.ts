/** What a server did that an honest one cannot do, kept until an honest exchange has healed it. */
import type { DeviceId, StreamId } from '@evenkeel/protocol';
import type { DeviceStore, FaultRow } from './device-store.ts';
import type { ServerFault } from './reasons.ts';
import type { KnownFault } from './replica.ts';

export type FaultBook = {
  readonly load: () => Promise<void>;
  readonly note: (
    fault: ServerFault,
    about?: { readonly sid?: StreamId; readonly dev?: DeviceId },
  ) => Promise<void>;
  /** Takes back what is no longer so: one fault, of one stream or device when named. */
  readonly clear: (
    fault: ServerFault,
    about?: { readonly sid?: StreamId; readonly dev?: DeviceId },
  ) => Promise<void>;
  readonly list: () => readonly KnownFault[];
  readonly has: (fault: ServerFault) => boolean;
};

export function createFaultBook(
  store: DeviceStore,
  scope: string,
  now: () => number,
  changed: () => void,
): FaultBook {
  const table = store.tables.faults;
  let rows: readonly FaultRow[] = [];
  const keyOf = (fault: ServerFault, about: { readonly sid?: StreamId; readonly dev?: DeviceId }): string =>
    `${scope}/${fault}/${about.sid ?? ''}/${about.dev ?? ''}`;

  return {
    async load() {
      rows = await table.where('scope').equals(scope).toArray();
    },
    async note(fault, about = {}) {
      const key = keyOf(fault, about);
      if (rows.some((row) => row.key === key)) return;
      const row: FaultRow = { key, scope, fault, at: now(), ...about };
      rows = [...rows, row];
      await table.put(row);
      changed();
    },
    async clear(fault, about) {
      const gone = rows.filter(
        (row) =>
          row.fault === fault &&
          (about?.sid === undefined || row.sid === about.sid) &&
          (about?.dev === undefined || row.dev === about.dev),
      );
      if (gone.length === 0) return;
      rows = rows.filter((row) => !gone.includes(row));
      await table.bulkDelete(gone.map(({ key }) => key));
      changed();
    },
    list: () =>
      rows.map(({ fault, at, sid, dev }) => ({
        fault,
        at,
        ...(sid !== undefined && { sid }),
        ...(dev !== undefined && { dev }),
      })),
    has: (fault) => rows.some((row) => row.fault === fault),
  };
}
