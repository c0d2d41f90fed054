/**
 * The replica: this device's sealed copy of a diary. What is written here lies sealed in IndexedDB before the
 * promise resolves; a server, when there is one, gets the same bytes.
 */
import type { Change, Clock, EntryRecord, Version } from '@evenkeel/journal';
import type {
  AccountId,
  Bytes,
  DeviceId,
  DeviceLog,
  GrantId,
  GrantLog,
  Hash32,
  KeyId,
  MailboxId,
  RecordId,
  ServerEpoch,
  StreamId,
} from '@evenkeel/protocol';
import type { StoreMark } from './envelopes.ts';
import type { RecordIndex } from './record-index.ts';
import type {
  ConnectionReason,
  QuarantineReason,
  ServerFault,
  WaitingReason,
  WriteRefusal,
} from './reasons.ts';

export type WriteOutcome =
  /** `records`: as they are stored now, which is the merge when somebody else had changed them meanwhile. */
  | { readonly ok: true; readonly records: readonly EntryRecord[] }
  | { readonly ok: false; readonly reason: WriteRefusal };

/** The id of a box in which a draft is kept. */
export type DraftBox = string;

/** Where an entry is safe. "On your server" means: the leaf the server acknowledged is the leaf held here. */
export type Safety =
  | { readonly where: 'on-this-phone' }
  | { readonly where: 'on-your-server' }
  | { readonly where: 'waiting'; readonly reason: WaitingReason };

export type SafetyCounts = {
  readonly onThisPhone: number;
  readonly onYourServer: number;
  readonly waiting: number;
  /** How many wait for which reason; only reasons that occur. */
  readonly waitingByReason: ReadonlyMap<WaitingReason, number>;
};

export type Connection =
  /** No server was joined, or `disconnect` was called. */
  | { readonly status: 'off' }
  | { readonly status: 'connecting' }
  | { readonly status: 'online' }
  /** Tried again by itself while the reason is `unreachable`; anything else needs the person. */
  | { readonly status: 'stopped'; readonly reason: ConnectionReason };

export type SyncState = {
  readonly connection: Connection;
  readonly server: { readonly origin: string; readonly serverEpoch: ServerEpoch } | null;
  /** Entries acknowledged of entries held, while something is being sent; null when nothing waits. */
  readonly sending: { readonly done: number; readonly of: number } | null;
  /** True from the first page of a pull until the server had nothing more. */
  readonly receiving: boolean;
  readonly completeness: Completeness;
  /** The server's database is new since the last time (a restored backup, or emptied). Said until `acknowledge`. */
  readonly restartedAt: number | null;
};

/**
 * `asOf`: the time (ms UTC) of the newest head, signed by another of the account's devices (by this one where it is the
 * only one), that everything here was held against and agreed with; null when there was none yet. Never a bare tick: a
 * server that freezes only grows old.
 */
export type Completeness = {
  readonly asOf: number | null;
  /** When the server had last given all it had, ms UTC. */
  readonly heardAt: number | null;
  readonly faults: readonly KnownFault[];
  /** When each other device last signed what it had seen, ms UTC. */
  readonly devices: ReadonlyMap<DeviceId, number>;
};

export type KnownFault = {
  readonly fault: ServerFault;
  readonly at: number;
  readonly sid?: StreamId;
  readonly dev?: DeviceId;
};

export type Quarantined = {
  readonly id: number;
  readonly reason: QuarantineReason;
  readonly sid: StreamId;
  readonly n: number;
  readonly at: number;
};

/** Envelopes there are: what packs must cover (see `sharing`, keysForScope). */
export type StreamInUse = {
  readonly sid: StreamId;
  readonly cat: number;
  readonly month: number;
  readonly epoch: number;
  readonly days: readonly number[];
};

export type ConnectOptions = {
  readonly origin: string;
  /** Where requests go when it is not `origin` itself (tests, a proxy). */
  readonly address?: string;
  readonly fetch?: typeof fetch;
  /** Whether to keep a live stream open; true by default. */
  readonly live?: boolean;
  /** Milliseconds between tries while the server cannot be reached; 3000 by default, growing to a minute. */
  readonly retryMs?: number;
};

export type ConnectOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: ConnectionReason };

export type Invitation =
  | { readonly kind: 'host'; readonly code: string }
  | { readonly kind: 'offer'; readonly mailbox: MailboxId }
  | { readonly kind: 'none' };

/**
 * `ok` once the objects are in the local log; `sent` tells whether the server has them as well. Where another device
 * was first, they are signed again behind what it did. `log-moved`: they were not made to follow the local log: look
 * again and sign again.
 */
export type AppendOutcome =
  | { readonly ok: true; readonly sent: boolean }
  | { readonly ok: false; readonly reason: 'log-moved' }
  /**
   * The objects do not verify here, or (`problem`) the server will never take them; the log is as it was. What ends a
   * share or removes a device stays in it whatever a server says.
   */
  | { readonly ok: false; readonly reason: 'refused'; readonly problem?: ConnectionReason };

export interface Logs {
  readonly device: () => DeviceLog;
  readonly grant: () => GrantLog;
  /** All objects, oldest first: for linking a device and for backups. */
  readonly deviceObjects: () => Promise<readonly Bytes[]>;
  readonly grantObjects: () => Promise<readonly Bytes[]>;
  readonly heads: () => Promise<readonly Bytes[]>;
  readonly appendDeviceLog: (objects: readonly Bytes[]) => Promise<AppendOutcome>;
  readonly appendGrantLog: (objects: readonly Bytes[]) => Promise<AppendOutcome>;
  /** Signs and publishes a full head; the hash is what a DeviceRevoke carries as its `cut`. */
  readonly signFullHead: () => Promise<Hash32>;
}

/** A receipt a clinician's device left, verified when its signer was known. */
export type HeldReceipt = {
  readonly grant: GrantId;
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly bytes: Bytes;
};

/** Empty at the end. `mark`: where to go on. */
export type SealedPart = { readonly envelopes: readonly Bytes[]; readonly mark: StoreMark | null };

export interface Replica {
  /** What is open in memory; see `RecordIndex`. */
  readonly index: RecordIndex;
  /** Stamps for edits on this device. */
  readonly clock: Clock;
  /** Resolves when all months are in the index. */
  readonly loaded: Promise<void>;
  /** Resolves when the envelopes themselves are open (saves wait in a sealed table until then). */
  readonly opened: Promise<void>;

  /**
   * Writes new or edited records, in one transaction up to 500 (beyond, oldest first in several). Merges with what is
   * stored if it changed meanwhile. `from`: the box of the draft that they were made from, which goes with it.
   */
  readonly save: (records: readonly EntryRecord[], from?: DraftBox) => Promise<WriteOutcome>;
  /** The same for one record. */
  readonly replaceRecord: (record: EntryRecord) => Promise<WriteOutcome>;
  /** Edits and moves (bin, restore, hide, other day) as `journal` made them, in one transaction. */
  readonly apply: (changes: readonly Change[]) => Promise<WriteOutcome>;
  /** Deletes for good: no body, sealed or open, is left in any database of this device; the server erases its own. */
  readonly eraseForGood: (recs: readonly RecordId[]) => Promise<WriteOutcome>;

  /** What lies sealed in the store, tombstones too, in the order it was written: for a backup file. */
  readonly sealedSince: (mark: StoreMark | null, limit: number) => Promise<SealedPart>;
  /** Merges versions that were opened and verified elsewhere, as a pull does: from a backup file of this diary. */
  readonly mergeIn: (versions: readonly Version[]) => Promise<WriteOutcome>;

  readonly safetyOf: (rec: RecordId) => Safety;
  readonly safetyCounts: () => SafetyCounts;
  readonly sync: () => SyncState;
  /** Called after safety, sync state, logs or quarantine changed. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly quarantine: () => Promise<readonly Quarantined[]>;

  readonly connect: (options: ConnectOptions) => Promise<ConnectOutcome>;
  readonly disconnect: () => Promise<void>;
  /** Asks the server now; resolves when everything known here was sent and everything there was received. */
  readonly syncNow: () => Promise<ConnectOutcome>;
  /** Registers this account and sends the logs; then `connect` sends the diary. */
  readonly joinServer: (
    options: ConnectOptions & { readonly invitation: Invitation },
  ) => Promise<ConnectOutcome>;
  readonly putRecoveryWrap: (id: MailboxId, wrap: Uint8Array) => Promise<ConnectOutcome>;
  /** The person has read that the server was restarted. */
  readonly acknowledgeRestart: () => Promise<void>;
  /** Sends again what was refused (after freeing room, for example). */
  readonly retryRefused: () => Promise<void>;

  readonly logs: Logs;
  /** Key packs to send; kept until the server has them. */
  readonly addPacks: (packs: readonly Bytes[]) => Promise<void>;
  /** All packs of a grant known here, sent or received: what is already covered. */
  readonly packs: () => Promise<readonly Bytes[]>;
  readonly receipts: () => Promise<readonly HeldReceipt[]>;
  /** Asks for all of them again with the next pull: where one was missing, or did not verify. */
  readonly receiptsAgain: () => Promise<void>;
  /** Streams that hold envelopes, with the days and epochs of those. */
  readonly streamsInUse: () => readonly StreamInUse[];
  /** Called after every pull and write that changed them, and once when it is first known. */
  readonly onScopeCheck: (callback: (inUse: readonly StreamInUse[]) => void | Promise<void>) => () => void;

  /** Writes what is held back, stops everything and closes the databases. Nothing decrypted stays. */
  readonly close: () => Promise<void>;
}

/** Which key a stub or an envelope names: for callers that compute scopes. */
export type KeyName = { readonly sid: StreamId; readonly kid: KeyId };
