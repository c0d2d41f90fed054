/**
 * Versions of records as envelopes, and back. An envelope document is what the store and the server hold: the
 * current version of one record, sealed; a tombstone is a deleted document with an envelope of its own.
 */
import {
  type Version,
  encodeRecord,
  encodeTombstone,
  parseRecord,
  parseTombstone,
  versionRec,
} from '@evenkeel/journal';
import {
  type AccountId,
  type Envelope,
  type Hash32,
  type RecordId,
  concat,
  fromBase64url,
  idToBytes,
  leafOf,
  parseEnvelope,
  readUint,
  toBase64url,
} from '@evenkeel/protocol';
import type { OpenOutcome, Place, SealRequest, Vault } from '@evenkeel/vault';
import type { QuarantineReason } from './reasons.ts';

/** `id`: base64url(acct ‖ rec). `env`: base64url of the whole envelope. Nothing readable is ever a field. */
export type EnvelopeDoc = { readonly id: string; readonly env: string; readonly sid: string };
export type EnvelopeDocState = EnvelopeDoc & { readonly _deleted: boolean };

export type SealedVersion = {
  readonly version: Version;
  readonly envelope: Envelope;
  readonly leaf: Hash32;
  readonly doc: EnvelopeDocState;
};

export type OpenedVersion =
  | { readonly ok: true; readonly version: Version; readonly place: Place }
  | {
      readonly ok: false;
      readonly reason: Extract<
        QuarantineReason,
        'malformed' | 'newer-app-needed' | 'tampered' | 'no-key' | 'misplaced'
      >;
    };

const MISPLACED = { ok: false, reason: 'misplaced' } as const;

export function docId(acct: AccountId, rec: RecordId): string {
  return toBase64url(concat(idToBytes(acct), idToBytes(rec)));
}

/** The envelope behind a document's text, or null when it is none. */
export function envelopeOfText(text: string): Envelope | null {
  const bytes = fromBase64url(text);
  if (bytes === null) return null;
  const parsed = parseEnvelope(bytes);
  return parsed.ok ? parsed.envelope : null;
}

export function docOf(acct: AccountId, envelope: Envelope): EnvelopeDocState {
  return {
    id: docId(acct, envelope.header.rec),
    env: toBase64url(envelope.bytes),
    sid: envelope.header.sid,
    _deleted: envelope.header.type === 'tombstone',
  };
}

/** The revision in an envelope's text without decoding all of it: bytes 52 to 55 lie in characters 68 to 75. */
export function revOfText(text: string): number {
  const bytes = fromBase64url(text.slice(68, 76));
  return bytes === null || bytes.length < 5 ? 0 : readUint(bytes, 1, 4);
}

export function placeOfVersion(version: Version): Place {
  const { cat, place } = version.kind === 'record' ? version.record : version.tombstone;
  return { cat, month: place.month, day: place.day };
}

/** What to ask the vault for, so that a version becomes the next revision of its record. */
export function sealRequestOf(
  version: Version,
  { epoch, rev, replaces }: { readonly epoch: number; readonly rev: number; readonly replaces: Hash32 },
): SealRequest {
  const plaintext =
    version.kind === 'record' ? encodeRecord(version.record) : encodeTombstone(version.tombstone);
  return {
    type: version.kind,
    ...placeOfVersion(version),
    epoch,
    rec: versionRec(version),
    rev,
    replaces,
    plaintext,
  };
}

export async function sealVersions(
  vault: Vault,
  acct: AccountId,
  wanted: readonly {
    readonly version: Version;
    readonly epoch: number;
    readonly rev: number;
    readonly replaces: Hash32;
  }[],
): Promise<readonly SealedVersion[]> {
  const sealed = await vault.seal(wanted.map((one) => sealRequestOf(one.version, one)));
  return sealed.flatMap((bytes, i) => {
    const parsed = parseEnvelope(bytes);
    const version = wanted[i]?.version;
    if (!parsed.ok || version === undefined) return [];
    const { envelope } = parsed;
    return [{ version, envelope, leaf: leafOf(envelope), doc: docOf(acct, envelope) }];
  });
}

/** Opens envelopes of one account and reads what they say; what does not lie where its keys say is `misplaced`. */
export async function openVersions(
  vault: Vault,
  owner: AccountId,
  envelopes: readonly Envelope[],
): Promise<readonly OpenedVersion[]> {
  const outcomes = await vault.open(envelopes.map(({ bytes }) => ({ owner, envelope: bytes })));
  return envelopes.map((envelope, i) => readOpened(envelope, outcomes[i]));
}

function readOpened(envelope: Envelope, outcome: OpenOutcome | undefined): OpenedVersion {
  if (outcome === undefined) return { ok: false, reason: 'malformed' };
  if (!outcome.ok) return outcome;
  const read = readVersion(envelope, outcome.plaintext);
  if (!read.ok) return read;
  const { version } = read;
  const said = placeOfVersion(version);
  const { place } = outcome;
  // check: place: the record that its envelope names
  if (versionRec(version) !== envelope.header.rec) return MISPLACED;
  // check: place: the category of its stream
  if (said.cat !== place.cat) return MISPLACED;
  // check: place: the month of its stream
  if (said.month !== place.month) return MISPLACED;
  // check: place: the day of its key
  if (said.day !== place.day) return MISPLACED;
  return { ok: true, version, place };
}

function readVersion(
  envelope: Envelope,
  plaintext: Uint8Array,
):
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly reason: 'malformed' | 'newer-app-needed' } {
  switch (envelope.header.type) {
    case 'record': {
      const parsed = parseRecord(plaintext);
      return parsed.ok ? { ok: true, version: { kind: 'record', record: parsed.record } } : parsed;
    }
    case 'tombstone': {
      const parsed = parseTombstone(plaintext);
      return parsed.ok ? { ok: true, version: { kind: 'tombstone', tombstone: parsed.tombstone } } : parsed;
    }
    case 'private':
    case 'volume':
      return { ok: false, reason: 'newer-app-needed' };
  }
}

export type Opened = { readonly version: Version; readonly envelope: Envelope; readonly leaf: Hash32 };

/**
 * What was just opened or sealed, by its envelope's text, so that the same bytes are not decoded and opened again on
 * their way through the store. Bounded; memory only.
 */
export type OpenedMemory = {
  readonly put: (env: string, opened: Opened) => void;
  readonly peek: (env: string) => Opened | undefined;
  readonly take: (env: string) => Opened | undefined;
  readonly clear: () => void;
};

const MOST_REMEMBERED = 4000;

export function createOpenedMemory(): OpenedMemory {
  const openedByText = new Map<string, Opened>();
  return {
    put(env, opened) {
      if (openedByText.size >= MOST_REMEMBERED) {
        const [oldest] = openedByText.keys();
        if (oldest !== undefined) openedByText.delete(oldest);
      }
      openedByText.set(env, opened);
    },
    peek: (env) => openedByText.get(env),
    take(env) {
      const found = openedByText.get(env);
      openedByText.delete(env);
      return found;
    },
    clear: () => openedByText.clear(),
  };
}
