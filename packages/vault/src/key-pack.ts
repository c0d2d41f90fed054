/**
 * A key pack: the keys of one grant, sealed to its grantee (docs/protocol.md, "Grant, Extend, KeyPack").
 *
 * Inside: `count u16`, then entries of 54 bytes sorted by (sid, epoch, day):
 * `sid 16 ‖ cat u8 ‖ month u16 ‖ epoch u16 ‖ day u8 (0xFF = the whole stream) ‖ key 32`.
 */
import {
  type AccountId,
  type Bytes,
  type GrantId,
  type KeyId,
  type KeyPackOuter,
  type PublicKey,
  type StreamId,
  bytesToStreamId,
  concat,
  fromBase64url,
  idToBytes,
  keyPackSchema,
  parseObject,
  parsePayload,
  randomBytes,
  readUint,
  toBase64url,
  u16,
  u8,
} from '@evenkeel/protocol';
import { VaultFault } from './fault.ts';
import { FIRST_PRIVATE_CATEGORY, isPlace } from './key-tree.ts';
import { openUnder, sealUnder } from './sealed-box.ts';
import { Secret } from './secret.ts';
import { keyIdOf } from './stream-keys.ts';
import type { HeldKey, OpenedKeyPack } from './vault.ts';

/** A key and what it opens. `day` null: the whole stream. */
export type PackEntry = HeldKey & { readonly key: Secret };
/** What a grant admits of one stream: all of it (null), or the days with these key ids. */
export type Admitted = { readonly sid: StreamId; readonly kids: readonly KeyId[] | null };

export type OpenedEntries =
  | { readonly ok: true; readonly grant: GrantId; readonly entries: readonly PackEntry[] }
  | Extract<OpenedKeyPack, { readonly ok: false }>;

type Pack = Omit<KeyPackOuter, 'sealed'> & { readonly box: Bytes };

const LABEL = 'seal';
const ENTRY_BYTES = 54;
const KEY_AT = 22;
const WHOLE_STREAM = 0xff;
/** What `keyPackSchema` takes of sealed text, as entries. */
const MOST_ENTRIES = 9_700;

/** The payload of a KeyPack object. The keys stay the caller's. */
export function sealKeys(
  from: AccountId,
  { grant, to, toBoxPk }: { readonly grant: GrantId; readonly to: AccountId; readonly toBoxPk: PublicKey },
  entries: readonly PackEntry[],
): KeyPackOuter {
  const packId = toBase64url(randomBytes(16));
  const content = encodeEntries(entries);
  const { ephPk, box } = sealUnder(LABEL, toBoxPk, packContext(grant, from, to, packId), content);
  content.fill(0);
  return { grant, packId, to, ephPk, sealed: toBase64url(box) };
}

/**
 * The keys of a pack whose signature the caller has verified. One key outside of what the grant admits, and
 * none is taken: a stream key needs the whole stream, a day key its own key id, and day 0 of a partly
 * granted month is never admitted, since what lies there is tied to no day.
 */
export function openKeys(
  bytes: Uint8Array,
  owner: AccountId,
  reader: { readonly acct: AccountId; readonly boxSecret: Secret; readonly boxPk: PublicKey },
  admitted: readonly Admitted[],
): OpenedEntries {
  const pack = parsePack(bytes, owner);
  if (pack === null) return refuse('malformed');
  const { grant, packId, to, ephPk, box } = pack;
  // check: pack: to its reader
  if (to !== reader.acct) return refuse('not-for-us');
  const content = openUnder(LABEL, reader.boxSecret, reader.boxPk, packContext(grant, owner, to, packId), {
    ephPk,
    box,
  });
  if (content === null) return refuse('tampered');
  const entries = decodeEntries(content);
  content.fill(0);
  if (entries === null) return refuse('malformed');
  const kidsBySid = new Map(admitted.map(({ sid, kids }) => [sid, kids === null ? null : new Set(kids)]));
  // check: pack: only keys that the grant admits
  if (!entries.every((entry) => isAdmittedEntry(entry, owner, kidsBySid))) {
    for (const { key } of entries) key[Symbol.dispose]();
    return refuse('outside-grant');
  }
  return { ok: true, grant, entries };
}

/** What a pack of this owner says outside of what is sealed, or null. Its signature is another matter. */
export function parsePack(bytes: Uint8Array, owner: AccountId): Pack | null {
  const parsed = parseObject(bytes);
  // check: pack: of its owner
  if (!parsed.ok || parsed.object.type !== 'key-pack' || parsed.object.acct !== owner) return null;
  const payload = parsePayload(parsed.object.payload, keyPackSchema);
  if (!payload.ok) return null;
  const { sealed, ...outer } = payload.value;
  const box = fromBase64url(sealed);
  return box === null ? null : { ...outer, box };
}

/** Sorted and without duplicates, whatever came in. */
export function encodeEntries(entries: readonly PackEntry[]): Bytes {
  const encoded = new Map(entries.map((entry) => [sortKey(entry), encodeEntry(entry)]));
  if (encoded.size > MOST_ENTRIES) throw new VaultFault('letter-too-large');
  const sorted = [...encoded].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes);
  return concat(u16(sorted.length), ...sorted);
}

/** The entries, or null: a wrong length or order, a place that is none, or one that is never shared. */
export function decodeEntries(content: Uint8Array): readonly PackEntry[] | null {
  // check: pack: as many entries as it says
  if (content.length < 2 || content.length !== 2 + readUint(content, 0, 2) * ENTRY_BYTES) return null;
  const entries: PackEntry[] = [];
  let before = '';
  for (let at = 2; at < content.length; at += ENTRY_BYTES) {
    const entry = decodeEntry(content.subarray(at, at + ENTRY_BYTES));
    if (entry === null) return null;
    const key = sortKey(entry);
    // check: pack: entries in their order, none twice
    if (key <= before) return null;
    before = key;
    entries.push(entry);
  }
  return entries;
}

function isAdmittedEntry(
  { sid, day, key }: PackEntry,
  owner: AccountId,
  kidsBySid: ReadonlyMap<StreamId, ReadonlySet<KeyId> | null>,
): boolean {
  const kids = kidsBySid.get(sid);
  // check: pack: a stream of the grant
  if (kids === undefined) return false;
  if (kids === null) return true;
  // check: pack: of a month that is granted in part, no stream key and no key of what is tied to no day
  if (day === null || day === 0) return false;
  // check: pack: a day key that the grant names
  if (!kids.has(keyIdOf(key, owner))) return false;
  return true;
}

function encodeEntry({ sid, cat, month, epoch, day, key }: PackEntry): Bytes {
  if (!isShareable(cat, month, day)) throw new VaultFault('no-such-place');
  return concat(idToBytes(sid), u8(cat), u16(month), u16(epoch), u8(day ?? WHOLE_STREAM), key.reveal());
}

function decodeEntry(bytes: Uint8Array): PackEntry | null {
  const cat = readUint(bytes, 16, 1);
  const month = readUint(bytes, 17, 2);
  const dayByte = readUint(bytes, 21, 1);
  const day = dayByte === WHOLE_STREAM ? null : dayByte;
  // check: pack: a place that may be shared
  if (!isShareable(cat, month, day)) return null;
  const sid = bytesToStreamId(bytes.subarray(0, 16));
  return { sid, cat, month, epoch: readUint(bytes, 19, 2), day, key: new Secret(bytes.subarray(KEY_AT)) };
}

function isShareable(cat: number, month: number, day: number | null): boolean {
  return cat < FIRST_PRIVATE_CATEGORY && isPlace({ cat, month, day: day ?? 0 });
}

/** Text that sorts as the bytes (sid, epoch, day) do. */
function sortKey({ sid, epoch, day }: PackEntry): string {
  const bytes = concat(idToBytes(sid), u16(epoch), u8(day ?? WHOLE_STREAM));
  return String.fromCharCode(...bytes);
}

/** `grant ‖ from ‖ to ‖ packId`. */
function packContext(grant: GrantId, from: AccountId, to: AccountId, packId: string): Bytes {
  return concat(idToBytes(grant), idToBytes(from), idToBytes(to), idToBytes(packId));
}

function refuse(
  reason: Extract<OpenedKeyPack, { ok: false }>['reason'],
): Extract<OpenedKeyPack, { ok: false }> {
  return { ok: false, reason };
}
