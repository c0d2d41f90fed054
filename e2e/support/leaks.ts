/**
 * Looks for a word or number in bytes as whatever it could have become on its way there: UTF-8, UTF-16 (both
 * orders), hex (both cases), and base64 and base64url at the three offsets at which it can lie in a text.
 */

import type { Haystack } from './files-under.ts';

/** Every way in which `canary` could lie in a file, as bytes. */
export function disguisesOf(canary: string): readonly { readonly as: string; readonly bytes: Buffer }[] {
  const plain = Buffer.from(canary, 'utf8');
  const wide = Buffer.from(canary, 'utf16le');
  const hex = plain.toString('hex');
  return [
    { as: 'utf-8', bytes: plain },
    { as: 'utf-16le', bytes: wide },
    { as: 'utf-16be', bytes: Buffer.from(wide).swap16() },
    { as: 'hex', bytes: Buffer.from(hex, 'latin1') },
    { as: 'HEX', bytes: Buffer.from(hex.toUpperCase(), 'latin1') },
    ...[0, 1, 2].flatMap((offset) => {
      const text = base64At(plain, offset);
      return [
        { as: `base64+${offset}`, bytes: Buffer.from(text, 'latin1') },
        {
          as: `base64url+${offset}`,
          bytes: Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'), 'latin1'),
        },
      ];
    }),
  ];
}

/** Which canaries lie in which haystack, and in which disguise. */
export function findLeaks(canaries: readonly string[], haystacks: readonly Haystack[]): readonly string[] {
  return canaries.flatMap((canary) =>
    disguisesOf(canary).flatMap(({ as, bytes }) =>
      haystacks
        .filter((stack) => stack.bytes.includes(bytes))
        .map((stack) => `${canary} as ${as} in ${stack.name}`),
    ),
  );
}

/** The part of the base64 of `bytes` that does not depend on what stands before and after it. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(start, end);
}
