/** What the exchange with the own server is made of, and what it tells of what happens. */
import type { Version } from '@evenkeel/journal';
import type { Envelope, Hash32, RecordId, ServerEpoch } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { Books } from './books.ts';
import type { DeviceStore } from './device-store.ts';
import type { EnvelopeStore } from './envelopes.ts';
import type { FaultBook } from './fault-book.ts';
import type { HeadKeeper } from './heads.ts';
import type { LogBook } from './log-book.ts';
import type { ConnectionReason, WaitingReason } from './reasons.ts';
import type { FillableIndex } from './record-index.ts';
import type { OpenedMemory } from './sealed-version.ts';
import type { ServerClient } from './server-client.ts';
import type { Writer } from './writer.ts';

export type ExchangeParts = {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly client: ServerClient;
  readonly serverEpoch: ServerEpoch;
  readonly books: Books;
  readonly logs: LogBook;
  readonly heads: HeadKeeper;
  readonly faults: FaultBook;
  readonly index: FillableIndex;
  readonly writer: Writer;
  readonly opened: OpenedMemory;
  readonly envelopes: EnvelopeStore;
  readonly now: () => number;
  readonly told: ExchangeTold;
};

export type ExchangeTold = {
  readonly logsChanged: () => void;
  readonly receiving: (isReceiving: boolean) => void;
  /** A pull reached its end; `changed` when it brought something. */
  readonly pulled: (changed: boolean) => void;
  readonly pushed: () => void;
  /** Versions that are on the server and not yet in the store. */
  readonly previewed: (versions: readonly Previewed[]) => void;
  /** A record is refused (or no longer: null). */
  readonly pending: (
    rec: RecordId,
    pending: { readonly leaf: Hash32; readonly reason: WaitingReason } | null,
  ) => void;
  readonly isPending: (rec: RecordId) => boolean;
  readonly serverEpochChanged: (serverEpoch: ServerEpoch) => void;
  readonly reached: (reason: ConnectionReason | null) => void;
};

export type Previewed = { readonly version: Version; readonly envelope: Envelope; readonly leaf: Hash32 };

export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly reason: ConnectionReason;
  constructor(reason: ConnectionReason) {
    super(`the server did not answer: ${reason}`);
    this.reason = reason;
  }
}
