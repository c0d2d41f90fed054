/** What others shared, opened: an index per person, in memory, filled from the sealed collection as it changes. */
import {
  type AccountId,
  type Bytes,
  type Envelope,
  type Hash32,
  bytesToAccountId,
  bytesToRecordId,
  fromBase64url,
  idToBytes,
  leafOf,
  toBase64url,
} from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import type { EnvelopeStore, StoredDoc } from './envelopes.ts';
import { type FillableIndex, type IndexChange, createIndex } from './record-index.ts';
import { type Opened, type OpenedMemory, envelopeOfText, openVersions } from './sealed-version.ts';
import { heightOf } from './writer.ts';

const BATCH = 500;
/** Characters of a document's id that every document of one account begins with (126 of its 128 bits). */
const ACCOUNT_PREFIX = 21;

export type SharedPeople = {
  readonly indexOf: (owner: AccountId) => FillableIndex;
  /** Opens all that is stored of these people. */
  readonly load: (owners: Iterable<AccountId>) => Promise<void>;
  /** Takes in documents that came, changed or went. */
  readonly fill: (docs: readonly StoredDoc[]) => Promise<void>;
  readonly forget: (owner: AccountId) => void;
  readonly clear: () => void;
};

export function createSharedPeople({
  vault,
  envelopes,
  opened,
}: {
  readonly vault: Vault;
  readonly envelopes: EnvelopeStore;
  readonly opened: OpenedMemory;
}): SharedPeople {
  const people = new Map<AccountId, FillableIndex>();
  return {
    indexOf,
    load,
    fill,
    forget(owner) {
      people.get(owner)?.clear();
      people.delete(owner);
    },
    clear() {
      for (const index of people.values()) index.clear();
    },
  };

  function indexOf(owner: AccountId): FillableIndex {
    const known = people.get(owner);
    if (known !== undefined) return known;
    const made = createIndex();
    people.set(owner, made);
    return made;
  }

  async function load(owners: Iterable<AccountId>): Promise<void> {
    for (const owner of new Set(owners)) {
      const docs = await docsOf(envelopes, owner);
      for (let at = 0; at < docs.length; at += BATCH) await fill(docs.slice(at, at + BATCH));
      indexOf(owner).markLoaded([], true);
    }
  }

  async function fill(docs: readonly StoredDoc[]): Promise<void> {
    const docsByOwner = Map.groupBy(docs, ({ id }) => bytesToAccountId(idBytes(id).subarray(0, 16)));
    for (const [owner, ofOwner] of docsByOwner) {
      const index = indexOf(owner);
      const changes: IndexChange[] = [];
      const closed: { readonly doc: StoredDoc; readonly envelope: Envelope; readonly leaf: Hash32 }[] = [];
      const hold = (doc: StoredDoc, { version, envelope, leaf }: Opened): void => {
        if (version.kind !== 'record') return;
        const { sid, rev, epoch } = envelope.header;
        changes.push({
          kind: 'held',
          held: {
            record: version.record,
            sid,
            leaf,
            rev,
            epoch,
            height: heightOf(doc),
            heldSince: Math.floor(doc._meta.lwt),
          },
        });
      };
      for (const doc of ofOwner) {
        const known = opened.take(doc.env);
        if (doc._deleted) {
          changes.push({
            kind: 'gone',
            rec: bytesToRecordId(idBytes(doc.id).subarray(16)),
            height: heightOf(doc),
          });
        } else if (known === undefined) {
          const envelope = envelopeOfText(doc.env);
          if (envelope !== null) closed.push({ doc, envelope, leaf: leafOf(envelope) });
        } else {
          hold(doc, known);
        }
      }
      const read = await openVersions(
        vault,
        owner,
        closed.map(({ envelope }) => envelope),
      );
      for (const [i, { doc, ...one }] of closed.entries()) {
        const opening = read[i];
        if (opening?.ok === true) hold(doc, { ...one, version: opening.version });
      }
      if (changes.length > 0) index.apply(changes);
      index.markLoaded([], true);
    }
  }
}

/** Every document of one person. */
export function docsOf(envelopes: EnvelopeStore, owner: AccountId): Promise<readonly StoredDoc[]> {
  return envelopes.withPrefix(toBase64url(idToBytes(owner)).slice(0, ACCOUNT_PREFIX));
}

function idBytes(id: string): Bytes {
  const bytes = fromBase64url(id);
  if (bytes === null) throw new TypeError('a document id is not canonical base64url');
  return bytes;
}
