/** Gzip, by what every browser brings along. */
import type { Bytes } from '@evenkeel/protocol';

const FEWEST_BYTES = 18;

export function gzip(bytes: Bytes): Promise<Bytes> {
  return through(bytes, new CompressionStream('gzip'));
}

/** Null for what is not gzip, is cut short, or says that it holds more than `most` bytes. */
export async function gunzip(bytes: Bytes, most: number): Promise<Bytes | null> {
  if (bytes.length < FEWEST_BYTES) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  if (length > most) return null;
  return through(bytes, new DecompressionStream('gzip')).catch(() => null);
}

async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
