/**
 * An attack: one lie a server can tell, the journey in which it tells it, and the word the client must give for
 * it. Attacks are data, so that the same list runs against the client's code and against the built app.
 */
import type { AccountId } from '@evenkeel/protocol';
import type {
  ConnectionReason,
  QuarantineReason,
  ServerFault,
  SharedEnd,
  SharedFault,
} from '@evenkeel/replica';
import type { CodeRefusal, ReadOffer, ReadReply, ReceiptFault } from '@evenkeel/sharing';
import type { UnlockOutcome } from '@evenkeel/vault';
import type { EvilExchange, Meddling } from '../evil-server.ts';

export type JourneyName =
  /** A new device of the person pulls everything. */
  | 'first-pull'
  /** A device that has pulled before pulls what another device wrote since. */
  | 'next-pull'
  /** A device that holds an entry in its second version pulls again. */
  | 'after-edit'
  /** A device pulls after another one was removed from the account. */
  | 'removed-device'
  /** A device sends an edit of an entry that a removed device has edited too. */
  | 'edit-after-removal'
  /** A device sends what it wrote. */
  | 'push'
  /** A clinician's device pulls a share for the first time. */
  | 'first-share'
  /** A clinician's device that has pulled before pulls again. */
  | 'next-share'
  /** An invitation by link, offer and reply. */
  | 'invitation'
  /** A new device joins by code. */
  | 'link'
  /** The 24 words in an empty browser. */
  | 'recovery'
  /** The person reads who opened what. */
  | 'receipts'
  /** A device opens a session. */
  | 'session'
  /** A device asks to be woken at its moments. */
  | 'waking';

export type Noticed =
  | ServerFault
  | QuarantineReason
  | ConnectionReason
  | SharedFault
  | SharedEnd
  | CodeRefusal
  | ReceiptFault['reason']
  | Extract<ReadOffer | ReadReply, { ok: false }>['reason']
  | Extract<UnlockOutcome, { ok: false }>['reason']
  | 'words-differ'
  /** A clinician's desk shows no such share. */
  | 'not-shown'
  /** Nothing to notice: the lie changes nothing for the client, which is held to be as it would be without it. */
  | 'harmless';

export type Attack = {
  /** As in "A server that <name>". */
  readonly name: string;
  /** What it would gain. */
  readonly story: string;
  readonly journey: JourneyName;
  readonly apply: (scene: Scene) => Meddling;
  readonly expects: Noticed;
};

/** What a lying server has at hand: everything that ever passed, and an account of its own making. */
export type Scene = {
  readonly recorded: () => readonly EvilExchange[];
  readonly foreignAcct: AccountId;
  /** Envelopes that a removed device of the person wrote after it was removed, and hands to the server. */
  readonly removedEnvelopes: readonly string[];
  /** Envelopes (base64url) sealed and signed by an account that has nothing to do with the person. */
  readonly foreignEnvelopes: readonly string[];
  /** The person's device log, which any server of theirs holds. */
  readonly ownObjects: readonly string[];
  /** Log objects of that account: Account, DeviceCert, Grant. */
  readonly foreignObjects: readonly string[];
  /** A letter (base64url) that the server made itself. */
  readonly foreignLetter: string;
  /** A recovery wrap of the server's own root. */
  readonly foreignWrap: string;
  /** What was never written, sealed to the person's device as a note written while it was locked; empty without its log. */
  readonly forgedNote: string;
};
