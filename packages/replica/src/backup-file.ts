/**
 * The backup file on paper: one stream of bytes, written and read in parts (docs/protocol.md, "Backup file"). Here
 * are only framing and damage; whose it is and what it says is for `read-backup.ts`.
 *
 * | bytes | field                                                                      |
 * | ----- | -------------------------------------------------------------------------- |
 * | 8     | "EKBACKUP"                                                                 |
 * | 1     | version = 1                                                                |
 * | 16    | acct                                                                       |
 * | …     | sections, in the order of `SECTION`; the last one holds the signed statement |
 *
 * A section is `kind u8 ‖ length u32 ‖ body ‖ SHA-256(kind ‖ length ‖ body)`, its body a row of `length u32 ‖ bytes`.
 * The contents hash is SHA-256 of everything before the statement's section, with the bodies left out: their hashes
 * stand for them, so that a flipped bit in one envelope costs that envelope and not the file.
 */
import {
  type AccountId,
  type Bytes,
  type Hash32,
  bytesToAccountId,
  bytesToHash32,
  concat,
  idToBytes,
  ownBytes,
  readUint,
  sameBytes,
  sha256,
  u32,
  u8,
  utf8,
} from '@evenkeel/protocol';

/** Final numbers. Each stands exactly once and in this order, but for envelopes, which take as many as they need. */
export const SECTION = {
  deviceLog: 1,
  grantLog: 2,
  heads: 3,
  wraps: 4,
  envelopes: 5,
  statement: 6,
} as const;
export type SectionKind = keyof typeof SECTION;

/** Where bytes are read from: a file on disk is never in memory as a whole. */
export type BackupSource = {
  readonly size: number;
  readonly read: (at: number, length: number) => Promise<Bytes>;
};

export type EnvelopeSection = { readonly at: number; readonly length: number };

/** A file cut into its sections. Nothing of it is to be believed yet. */
export type BackupLayout = {
  readonly acct: AccountId;
  readonly deviceLog: readonly Bytes[];
  readonly grantLog: readonly Bytes[];
  readonly heads: readonly Bytes[];
  readonly wraps: readonly Bytes[];
  readonly envelopes: readonly EnvelopeSection[];
  readonly statement: Bytes;
  readonly contents: Hash32;
};

/** `cut-short`: it ends too early, as a copy that was broken off does. `damaged`: it is not what was written. */
export type LayoutFault = 'not-a-backup' | 'newer-app-needed' | 'cut-short' | 'damaged';

export type ReadLayout =
  | { readonly ok: true; readonly layout: BackupLayout }
  | { readonly ok: false; readonly reason: LayoutFault };

const MAGIC = utf8('EKBACKUP');
const VERSION = 1;
const HEAD_BYTES = MAGIC.length + 1 + 16;
const SECTION_HEAD_BYTES = 5;
const DIGEST_BYTES = 32;
/** A writer keeps sections far smaller; a reader never takes more than this into memory at once. */
const MOST_SECTION_BYTES = 8 * 1_048_576;

export type BackupWriter = {
  readonly head: Bytes;
  /** The bytes of the next section. */
  readonly section: (kind: SectionKind, items: readonly Uint8Array[]) => Bytes;
  /** What the statement must name; asked for when only the statement is missing. */
  readonly contents: () => Hash32;
};

export function startBackupFile(acct: AccountId): BackupWriter {
  const head = concat(MAGIC, u8(VERSION), idToBytes(acct));
  const outline: Uint8Array[] = [head];
  return {
    head,
    section(kind, items) {
      const body = concat(...items.flatMap((item) => [u32(item.length), item]));
      const framed = concat(u8(SECTION[kind]), u32(body.length), body);
      const digest = sha256(framed);
      outline.push(framed.subarray(0, SECTION_HEAD_BYTES), digest);
      return concat(framed, digest);
    },
    contents: () => bytesToHash32(sha256(concat(...outline))),
  };
}

/** Reads everything but the envelopes, of which it only notes where they lie. */
export async function readLayout(source: BackupSource): Promise<ReadLayout> {
  const refused = (reason: LayoutFault): ReadLayout => ({ ok: false, reason });
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  if (!sameBytes(head.subarray(0, MAGIC.length), MAGIC)) return refused('not-a-backup');
  if (head.length < HEAD_BYTES) return refused('cut-short');
  const version = readUint(head, MAGIC.length, 1);
  if (version !== VERSION) return refused(version > VERSION ? 'newer-app-needed' : 'damaged');

  const small = new Map<number, readonly Bytes[]>();
  const envelopes: EnvelopeSection[] = [];
  const outline: Uint8Array[] = [head];
  let last = 0;
  for (let at = HEAD_BYTES; ;) {
    if (source.size - at < SECTION_HEAD_BYTES + DIGEST_BYTES) return refused('cut-short');
    const sectionHead = await source.read(at, SECTION_HEAD_BYTES);
    const kind = readUint(sectionHead, 0, 1);
    const length = readUint(sectionHead, 1, 4);
    const follows = kind === last + 1 || (kind === SECTION.envelopes && last === SECTION.envelopes);
    const isEmpty = kind === SECTION.statement && last === SECTION.wraps;
    if ((!follows && !isEmpty) || length > MOST_SECTION_BYTES) return refused('damaged');
    const end = at + SECTION_HEAD_BYTES + length + DIGEST_BYTES;
    if (end > source.size) return refused('cut-short');
    if (kind === SECTION.envelopes) {
      envelopes.push({ at, length });
      outline.push(sectionHead, await source.read(end - DIGEST_BYTES, DIGEST_BYTES));
    } else {
      const read = await readSection(source, { at, length });
      if (!read.isIntact || !read.isWhole) return refused('damaged');
      small.set(kind, read.items);
      if (kind !== SECTION.statement) outline.push(sectionHead, read.digest);
    }
    last = kind;
    at = end;
    if (kind !== SECTION.statement) continue;
    if (at !== source.size) return refused('damaged');
    break;
  }
  const [statement, ...more] = small.get(SECTION.statement) ?? [];
  if (statement === undefined || more.length > 0) return refused('damaged');
  return {
    ok: true,
    layout: {
      acct: bytesToAccountId(head.subarray(MAGIC.length + 1)),
      deviceLog: small.get(SECTION.deviceLog) ?? [],
      grantLog: small.get(SECTION.grantLog) ?? [],
      heads: small.get(SECTION.heads) ?? [],
      wraps: small.get(SECTION.wraps) ?? [],
      envelopes,
      statement,
      contents: bytesToHash32(sha256(concat(...outline))),
    },
  };
}

/** The envelopes of one section, as far as they can be told apart where it is damaged. */
export async function readEnvelopes(
  source: BackupSource,
  section: EnvelopeSection,
): Promise<readonly Bytes[]> {
  return (await readSection(source, section)).items;
}

export function blobSource(blob: Blob): BackupSource {
  return {
    size: blob.size,
    read: async (at, length) => new Uint8Array(await blob.slice(at, at + length).arrayBuffer()),
  };
}

async function readSection(source: BackupSource, { at, length }: EnvelopeSection) {
  const bytes = await source.read(at, SECTION_HEAD_BYTES + length + DIGEST_BYTES);
  const framed = bytes.subarray(0, SECTION_HEAD_BYTES + length);
  const digest = bytes.subarray(SECTION_HEAD_BYTES + length);
  return { digest, isIntact: sameBytes(sha256(framed), digest), ...itemsOf(framed) };
}

function itemsOf(framed: Uint8Array): { readonly items: readonly Bytes[]; readonly isWhole: boolean } {
  const items: Bytes[] = [];
  let at = SECTION_HEAD_BYTES;
  while (at + 4 <= framed.length) {
    const end = at + 4 + readUint(framed, at, 4);
    if (end > framed.length) break;
    items.push(ownBytes(framed.subarray(at + 4, end)));
    at = end;
  }
  return { items, isWhole: at === framed.length };
}
