/**
 * What the rest of the app may ask of the keys. The root, the identity and the device key never leave the
 * implementation behind this interface: in the app that is a Worker (`connectVault`), in tests the same code
 * in-process. Everything is asked for in batches, since each question crosses a thread.
 */
import type {
  AccountId,
  Bytes,
  DeviceId,
  EnvelopeType,
  GrantId,
  Hash32,
  KeyId,
  MailboxId,
  ObjectType,
  PublicKey,
  RecordId,
  StreamId,
} from '@evenkeel/protocol';

/** Category number (1 mood … 241 private), month index (12·(year−2000)+(month−1), 0xFFFF undated), day 1–31 (0 undated). */
export type Place = { readonly cat: number; readonly month: number; readonly day: number };

/** Public facts of an unlocked account on this device. */
export type Holder = {
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  readonly dev: DeviceId;
  readonly devicePk: PublicKey;
};

export type SealRequest = Place & {
  readonly type: EnvelopeType;
  readonly epoch: number;
  readonly rec: RecordId;
  readonly rev: number;
  readonly replaces: Hash32;
  readonly plaintext: Uint8Array;
};

export type OpenRequest = {
  /** Whose envelope: the own account, or a person who shared. */
  readonly owner: AccountId;
  readonly envelope: Uint8Array;
};

/**
 * `no-key`: never ours to read, or not yet ("waiting for a key"). `tampered`: ours, and changed. The
 * signature is checked apart from this, where the device log is known.
 */
export type OpenOutcome =
  | { readonly ok: true; readonly place: Place; readonly plaintext: Bytes }
  | { readonly ok: false; readonly reason: 'no-key' | 'tampered' | 'malformed' | 'newer-app-needed' };

/** One key of a pack, by what it opens. `day` null means the whole stream. */
export type KeyRequest = {
  readonly cat: number;
  readonly month: number;
  readonly epoch: number;
  readonly day: number | null;
};

export type SealedKeyPack = {
  readonly grant: GrantId;
  readonly to: AccountId;
  readonly toBoxPk: PublicKey;
  readonly keys: readonly KeyRequest[];
};

/** A key that came in a pack, without the key itself. */
export type HeldKey = {
  readonly sid: StreamId;
  readonly cat: number;
  readonly month: number;
  readonly epoch: number;
  readonly day: number | null;
};

export type OpenedKeyPack =
  | { readonly ok: true; readonly keys: readonly HeldKey[] }
  | { readonly ok: false; readonly reason: 'malformed' | 'not-for-us' | 'tampered' | 'outside-grant' };

/** What unlocks: the secret that belongs to a wrap of that type. */
export type UnlockSecret =
  | { readonly type: 'passphrase'; readonly passphrase: string }
  | { readonly type: 'pin'; readonly pin: string }
  | { readonly type: 'passkey'; readonly prfOutput: Uint8Array }
  | { readonly type: 'recovery'; readonly words: string }
  /** "No lock": the secret lies beside its wrap. */
  | { readonly type: 'none'; readonly secret: Uint8Array };
export type WrapType = UnlockSecret['type'];

export type UnlockOutcome =
  | { readonly ok: true; readonly holder: Holder; readonly rewrapped: Bytes | null }
  | {
      readonly ok: false;
      readonly reason: 'wrong-secret' | 'tampered' | 'weak-profile' | 'newer-app-needed';
    };

export type NewAccount = {
  readonly holder: Holder;
  /** The device key, sealed under the local key: keep it beside the wraps. */
  readonly deviceKeyBox: Bytes;
  /** Account and first DeviceCert, in order. */
  readonly deviceLog: readonly [Bytes, Bytes];
};

export interface Vault {
  // --- coming in -------------------------------------------------------------------------------------------
  /** Makes root, identity and device on this device, offline. The vault is open afterwards. */
  create(options: { readonly deviceName: string; readonly now: number }): Promise<NewAccount>;
  /** Opens with a wrap and its secret. `rewrapped` is a new wrap when the old one's KDF profile fell below the floor. */
  unlock(options: {
    readonly acct: AccountId;
    readonly wrap: Uint8Array;
    readonly secret: UnlockSecret;
    /** Absent when a kit restores on a new device: then call `addDevice`. */
    readonly deviceKeyBox: Uint8Array | null;
  }): Promise<UnlockOutcome>;
  /** A new device key and its DeviceCert, following the log's last object. */
  addDevice(options: {
    readonly deviceName: string;
    readonly now: number;
    readonly seq: number;
    readonly prev: Hash32;
  }): Promise<{
    readonly holder: Holder;
    readonly deviceKeyBox: Bytes;
    readonly cert: Bytes;
  }>;
  /** Forgets everything. In the app the Worker is terminated as well. */
  lock(): Promise<void>;

  // --- wraps and the kit -----------------------------------------------------------------------------------
  makeWrap(secret: UnlockSecret): Promise<Bytes>;
  /** 24 words, the recovery wrap, and the id under which a server keeps it. */
  makeKit(): Promise<{ readonly words: readonly string[]; readonly wrap: Bytes; readonly id: MailboxId }>;

  // --- envelopes -------------------------------------------------------------------------------------------
  seal(requests: readonly SealRequest[]): Promise<readonly Bytes[]>;
  open(requests: readonly OpenRequest[]): Promise<readonly OpenOutcome[]>;
  /** Stream ids of (category, month) pairs of the own account. */
  streams(places: readonly { readonly cat: number; readonly month: number }[]): Promise<readonly StreamId[]>;
  /** (category, month, day, epoch) of own key ids; null where a kid does not derive (a fault, for the owner). */
  placesOf(
    ids: readonly { readonly sid: StreamId; readonly kid: KeyId; readonly epoch: number }[],
  ): Promise<readonly (Place | null)[]>;
  /** Key ids of the own account, for the clear part of a grant. */
  keyIds(places: readonly (Place & { readonly epoch: number })[]): Promise<readonly KeyId[]>;

  // --- this device only ------------------------------------------------------------------------------------
  /** Sealed under the local key, for caches, drafts and settings. `label` separates uses. */
  sealLocal(label: string, plaintexts: readonly Uint8Array[]): Promise<readonly Bytes[]>;
  openLocal(label: string, boxes: readonly Uint8Array[]): Promise<readonly (Bytes | null)[]>;
  /** Seals to the account of this device without any key of it: works while locked. */
  sealToInbox(options: {
    readonly acct: AccountId;
    readonly dev: DeviceId;
    readonly boxPk: PublicKey;
    readonly plaintext: Uint8Array;
  }): Promise<Bytes>;
  /** Null: sealed to another key, account or device, or changed. */
  openFromInbox(boxes: readonly Uint8Array[]): Promise<readonly (Bytes | null)[]>;

  // --- signatures ------------------------------------------------------------------------------------------
  /** A signed object of this account; `signer` says which key. */
  sign(
    objects: readonly {
      readonly type: ObjectType;
      readonly signer: 'identity' | 'device';
      readonly payload: unknown;
    }[],
  ): Promise<readonly Bytes[]>;
  /** 64 bytes over the session challenge. */
  signSession(origin: string, challenge: string): Promise<Bytes>;

  // --- other people ----------------------------------------------------------------------------------------
  /** Sealed so that only the holder of `toBoxPk` can open it; `context` (bytes) must be given again to open. */
  sealTo(toBoxPk: PublicKey, context: Uint8Array, plaintext: Uint8Array): Promise<Bytes>;
  openSealed(context: Uint8Array, box: Uint8Array): Promise<Bytes | null>;
  /** A signed KeyPack object. */
  sealKeyPack(pack: SealedKeyPack): Promise<Bytes>;
  /**
   * Opens a pack whose signature the caller has verified, checks every key against what the grant admits
   * (sid and kid must agree), and keeps the keys for `open`.
   */
  openKeyPack(options: {
    readonly owner: AccountId;
    readonly pack: Uint8Array;
    readonly admitted: readonly { readonly sid: StreamId; readonly kids: readonly KeyId[] | null }[];
  }): Promise<OpenedKeyPack>;
  /** Drops the keys of everything a person shared under a grant. */
  dropKeys(grant: GrantId): Promise<void>;

  // --- a second device -------------------------------------------------------------------------------------
  /** New device: the 81 bytes to show as a QR code, and where the answer will lie. */
  startLink(): Promise<{ readonly qr: Bytes; readonly mailbox: MailboxId }>;
  /** Old device: the letter that holds the root and the logs, sealed to the new device, and four words to compare. */
  answerLink(options: {
    readonly qr: Uint8Array;
    readonly origin: string;
    readonly deviceLog: readonly Uint8Array[];
    readonly grantLog: readonly Uint8Array[];
    readonly heads: readonly Uint8Array[];
    readonly entryCount: number;
    readonly deviceName: string;
    readonly now: number;
  }): Promise<
    | {
        readonly ok: true;
        readonly letter: Bytes;
        readonly mailbox: MailboxId;
        readonly words: readonly string[];
        readonly cert: Bytes;
      }
    | { readonly ok: false; readonly reason: 'malformed' }
  >;
  /** New device: opens the letter; nothing is kept until `acceptLink`. */
  receiveLink(
    letter: Uint8Array,
    origin: string,
  ): Promise<
    | {
        readonly ok: true;
        readonly acct: AccountId;
        readonly words: readonly string[];
        readonly entryCount: number;
      }
    | { readonly ok: false; readonly reason: 'malformed' | 'tampered' }
  >;
  /** New device, once "same words" was tapped: the vault is open for that account afterwards. */
  acceptLink(): Promise<{
    readonly holder: Holder;
    readonly deviceKeyBox: Bytes;
    readonly deviceLog: readonly Bytes[];
    readonly grantLog: readonly Bytes[];
    readonly heads: readonly Bytes[];
  }>;
}
