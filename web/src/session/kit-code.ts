/**
 * The QR code of a printed recovery kit: the 24 words, and how far the device log had come when they were made. A log
 * that a server serves must reach that floor, or an old one could bring back a device that was removed.
 */
import {
  type Bytes,
  fromBase64url,
  objectHash,
  toBase64url,
  toHex,
  utf8,
  utf8ToText,
  z,
} from '@evenkeel/protocol';

const KIT_CODE = 'ek1-kit:';
/** Of a hash, as much as the printed page has room for. */
const FLOOR_BYTES = 8;

const kitCodeSchema = z.strictObject({
  words: z.string(),
  account: z.string(),
  server: z.nullable(z.string()),
  floor: z.strictObject({ seq: z.int(), hash: z.string() }),
});
export type KitCode = z.infer<typeof kitCodeSchema>;

export function kitCode(kit: KitCode): string {
  return KIT_CODE + toBase64url(utf8(JSON.stringify(kit)));
}

/** What a kit's code says, or null: words that were typed, or a code that is none of ours. */
export function kitCodeOf(text: string): KitCode | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith(KIT_CODE)) return null;
  const bytes = fromBase64url(trimmed.slice(KIT_CODE.length));
  const json = bytes === null ? null : utf8ToText(bytes);
  if (json === null) return null;
  try {
    const parsed = kitCodeSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The words of a kit, typed in any way or scanned. */
export function wordsIn(text: string): readonly string[] {
  return (kitCodeOf(text)?.words ?? text)
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/u)
    .filter((word) => word !== '');
}

/** Where a device log stands, as a kit is printed with it. */
export function floorOf(log: { readonly seq: number; readonly hash: string }): KitCode['floor'] {
  return {
    seq: log.seq,
    hash: toHex((fromBase64url(log.hash) ?? new Uint8Array()).subarray(0, FLOOR_BYTES)),
  };
}

/** Whether the served log has, at the kit's number, the object the kit was printed with. */
export function reachesFloor(deviceLog: readonly Bytes[], floor: KitCode['floor']): boolean {
  const object = deviceLog[floor.seq];
  return object !== undefined && floorOf({ seq: floor.seq, hash: objectHash(object) }).hash === floor.hash;
}
