/**
 * What the server keeps, as one asynchronous interface. node:sqlite stands behind it now; PostgreSQL can
 * follow, since every verb is one transaction, everything of an account is reached through its account id,
 * and what may be written is decided by pure functions (`planPush`, `planRegistration`) from rows that the
 * store looks up first. A store never decides; it looks up, asks the plan, and writes.
 */
import type {
  AccountId,
  Bytes,
  DeviceId,
  GrantId,
  Hash32,
  Limits,
  MailboxId,
  ProblemCode,
  PublicKey,
  PushedEnvelope,
  ServerEpoch,
  StreamId,
} from '@evenkeel/protocol';
import type { Admission, Registration, RegistrationState } from '../accounts/plan-registration.ts';
import type { PlannedPush, PushState, VerifiedPush } from '../envelopes/plan-draft.ts';

/** The last object of a log. seq −1 and zeros: the log is empty. */
export type Tip = { readonly seq: number; readonly hash: Hash32 };

export type AccountState = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  readonly active: boolean;
  readonly epoch: number;
  readonly minSuite: number;
  readonly deviceLog: Tip;
  readonly grantLog: Tip;
  readonly devices: ReadonlyMap<DeviceId, KnownDevice>;
  /** The account's sequence: of the last thing that changed in it. */
  readonly seq: number;
  /** Stored for the account, in bytes. */
  readonly bytes: number;
  readonly streams: number;
  /** Whether the owner has taken this database as the continuation of another (EpochAccept). */
  readonly adopted: boolean;
};

export type KnownDevice = {
  readonly signPk: PublicKey;
  readonly addedAt: number;
  readonly revoked: { readonly time: number; readonly cut: Hash32 } | null;
};

/** A grant as the server needs it. */
export type StoredGrant = {
  readonly grant: GrantId;
  readonly owner: AccountId;
  readonly to: AccountId;
  readonly notBefore: number;
  readonly expires: number | null;
  readonly revokedAt: number | null;
};

export function grantStanding(grant: StoredGrant, now: number): 'active' | 'revoked' | 'expired' | 'not-yet' {
  if (grant.revokedAt !== null) return 'revoked';
  if (grant.expires !== null && now >= grant.expires) return 'expired';
  return now < grant.notBefore ? 'not-yet' : 'active';
}

/** Something changed in an account: who should be told. `seq` is that of the account. */
export type Change = {
  readonly acct: AccountId;
  readonly seq: number;
  readonly grants: readonly { readonly grant: GrantId; readonly to: AccountId }[];
  /** Devices that were revoked with it: their live streams end. */
  readonly revokedDevices: readonly DeviceId[];
};

export type PushOutcome =
  | { readonly ok: true; readonly envelopes: readonly PushedEnvelope[]; readonly seq: number }
  | { readonly ok: false; readonly problem: ProblemCode; readonly detail: string };

/** How a write is decided: a pure function of the rows it touches. */
export type Decide<State> = {
  readonly plan: (state: State) => PlannedPush;
  readonly now: number;
  /** Heads kept per chain. */
  readonly headsKept: number;
};

export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: ProblemCode; readonly detail: string };

export type Cursor = { readonly admitted: number; readonly own: number };
export type StoredItem = {
  readonly sid: StreamId;
  readonly n: number;
  readonly body: Bytes;
  readonly cursor: Cursor;
};
export type SideKind = 'head' | 'grant-head' | 'pack' | 'receipt';

export type PageRequest = {
  readonly since: Cursor;
  readonly have: { readonly deviceLog: number; readonly grantLog: number; readonly side: number };
  readonly limit: number;
  /** Of everything in the page, after which it ends; it has at least one of each kind where there is one. */
  readonly bytes: number;
  /** Side rows, and objects of each log. */
  readonly sideRows: number;
};
/** How much of something is wanted: no row after so many bytes. */
export type Room = { readonly rows: number; readonly bytes: number };
export type Page = {
  /** Bodies, and 80-byte stubs where the body is gone or outside the grant. */
  readonly items: readonly StoredItem[];
  readonly more: boolean;
  readonly deviceLog: readonly Bytes[];
  readonly grantLog: readonly Bytes[];
  readonly side: readonly { readonly seq: number; readonly kind: SideKind; readonly bytes: Bytes }[];
  readonly sideSeq: number;
};

/** A receipt whose signature and fields were checked. */
export type VerifiedReceipt = {
  readonly reader: AccountId;
  readonly dev: DeviceId;
  readonly seq: number;
  readonly prev: Hash32;
  readonly hash: Hash32;
  readonly bytes: Bytes;
};
export type GrantPage =
  | { readonly ok: true; readonly page: Page }
  | {
      readonly ok: false;
      /** `receipt-invalid`: there is no room for it. */
      readonly reason: 'revoked' | 'expired' | 'not-yet' | 'unknown' | 'receipt-invalid';
      readonly grantLog: readonly Bytes[];
    }
  | {
      readonly ok: false;
      readonly reason: 'receipt-out-of-order';
      readonly grantLog: readonly Bytes[];
      readonly lastReceipt: Bytes | null;
    };

export type GrantToMe = {
  readonly grant: GrantId;
  readonly owner: AccountId;
  /** The owner's Account object. */
  readonly account: Bytes;
  readonly objects: readonly Bytes[];
  /** Highest sequence of what a read of the grant would bring. */
  readonly seq: number;
};

export type Letter = {
  readonly id: MailboxId;
  readonly acct: AccountId;
  readonly kind: 'link' | 'offer';
  readonly letter: Bytes;
  readonly expires: number;
};

/** A plan whose signature was checked. `push` null: the device is not to be woken. */
export type RingPlan = {
  readonly time: number;
  readonly push: { readonly endpoint: string; readonly at: readonly number[] } | null;
};

/** A device to wake now. */
export type DueRing = { readonly acct: AccountId; readonly dev: DeviceId; readonly endpoint: string };

/** Base64url, as a browser takes the public half (RFC 8292). */
export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

export interface Store {
  readonly serverEpoch: ServerEpoch;
  /** Signs what the server promises. */
  readonly serverKey: PublicKey;

  countAccounts(): Promise<number>;
  /** What is held, everything of it counted. */
  usedBytes(): Promise<number>;
  addInvitation(codeHash: Hash32, expires: number): Promise<void>;
  /** Whether an invitation or offer is unused and not over. Cheap; asked again when the account is written. */
  admits(admission: Admission, now: number): Promise<boolean>;
  findAccount(acct: AccountId): Promise<AccountState | null>;
  register(registration: Registration, decide: Decide<RegistrationState>): Promise<PushOutcome>;
  suspend(acct: AccountId, suspended: boolean): Promise<void>;
  /** For the host: the largest first. */
  listAccounts(): Promise<
    readonly { readonly acct: AccountId; readonly bytes: number; readonly active: boolean }[]
  >;

  /** Whether log objects are already held: the hash at each seq asked for. */
  logHashes(
    acct: AccountId,
    log: 'device' | 'grant',
    seqs: readonly number[],
  ): Promise<ReadonlyMap<number, Hash32>>;
  /** The Grant objects of these grants, with their state. */
  findGrants(
    acct: AccountId,
    grants: readonly GrantId[],
  ): Promise<ReadonlyMap<GrantId, { readonly state: StoredGrant; readonly object: Bytes }>>;
  /** A grant by the two ends that the reader knows: its id and who reads. */
  findGrantTo(reader: AccountId, grant: GrantId): Promise<StoredGrant | null>;

  /** Looks up what the push touches, asks the plan, writes what it says: one transaction. */
  push(acct: AccountId, offered: VerifiedPush, decide: Decide<PushState>): Promise<PushOutcome>;
  pullOwn(acct: AccountId, request: PageRequest): Promise<Page>;
  /** Keeps the receipt and reads in one transaction; no valid next receipt, or no room for it, no page. */
  pullGrant(
    grant: GrantId,
    receipt: VerifiedReceipt,
    request: PageRequest,
    at: {
      readonly now: number;
      readonly limits: Pick<Limits, 'grantReceiptBytes' | 'accountReceiptBytes'>;
    },
  ): Promise<GrantPage>;
  /** The objects of one grant to `reader`, after the first `have`. */
  grantObjects(reader: AccountId, grant: GrantId, have: number, room: Room): Promise<readonly Bytes[]>;
  /** `bytes`: how much of their objects at once. */
  grantsTo(reader: AccountId, bytes: number): Promise<readonly GrantToMe[]>;

  putLetter(letter: Letter, limits: { readonly mailboxes: number }, now: number): Promise<Outcome>;
  withdrawLetter(acct: AccountId, id: MailboxId): Promise<void>;
  /** Reads once: the letter is erased by it. */
  takeLetter(id: MailboxId, now: number): Promise<Bytes | null>;
  putReply(id: MailboxId, letter: Bytes, now: number): Promise<'kept' | 'taken' | 'unknown'>;
  takeReply(acct: AccountId, id: MailboxId, now: number): Promise<Bytes | null>;

  putRecovery(acct: AccountId, id: MailboxId, wrap: Bytes, signed: boolean): Promise<Outcome>;
  findRecovery(id: MailboxId): Promise<{
    readonly acct: AccountId;
    readonly wrap: Bytes;
    readonly deviceLog: readonly Bytes[];
    readonly grantLog: readonly Bytes[];
  } | null>;

  /** The pair that push services know this server by; made when it is asked for first. */
  pushKeys(make: () => PushKeys): Promise<PushKeys>;
  putRingPlan(acct: AccountId, dev: DeviceId, plan: RingPlan, now: number): Promise<Outcome>;
  /** Moments still to come; null when the device has no plan. */
  ringsOf(acct: AccountId, dev: DeviceId): Promise<readonly number[] | null>;
  /** Takes out what came due, each device once; what came due before `oldest` is dropped in silence. */
  takeDueRings(now: number, oldest: number): Promise<readonly DueRing[]>;
  /** Forgets where a device is woken: its push service does not know it any more. */
  dropRingPlan(ring: DueRing): Promise<void>;

  onChange(listener: (change: Change) => void): () => void;
  /** The latest time it was told of, at a look back for what is over, or when a reader was told that a grant is. */
  lastTime(): Promise<number>;
  /** Goes back to a time, by the host's word. */
  believeTime(now: number): Promise<void>;
  /** Forgets what is over (invitations, letters), and keeps the time of it. */
  sweep(now: number): Promise<void>;
  /** Writes, reads back and compares the schema's number; throws when it cannot. */
  check(now: number): Promise<void>;
  /** Waits until erased bodies are out of every file. */
  settleErasures(): Promise<void>;
  close(): Promise<void>;
}
