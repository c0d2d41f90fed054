/** Writes the frozen file anew. It changes only together with a decision record. */
import { writeFileSync } from 'node:fs';
import { makeVectors, vectorsFile } from './vectors.ts';

const target = new URL('../../protocol/vectors/ek1-vectors.json', import.meta.url);
writeFileSync(target, vectorsFile());
console.log(`${makeVectors().length} vectors`);
