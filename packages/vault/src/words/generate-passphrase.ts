/** Five words drawn evenly from 7,776: 64.6 bits, which no dictionary helps against. */
import { randomBytes, readUint } from '@evenkeel/protocol';
import { VaultFault } from '../fault.ts';
import { EFF_WORD_COUNT, effWords } from './eff-words.ts';

export const PASSPHRASE_WORDS = 5;
/** The greatest multiple of 7,776 that 16 bits hold: draws above it are drawn again, so no word is likelier. */
const FAIR_DRAWS = Math.floor(0x10000 / EFF_WORD_COUNT) * EFF_WORD_COUNT;

export async function generatePassphrase(): Promise<string> {
  const words = await effWords();
  const drawn = Array.from({ length: PASSPHRASE_WORDS }, () => words[drawPosition()]);
  if (drawn.includes(undefined)) throw new VaultFault('broken');
  return drawn.join(' ');
}

function drawPosition(): number {
  for (;;) {
    const draw = readUint(randomBytes(2), 0, 2);
    if (draw < FAIR_DRAWS) return draw % EFF_WORD_COUNT;
  }
}
