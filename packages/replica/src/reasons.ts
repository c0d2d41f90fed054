/**
 * Every reason this package can give, as words a screen maps to a sentence. They are unions of strings, so that
 * `satisfies Record<Reason, Message>` makes a new reason a compile error until somebody writes the sentence.
 */
import type { ProblemCode, Refusal } from '@evenkeel/protocol';

/** Why nothing was written. Whatever the reason, nothing was half-saved. */
export type WriteRefusal =
  /** The device, or what the browser allows this site, is full. */
  | 'storage-full'
  /** The browser closed or took away the storage (private window, eviction, a failing disk). */
  | 'storage-lost'
  /** The vault was locked meanwhile. */
  | 'locked'
  /** A record does not fit an envelope (64 KiB). */
  | 'too-large'
  /** There is nothing here under that id. */
  | 'not-found';

/** Why an entry is not on the server yet, although there is a server. */
export type WaitingReason =
  /** Not sent yet, or sent and not answered. */
  | 'to-be-sent'
  /** It replaces a version that needs to be merged first. */
  | 'being-merged'
  | Refusal;

/** Why something the server sent did not become an entry. It is kept apart, shown, and tried again. */
export type QuarantineReason =
  | 'malformed'
  | 'newer-app-needed'
  /** Written by a device that is not (yet) in the device log. */
  | 'unknown-device'
  /** Written by a removed device after it was removed. */
  | 'revoked-device'
  /** The signature is not the device's. */
  | 'forged'
  /** Ours by its name, and changed. */
  | 'tampered'
  /** No key of ours opens it: for the own account, a stream or key id that does not derive. */
  | 'no-key'
  /** What it says inside (record, category, day) is not where its keys say it lies. */
  | 'misplaced'
  /** The same record was already seen in another stream. */
  | 'wrong-stream'
  /** Sealed under an epoch that the grant log does not know. */
  | 'epoch-ahead';

/** What a server did that an honest one cannot do. Each is kept and shown; an honest exchange afterwards heals it. */
export type ServerFault =
  /** Another leaf at a position that was already verified. */
  | 'leaf-changed'
  /** A version that is not the newest of its record, at the end of the stream as if it were. */
  | 'replayed'
  /** A position is missing: something was held back. */
  | 'gap'
  /** A body inside one's scope is missing, and nothing that came later replaces it. */
  | 'body-withheld'
  /** A device signed more of a stream than the server shows. */
  | 'withheld'
  /** A device signed another history of a stream. */
  | 'forked'
  /** An older head than one already seen of the same device. */
  | 'head-rollback'
  /** Two heads of one device with the same number. */
  | 'head-equivocation'
  /** A head that does not follow the one before it. */
  | 'head-broken'
  /** The server does not take a head of this device that follows those it took: nobody else can count on this device. */
  | 'head-refused'
  /** A head, pack or receipt whose signature is not its device's. */
  | 'side-row-forged'
  /** A log that does not continue the one held here. */
  | 'log-forked'
  /** A log object that does not verify. */
  | 'log-refused'
  /** The server acknowledged another leaf than was sent. */
  | 'wrong-acknowledgement'
  /** A reply that does not have the agreed form. */
  | 'malformed-reply'
  /** This device's own head, unknown to it: the profile was restored from a copy. Make a new device key. */
  | 'own-head-unknown'
  /** The server's data is another than before, and its owner has not said that it is the continuation. */
  | 'server-restarted';

/** Why there is no conversation with the server at present. */
export type ConnectionReason =
  /** No answer: offline, or the server is down. Tried again by itself. */
  | 'unreachable'
  /** The server answered with something that is not ours. */
  | 'not-a-server'
  /** The server names another address as its own: a relayed login would fail. */
  | 'wrong-origin'
  /** The server has forgotten this account (a new database): join it again with an invitation. */
  | 'account-unknown'
  | ProblemCode;

/** Why a share no longer opens anything here. `unknown`: the server holds no such share (any more). */
export type SharedEnd = 'revoked' | 'expired' | 'unknown';

/** Why a share cannot be shown, or not wholly. */
export type SharedFault =
  /** Its owner was never pinned on this device. */
  | 'not-pinned'
  /** The grant or device log does not verify under the pinned account. */
  | 'grant-forged'
  /** The first grant does not repeat the invitation or the card it answers. */
  | 'not-invited'
  /** The server does not take this device's receipts, so it gives nothing. */
  | 'receipt-out-of-order'
  | 'receipt-invalid'
  /** The server says that the share is over, and shows nothing signed by its owner that says so. */
  | 'end-unproven'
  | ServerFault;

/** A broken promise between our own rooms, or a storage that stopped working; never a wrong input. */
export class ReplicaFault extends Error {
  override readonly name = 'ReplicaFault';
  readonly code: 'closed' | 'storage' | 'unsigned';
  constructor(code: ReplicaFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
