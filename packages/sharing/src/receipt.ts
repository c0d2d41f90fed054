/**
 * Receipts: each time a clinician's device fetches something of a share it signs a receipt, and without one
 * the server gives nothing. They form a chain per (grant, device), so one that is missing in the middle or was
 * invented is noticed; only the last can be held back until the next. So they say "accesses we can prove",
 * never "all accesses". docs/protocol.md, "Receipts, deletion, audit".
 */
import { type LocalDay, dayOfInstant } from '@evenkeel/journal';
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type GrantId,
  type Hash32,
  type PublicKey,
  type Receipt,
  ZERO_HASH,
  concat,
  deviceCertSchema,
  deviceIdOf,
  fromBase64url,
  idToBytes,
  isPinnableKey,
  objectHash,
  objectTextSchema,
  parseObject,
  parsePayload,
  receiptSchema,
  toBase64url,
  u32,
  u8,
  utf8,
  verifyObject,
  z,
} from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { SharingFault } from './grant.ts';

export type Why = Receipt['why'];

/** The end of this device's chain for one grant; null before its first receipt. */
export type ReceiptTip = { readonly seq: number; readonly hash: Hash32 } | null;

export type ReceiptRequest = {
  readonly origin: string;
  readonly grant: GrantId;
  readonly owner: { readonly acct: AccountId; readonly boxPk: PublicKey };
  readonly tip: ReceiptTip;
  /** The pull's cursor. */
  readonly since: string;
  readonly why: Why;
  /** In the clinician's words, up to 200 characters; empty when nothing is said. */
  readonly purpose: string;
  /** This device's DeviceCert: the person has no other way to learn the key that signs. */
  readonly cert: Uint8Array;
  readonly now: number;
};

/** A receipt as its owner reads it. */
export type ReadReceipt = {
  readonly grant: GrantId;
  readonly dev: DeviceId;
  readonly seq: number;
  readonly time: number;
  readonly why: Why;
  readonly purpose: string;
};

/** What is wrong with a chain, by device and, where one is meant, by number. */
export type ReceiptFault = { readonly dev: DeviceId | null; readonly seq: number | null } & {
  readonly reason:
    /** Not signed by a device that this clinician has. */
    | 'forged'
    | 'unknown-device'
    | 'malformed'
    | 'wrong-grant'
    | 'wrong-server'
    /** Numbers are missing before this one. */
    | 'gap'
    /** Two different receipts bear one number, or one does not follow the one before. */
    | 'fork';
};

export type ReadChains = {
  readonly receipts: readonly ReadReceipt[];
  readonly faults: readonly ReceiptFault[];
};

/** The certificate travels with the first receipt and each 64th, so that a chain can be read by itself. */
const RECEIPTS_BETWEEN_CERTS = 64;
const MOST_PURPOSE = 200;

const insideSchema = z.strictObject({
  purpose: z.string().check(z.maxLength(MOST_PURPOSE)),
  cert: z.nullable(objectTextSchema),
});

/** Signs the next receipt of this device's chain; give its hash and number as `tip` the next time. */
export async function makeReceipt(
  vault: Vault,
  request: ReceiptRequest,
): Promise<{ readonly object: Bytes; readonly tip: NonNullable<ReceiptTip> }> {
  const seq = request.tip === null ? 0 : request.tip.seq + 1;
  const withCert = seq % RECEIPTS_BETWEEN_CERTS === 0;
  const inside = {
    purpose: request.purpose.slice(0, MOST_PURPOSE),
    cert: withCert ? toBase64url(request.cert) : null,
  };
  const sealedPurpose =
    inside.purpose === '' && inside.cert === null
      ? ''
      : toBase64url(
          await vault.sealTo(
            request.owner.boxPk,
            sealContext(request.grant, request.owner.acct, seq),
            utf8(JSON.stringify(inside)),
          ),
        );
  const payload: Receipt = {
    origin: request.origin,
    grant: request.grant,
    seq,
    prev: request.tip?.hash ?? ZERO_HASH,
    since: request.since,
    time: request.now,
    why: request.why,
    sealedPurpose,
  };
  const [object] = await vault.sign([{ type: 'receipt', signer: 'device', payload }]);
  if (object === undefined) throw new SharingFault('unsigned', 'the vault gave no signature');
  return { object, tip: { seq, hash: objectHash(object) } };
}

/** The chain's end in a receipt the server says it holds; null when it is none of ours. */
export function tipOf(object: Uint8Array): ReceiptTip {
  const parsed = parseObject(object);
  if (!parsed.ok || parsed.object.type !== 'receipt') return null;
  const receipt = parsePayload(parsed.object.payload, receiptSchema);
  return receipt.ok ? { seq: receipt.value.seq, hash: objectHash(object) } : null;
}

/**
 * Reads all receipts of one grant as its owner, under the identity key pinned for the clinician. Order and
 * doubles do not matter. Everything that verifies is listed even where the chain around it has faults.
 */
export async function readReceipts(
  vault: Vault,
  expected: {
    readonly owner: AccountId;
    readonly grant: GrantId;
    readonly clinician: { readonly acct: AccountId; readonly signPk: PublicKey };
    readonly origin: string;
  },
  objects: readonly Uint8Array[],
): Promise<ReadChains> {
  const faults: ReceiptFault[] = [];
  const claims = distinct(objects).flatMap((bytes) => claimOf(bytes, faults));
  const insides = await Promise.all(claims.map((claim) => openInside(vault, expected.owner, claim)));
  const keyByDevice = await certifiedKeys(expected.clinician, insides);
  const receiptsByDevice = new Map<DeviceId, Verified[]>();
  for (const [i, claim] of claims.entries()) {
    const at = { dev: claim.dev, seq: claim.receipt.seq };
    const publicKey = keyByDevice.get(claim.dev);
    // check: receipt: a device the clinician certified
    if (publicKey === undefined) {
      faults.push({ ...at, reason: 'unknown-device' });
      continue;
    }
    const signer = { type: 'receipt', acct: expected.clinician.acct, signer: claim.dev, publicKey } as const;
    const verified = await verifyObject(claim.bytes, signer, receiptSchema);
    // check: receipt: signed by that device
    if (!verified.ok) {
      faults.push({ ...at, reason: 'forged' });
      continue;
    }
    // check: receipt: of this share
    if (verified.payload.grant !== expected.grant) {
      faults.push({ ...at, reason: 'wrong-grant' });
      continue;
    }
    // check: receipt: for this server
    if (verified.payload.origin !== expected.origin) {
      faults.push({ ...at, reason: 'wrong-server' });
      continue;
    }
    const known = receiptsByDevice.get(claim.dev) ?? [];
    known.push({ receipt: verified.payload, hash: verified.hash, purpose: insides[i]?.purpose ?? '' });
    receiptsByDevice.set(claim.dev, known);
  }
  // Where the true receipt of a number is here as well, what a server once showed in its place is no matter.
  const isHere = ({ dev, seq }: ReceiptFault): boolean =>
    dev !== null && (receiptsByDevice.get(dev)?.some(({ receipt }) => receipt.seq === seq) ?? false);
  const left = faults.filter((fault) => fault.reason !== 'forged' || !isHere(fault));
  const receipts = [...receiptsByDevice].flatMap(([dev, chain]) => readChain(dev, chain, left));
  return { receipts: receipts.toSorted((a, b) => b.time - a.time || b.seq - a.seq), faults: left };
}

/** One line of "who opened what": an opening by hand, or all background refreshes of one day. */
export type AccessLine =
  | { readonly kind: 'opened'; readonly time: number; readonly purpose: string }
  | { readonly kind: 'refreshed'; readonly day: LocalDay; readonly times: number; readonly last: number };

/** The person's list, newest first; days are those of `zone`. */
export function accessLines(receipts: readonly ReadReceipt[], zone: string): readonly AccessLine[] {
  const refreshedByDay = new Map<LocalDay, { times: number; last: number }>();
  const lines: AccessLine[] = [];
  for (const { why, time, purpose } of receipts) {
    if (why === 'opened') {
      lines.push({ kind: 'opened', time, purpose });
      continue;
    }
    const day = dayOfInstant(time, zone);
    const known = refreshedByDay.get(day);
    if (known === undefined) refreshedByDay.set(day, { times: 1, last: time });
    else refreshedByDay.set(day, { times: known.times + 1, last: Math.max(known.last, time) });
  }
  for (const [day, { times, last }] of refreshedByDay) lines.push({ kind: 'refreshed', day, times, last });
  return lines.toSorted((a, b) => timeOfLine(b) - timeOfLine(a));
}

type Claim = { readonly bytes: Uint8Array; readonly dev: DeviceId; readonly receipt: Receipt };
type Inside = z.infer<typeof insideSchema>;
type Verified = { readonly receipt: Receipt; readonly hash: Hash32; readonly purpose: string };

function distinct(objects: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(objects.map((bytes) => [objectHash(bytes), bytes])).values()];
}

/** What a receipt says before anything of it is believed: enough to look for the certificate inside. */
function claimOf(bytes: Uint8Array, faults: ReceiptFault[]): readonly Claim[] {
  const parsed = parseObject(bytes);
  const receipt =
    parsed.ok && parsed.object.type === 'receipt' ? parsePayload(parsed.object.payload, receiptSchema) : null;
  if (!parsed.ok || receipt === null || !receipt.ok) {
    faults.push({ dev: null, seq: null, reason: 'malformed' });
    return [];
  }
  if (parsed.object.signer === 'identity') {
    faults.push({ dev: null, seq: receipt.value.seq, reason: 'forged' });
    return [];
  }
  return [{ bytes, dev: parsed.object.signer, receipt: receipt.value }];
}

async function openInside(vault: Vault, owner: AccountId, { receipt }: Claim): Promise<Inside | null> {
  const box = fromBase64url(receipt.sealedPurpose);
  if (box === null || box.length === 0) return null;
  const plaintext = await vault.openSealed(sealContext(receipt.grant, owner, receipt.seq), box);
  if (plaintext === null) return null;
  const inside = parsePayload(plaintext, insideSchema);
  return inside.ok ? inside.value : null;
}

/** Device keys of the clinician, from the certificates in the receipts, each signed by the pinned identity. */
async function certifiedKeys(
  clinician: { readonly acct: AccountId; readonly signPk: PublicKey },
  insides: readonly (Inside | null)[],
): Promise<ReadonlyMap<DeviceId, PublicKey>> {
  const keys = new Map<DeviceId, PublicKey>();
  for (const text of new Set(insides.map((inside) => inside?.cert ?? null))) {
    const bytes = text === null ? null : fromBase64url(text);
    if (bytes === null) continue;
    const signer = {
      type: 'device-cert',
      acct: clinician.acct,
      signer: 'identity',
      publicKey: clinician.signPk,
    } as const;
    const cert = await verifyObject(bytes, signer, deviceCertSchema);
    // check: receipt: a certificate of the pinned identity
    if (!cert.ok || deviceIdOf(cert.payload.signPk) !== cert.payload.dev) continue;
    if (await isPinnableKey(cert.payload.signPk)) keys.set(cert.payload.dev, cert.payload.signPk);
  }
  return keys;
}

function readChain(
  dev: DeviceId,
  chain: readonly Verified[],
  faults: ReceiptFault[],
): readonly ReadReceipt[] {
  const sorted = chain.toSorted((a, b) => a.receipt.seq - b.receipt.seq);
  let before: Verified | null = null;
  for (const one of sorted) {
    const { seq, prev } = one.receipt;
    const expectedSeq: number = before === null ? 0 : before.receipt.seq + 1;
    const follows = seq === expectedSeq && prev === (before?.hash ?? ZERO_HASH);
    // check: receipt: the next of its chain
    if (!follows) faults.push({ dev, seq, reason: seq > expectedSeq ? 'gap' : 'fork' });
    before = one;
  }
  return sorted.map(({ receipt, purpose }) => ({
    grant: receipt.grant,
    dev,
    seq: receipt.seq,
    time: receipt.time,
    why: receipt.why,
    purpose,
  }));
}

function timeOfLine(line: AccessLine): number {
  return line.kind === 'opened' ? line.time : line.last;
}

function sealContext(grant: GrantId, owner: AccountId, seq: number): Bytes {
  return concat(utf8('ek1/receipt-purpose'), u8(0), idToBytes(grant), idToBytes(owner), u32(seq));
}
