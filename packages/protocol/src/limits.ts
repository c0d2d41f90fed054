/**
 * The server's default limits. Only tests and the bench pass others; no setting loosens them, but for the number of
 * accounts, which is the host's to choose.
 */
export const DEFAULT_LIMITS = {
  envelopeBytes: 65_536,
  pushEnvelopes: 500,
  /** Of a request's body, inflated; a push and every other request. */
  pushBytes: 1_048_576,
  /** Of one answer to a pull, before its last page; a read that comes later is answered empty, with `more`. */
  pullBytes: 4_194_304,
  /** Heads, packs, receipts and log objects of one read. */
  pullSideRows: 500,
  accountBytes: 50 * 1_048_576,
  /** On this server. */
  accounts: 1000,
  /** Accounts that one account lets in by its offers, in all. */
  offerAdmissions: 20,
  accountStreams: 5000,
  activeGrants: 50,
  devices: 10,
  /** Objects of a device log; a revocation is taken beyond it. */
  deviceLogObjects: 1000,
  requestsPerMinute: 600,
  requestBurst: 100,
  /** Requests that were begun and not answered to their last byte. */
  requestsAtOnce: 16,
  requestsAtOncePerAddress: 64,
  pushesPerMinute: 60,
  liveStreams: 10,
  openRegistrationsPerDayPerAddress: 5,
  recoveryReadsPerMinutePerAddress: 30,
  recoveryReadsAtOncePerAddress: 2,
  receiptsPerMinute: 120,
  /** The longest purpose and a device certificate come to 6,000. */
  receiptBytes: 8192,
  /** Receipts are kept for ever, beside the account's bytes: those of one share, and of all. */
  grantReceiptBytes: 25 * 1_048_576,
  accountReceiptBytes: 100 * 1_048_576,
  /** Letter boxes of one account that are not over yet. */
  mailboxes: 50,
  /** Heads kept per device, and grant heads per grant and device; the last full head is kept besides. */
  headsKept: 64,
  linkLetterMs: 5 * 60_000,
  offerLetterMs: 7 * 86_400_000,
  challengeMs: 60_000,
  sessionIdleMs: 30 * 60_000,
  sessionMostMs: 12 * 3_600_000,
  /** Opening one more closes the oldest. */
  sessionsPerDevice: 20,
  invitationMs: 24 * 3_600_000,
  /** Longest grant a host allows; null means no end is demanded. */
  grantMostMs: null,
} as const;

type Widen<T> = { readonly [Key in keyof T]: T[Key] extends number ? number : number | null };
export type Limits = Widen<typeof DEFAULT_LIMITS>;
