/** From envelope documents to the index: opened, read, and noted wherever something depends on them. */
import { type Clock, versionRec } from '@evenkeel/journal';
import { leafOf } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { StoredDoc } from './envelopes.ts';
import type { InUse } from './in-use.ts';
import type { FillableIndex, IndexChange } from './record-index.ts';
import {
  type Opened,
  type OpenedMemory,
  envelopeOfText,
  openVersions,
  placeOfVersion,
} from './sealed-version.ts';
import { type Written, heightOf, stampOf } from './writer.ts';
import type { LocalDirt } from './cache-keeper.ts';

export type FillerParts = {
  readonly vault: Vault;
  readonly holder: () => Holder;
  readonly index: FillableIndex;
  readonly inUse: InUse;
  readonly opened: OpenedMemory;
  readonly clock: Clock;
  readonly now: () => number;
  readonly dirt: LocalDirt;
};

export type Filler = {
  /** What the server holds and the store does not yet: shown, and replaced as soon as it is stored. */
  readonly previewed: (versions: readonly Omit<Read, 'height'>[]) => void;
  /** What this tab wrote itself: no need to open it. */
  readonly written: (versions: readonly Written[]) => void;
  /**
   * Documents as they lie in the store now; what the index holds already is skipped unless everything is read
   * `afresh`. Resolves with how many could not be read (a damaged store).
   */
  readonly stored: (docs: readonly StoredDoc[], options?: { readonly afresh: boolean }) => Promise<number>;
};

/** `since`: when it was written into this device's store, where it lies there; this device's clock then. */
type Read = Opened & { readonly height: number; readonly since?: number };

export function createFiller({ vault, holder, index, inUse, opened, clock, now, dirt }: FillerParts): Filler {
  return {
    previewed: (versions) => take(versions.map((version) => ({ ...version, height: 0 }))),
    written: take,
    async stored(docs, { afresh } = { afresh: false }) {
      const ready: Read[] = [];
      const closed: Omit<Read, 'version'>[] = [];
      let unreadable = 0;
      for (const doc of docs) {
        const height = heightOf(doc);
        const known = opened.take(doc.env);
        const envelope = known?.envelope ?? envelopeOfText(doc.env);
        if (envelope === null) {
          unreadable += 1;
          continue;
        }
        const leaf = known?.leaf ?? leafOf(envelope);
        const held = index.snapshot().held(envelope.header.rec);
        if (!afresh && held?.leaf === leaf && held.height >= height) continue;
        const since = Math.floor(doc._meta.lwt);
        if (known === undefined) closed.push({ envelope, leaf, height, since });
        else ready.push({ ...known, height, since });
      }
      const read = await openVersions(
        vault,
        holder().acct,
        closed.map(({ envelope }) => envelope),
      );
      for (const [i, one] of closed.entries()) {
        const opening = read[i];
        if (opening?.ok === true) ready.push({ ...one, version: opening.version });
        else unreadable += 1;
      }
      take(ready);
      return unreadable;
    },
  };

  function take(versions: readonly Read[]): void {
    const changes: IndexChange[] = [];
    for (const { version, envelope, leaf, height, since = now() } of versions) {
      const { sid, epoch, rev, dev } = envelope.header;
      const place = placeOfVersion(version);
      const stamp = dev === holder().dev ? undefined : stampOf(version);
      if (stamp !== undefined) clock.observe(stamp);
      inUse.add(sid, epoch, place);
      dirt.touch({ sid, cat: place.cat, month: place.month }, version.kind === 'tombstone');
      const heldSince = Math.min(since, now());
      changes.push(
        version.kind === 'record'
          ? { kind: 'held', held: { record: version.record, sid, leaf, rev, epoch, height, heldSince } }
          : { kind: 'gone', rec: versionRec(version), height },
      );
    }
    if (changes.length > 0) index.apply(changes);
  }
}
