/** What a clinician's device holds of what people shared with its account. */
import type { AccountId, Bytes, GrantId, GrantState, Hash32, PublicKey } from '@evenkeel/protocol';
import type { RecordIndex } from './record-index.ts';
import type { ConnectOptions, ConnectOutcome, Connection, KnownFault } from './replica.ts';
import type { SharedEnd, SharedFault } from './reasons.ts';

export type SharedGrant = {
  readonly grant: GrantId;
  readonly owner: AccountId;
  readonly ownerKeys: { readonly signPk: PublicKey; readonly boxPk: PublicKey };
  /** As the owner signed it; what it means is sealed inside (`sharing`, openAsGrantee). */
  readonly state: GrantState;
  /** `ended`: keys, envelopes and index are gone from this device. `refused`: see `fault`; nothing is read. */
  readonly status: 'open' | 'not-yet' | 'ended' | 'refused';
  readonly ended: { readonly reason: SharedEnd; readonly at: number } | null;
  readonly fault: SharedFault | null;
  /** Envelopes that came before their key. */
  readonly waitingForKey: number;
  /** Envelopes set apart because a check failed. */
  readonly setAside: number;
  readonly completeness: SharedCompleteness;
  /** When the server last answered in full, ms UTC. */
  readonly lastPullAt: number | null;
};

/**
 * `asOf`: time of the newest head of the owner's devices that everything here agrees with (ms UTC). `missing`: how
 * many entries are owed. `restarted`: the server's data is new and the owner's device has not said that it is the
 * continuation, so completeness is unknown.
 */
export type SharedCompleteness = {
  readonly asOf: number | null;
  readonly missing: number;
  readonly restarted: boolean;
  readonly faults: readonly KnownFault[];
};

export type SharedSnapshot = {
  readonly version: number;
  readonly connection: Connection;
  /** In the order in which they were made. */
  readonly grants: readonly SharedGrant[];
};

/** A share that was not seen before: its objects verified under the account they name. */
export type OfferedGrant = {
  readonly owner: AccountId;
  readonly ownerKeys: { readonly signPk: PublicKey; readonly boxPk: PublicKey };
  /** The owner's Account object. */
  readonly account: Bytes;
  readonly state: GrantState;
  /** Whether nothing of this owner was taken before. */
  readonly isFirst: boolean;
};

export type ReceiptTip = { readonly seq: number; readonly hash: Hash32 } | null;
/** What a receipt needs to be made (`sharing`, makeReceipt). */
export type ReceiptOrder = {
  readonly origin: string;
  readonly grant: GrantId;
  readonly owner: { readonly acct: AccountId; readonly boxPk: PublicKey };
  readonly tip: ReceiptTip;
  readonly since: string;
  readonly why: 'opened' | 'background';
  readonly now: number;
};

export interface Shared {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => SharedSnapshot;
  /** Decrypted entries of one person, from all open shares of theirs; `heldSince` tells when each came here. */
  readonly person: (owner: AccountId) => RecordIndex;
  /** Resolves when everything held on this device is in the indexes. */
  readonly loaded: Promise<void>;
  readonly connect: (options: ConnectOptions) => Promise<ConnectOutcome>;
  readonly disconnect: () => Promise<void>;
  /** Asks for what is new in every share, in the background. */
  readonly syncNow: () => Promise<ConnectOutcome>;
  /** The same for one person, opened by hand: the receipt says so. */
  readonly openPerson: (owner: AccountId) => Promise<ConnectOutcome>;
  /** What ends or begins by itself is looked at when it is due; asked for as well after a sleep, in which timers stand still. */
  readonly lookAtClock: () => void;
  /** Drops keys and entries of everything a person shared, and does not read it again. */
  readonly forget: (owner: AccountId) => Promise<void>;
  readonly close: () => Promise<void>;
}
