/** The rows a push needs, and the account as it leaves them. */
import type {
  AccountId,
  Bytes,
  DeviceId,
  GrantId,
  Hash32,
  KeyId,
  Limits,
  ProblemCode,
  PublicKey,
  PushedEnvelope,
  RecordId,
  ServerEpoch,
  StreamId,
} from '@evenkeel/protocol';
import type { DeviceChange } from '../accounts/plan-device-log.ts';
import type { GrantChange } from '../grants/plan-grant-log.ts';
import type { VerifiedSide } from '../grants/plan-side.ts';
import type { AccountState, KnownDevice, StoredGrant, Tip } from '../store/store.ts';
import type { OfferedEnvelope } from './plan-envelopes.ts';

/** Log objects that verified as the continuation of `after`. */
export type LogBatch<Kind> = { readonly after: Tip; readonly entries: readonly LogEntry<Kind>[] };
export type LogEntry<Kind> = {
  readonly seq: number;
  readonly hash: Hash32;
  readonly bytes: Bytes;
  readonly change: Kind;
};

export type VerifiedPush = {
  readonly deviceLog: LogBatch<DeviceChange> | null;
  readonly grantLog: LogBatch<GrantChange> | null;
  readonly packs: readonly VerifiedSide[];
  readonly envelopes: readonly OfferedEnvelope[];
  readonly heads: readonly VerifiedSide[];
};

/** The current version of a record. */
export type HeldRecord = {
  readonly sid: StreamId;
  readonly n: number;
  /** The account's sequence at which it was stored: names the row. */
  readonly seq: number;
  readonly leaf: Hash32;
  readonly rev: number;
  readonly isTombstone: boolean;
  readonly body: Bytes;
  readonly stub: Bytes;
};
export type HeldStream = { readonly n: number; readonly chain: Hash32 };

/** What a store looks up before it asks the plan. */
export type PushState = {
  readonly account: AccountState;
  readonly records: ReadonlyMap<RecordId, HeldRecord>;
  readonly streams: ReadonlyMap<StreamId, HeldStream>;
  /** Leaves among the offered ones that were replaced or erased. */
  readonly oldLeaves: ReadonlySet<Hash32>;
  /** Grants that packs, heads and log objects name. */
  readonly grants: ReadonlyMap<GrantId, StoredGrant>;
  readonly activeGrants: number;
  /** Which grantees of new grants are on this server. */
  readonly grantees: ReadonlySet<AccountId>;
  /** The last head held, by `sideName`. */
  readonly lastHeads: ReadonlyMap<string, Tip>;
  /** Hash of the pack held, by `sideName`. */
  readonly heldPacks: ReadonlyMap<string, Hash32>;
  /** Hashes of offered heads and packs that are held already. */
  readonly heldSides: ReadonlySet<Hash32>;
  /** New grant ids that another account has used: an id names one grant on a server. */
  readonly takenGrants: ReadonlySet<GrantId>;
};

export type PlannedLeaf = {
  readonly seq: number;
  readonly sid: StreamId;
  readonly n: number;
  readonly rec: RecordId;
  readonly kid: KeyId;
  /** A body, or already a stub when a later envelope of the same push replaced it. */
  body: Bytes;
};
export type Erasure = { readonly seq: number; readonly stub: Bytes };
export type PlannedStream = { n: number; chain: Hash32; seq: number; readonly isNew: boolean };

/** What is to be written, in this order. */
export type Effects = {
  readonly deviceLog: { readonly seq: number; readonly entry: LogEntry<DeviceChange> }[];
  readonly grantLog: { readonly seq: number; readonly entry: LogEntry<GrantChange> }[];
  readonly packs: { readonly seq: number; readonly side: VerifiedSide }[];
  readonly leaves: PlannedLeaf[];
  /** The row that is current for each record touched, by sequence. */
  readonly current: Map<RecordId, number>;
  /** Bodies of rows stored before that become stubs. */
  readonly erasures: Erasure[];
  /** Leaves that were current once and are known for ever. */
  readonly oldLeaves: Hash32[];
  readonly streams: Map<StreamId, PlannedStream>;
  readonly heads: { readonly seq: number; readonly side: VerifiedSide }[];
  readonly revokedDevices: DeviceId[];
};

/** The account as the push leaves it; every step reads and changes it. */
export type Draft = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly devices: Map<DeviceId, KnownDevice>;
  readonly grants: Map<GrantId, StoredGrant>;
  deviceLog: Tip;
  grantLog: Tip;
  epoch: number;
  minSuite: number;
  seq: number;
  bytes: number;
  streams: number;
  activeGrants: number;
  adopted: boolean;
  readonly effects: Effects;
};

export type PushContext = {
  readonly limits: Limits;
  readonly serverEpoch: ServerEpoch;
  readonly now: number;
  /** A whole log arrives from another server: its grantees need not be here yet. */
  readonly arriving: boolean;
};

export type PlanFault = { readonly problem: ProblemCode; readonly detail: string };
export type PlannedPush =
  | ({ readonly ok: false } & PlanFault)
  | { readonly ok: true; readonly draft: Draft; readonly envelopes: readonly PushedEnvelope[] };

export function draftOf(state: PushState): Draft {
  const { account } = state;
  return {
    acct: account.acct,
    signPk: account.signPk,
    devices: new Map(account.devices),
    grants: new Map(state.grants),
    deviceLog: account.deviceLog,
    grantLog: account.grantLog,
    epoch: account.epoch,
    minSuite: account.minSuite,
    seq: account.seq,
    bytes: account.bytes,
    streams: account.streams,
    activeGrants: state.activeGrants,
    adopted: account.adopted,
    effects: {
      deviceLog: [],
      grantLog: [],
      packs: [],
      leaves: [],
      current: new Map(),
      erasures: [],
      oldLeaves: [],
      streams: new Map(),
      heads: [],
      revokedDevices: [],
    },
  };
}

/** Takes the account's next sequence. Inside the transaction, so that nobody reads past a gap. */
export function nextSeq(draft: Draft): number {
  draft.seq += 1;
  return draft.seq;
}
