/**
 * Filling an empty device from a backup file. The envelopes come first and the account last: until `keepAccount` has
 * been called there is no diary here, and whatever a broken restore left behind is cleared before the next one.
 */
import { CATEGORY_NUMBERS, type EntryRecord, isBinned, subjectOf } from '@evenkeel/journal';
import type { MomentId, RecordId } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import type { DeviceStore } from './device-store.ts';
import { refusalOfFault } from './faults-of-storage.ts';
import { deleteDatabase, ownDatabases } from './own-databases.ts';
import { type Backup, backedUpIn } from './read-backup.ts';
import { docOf, revOfText } from './sealed-version.ts';

/** `entries`: moments. `unreadable`: envelopes that did not verify or open, and are left out. */
export type RestoreOutcome =
  | { readonly ok: true; readonly entries: number; readonly unreadable: number }
  | { readonly ok: false; readonly reason: 'storage-full' | 'storage-lost' };

/** With a vault that is open for the backup's account, and a store that holds none. */
export async function restoreBackup(
  {
    store,
    vault,
    multiInstance,
  }: { readonly store: DeviceStore; readonly vault: Vault; readonly multiInstance?: boolean },
  backup: Backup,
  onProgress: (done: number) => void = () => undefined,
): Promise<RestoreOutcome> {
  await clearLeftovers(store);
  const { openEnvelopes } = await import('./envelopes.ts');
  try {
    const envelopes = await openEnvelopes({
      name: store.envelopesName,
      collection: 'own',
      ...(multiInstance !== undefined && { multiInstance }),
    });
    const moments = new Map<RecordId, MomentId>();
    let read = 0;
    try {
      for await (const part of backedUpIn(backup, vault)) {
        const docs = new Map(part.map(({ envelope }) => [envelope.header.rec, docOf(backup.acct, envelope)]));
        const held = await envelopes.find([...docs.values()].map(({ id }) => id));
        await envelopes.write(
          [...docs.values()].flatMap((doc) => {
            const previous = held.get(doc.id);
            // A record that was changed while the file was written is in it twice.
            return previous !== undefined && revOfText(previous.env) >= revOfText(doc.env)
              ? []
              : [{ previous, doc }];
          }),
        );
        for (const { version, envelope } of part) {
          if (version.kind === 'record' && isOfMoment(version.record))
            moments.set(envelope.header.rec, version.record.moment);
          else moments.delete(envelope.header.rec);
        }
        read += part.length;
        onProgress(read);
      }
      await store.keepFact('epoch', backup.grantLog.epoch);
    } finally {
      await envelopes.close();
    }
    const entries = new Set(moments.values()).size;
    return { ok: true, entries, unreadable: backup.envelopes - read };
  } catch (fault) {
    const reason = refusalOfFault(fault);
    if (reason === null) throw fault;
    await clearLeftovers(store).catch(() => undefined);
    return { ok: false, reason: reason === 'storage-full' ? 'storage-full' : 'storage-lost' };
  }
}

/** In the journal: not in the bin, and no setting. */
function isOfMoment(record: EntryRecord): boolean {
  return subjectOf(record) < CATEGORY_NUMBERS.settings && !isBinned(record);
}

/** Where no account is kept, envelopes are what a restore left that was broken off. */
export async function clearLeftovers(store: DeviceStore): Promise<void> {
  if ((await store.account()) !== null) return;
  const left = (await ownDatabases()).filter((name) => name.includes(store.envelopesName));
  await Promise.all(left.map(deleteDatabase));
}
