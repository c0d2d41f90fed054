/**
 * A volume: all records of one category's month in one sealed box of the local cache. Inside, before gzip, per
 * record: leaf 32 ‖ rev u32 ‖ epoch u16 ‖ height u32 ‖ heldSince u48 ‖ length u32 ‖ the record as in its envelope.
 */
import { encodeRecord, parseRecord } from '@evenkeel/journal';
import {
  type Bytes,
  type StreamId,
  bytesToHash32,
  concat,
  idToBytes,
  labelledHash,
  readUint,
  toBase64url,
  u16,
  u32,
  u48,
  u8,
} from '@evenkeel/protocol';
import { gunzip, gzip } from './gzip.ts';
import type { HeldRecord } from './record-index.ts';

const FORMAT = 1;
const SID_BYTES = 16;
const FIXED_BYTES = 52;
const MOST_BYTES = 64 * 1_048_576;

export function packVolume(sid: StreamId, records: readonly HeldRecord[]): Promise<Bytes> {
  const parts = records.flatMap((held) => {
    const body = encodeRecord(held.record);
    return [
      idToBytes(held.leaf),
      u32(held.rev),
      u16(held.epoch),
      u32(held.height),
      u48(held.heldSince),
      u32(body.length),
      body,
    ];
  });
  return gzip(concat(u8(FORMAT), idToBytes(sid), ...parts));
}

/** The records of a volume, or null when it is not the one asked for or cannot be read: then it is made anew. */
export async function unpackVolume(sid: StreamId, bytes: Bytes): Promise<readonly HeldRecord[] | null> {
  const open = await gunzip(bytes, MOST_BYTES);
  return open === null ? null : parseVolume(sid, open);
}

/** As `unpackVolume`, of what lies inside. */
export function parseVolume(sid: StreamId, open: Uint8Array): readonly HeldRecord[] | null {
  if (open.length < 1 + SID_BYTES || open[0] !== FORMAT) return null;
  if (toBase64url(open.subarray(1, 1 + SID_BYTES)) !== sid) return null;
  const records: HeldRecord[] = [];
  let at = 1 + SID_BYTES;
  while (at < open.length) {
    if (at + FIXED_BYTES > open.length) return null;
    const length = readUint(open, at + 48, 4);
    const bodyAt = at + FIXED_BYTES;
    if (bodyAt + length > open.length) return null;
    const parsed = parseRecord(open.subarray(bodyAt, bodyAt + length));
    if (!parsed.ok) return null;
    records.push({
      record: parsed.record,
      sid,
      leaf: bytesToHash32(open.subarray(at, at + 32)),
      rev: readUint(open, at + 32, 4),
      epoch: readUint(open, at + 36, 2),
      height: readUint(open, at + 38, 4),
      heldSince: readUint(open, at + 42, 6),
    });
    at = bodyAt + length;
  }
  return records;
}

/** Names what a volume holds, whatever the order: two volumes agree when their leaves do. */
export function digestOf(records: readonly Pick<HeldRecord, 'leaf'>[]): string {
  const leaves = records.map(({ leaf }) => leaf).toSorted();
  return toBase64url(labelledHash('evenkeel/volume', concat(...leaves.map(idToBytes))).subarray(0, 12));
}
