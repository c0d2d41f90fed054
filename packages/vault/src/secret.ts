/**
 * Bytes nobody may see by accident. They lie in a private field, so neither a log, JSON, a template string
 * nor a structured clone can carry them off; `using` zeroes them at the end of the block. (JavaScript may
 * have copied them elsewhere before: this shortens their life, it does not promise it.)
 */
import { type Bytes, ownBytes, randomBytes } from '@evenkeel/protocol';
import { VaultFault } from './fault.ts';

const REDACTED = '<redacted>';

export class Secret implements Disposable {
  #bytes: Bytes | null;

  /** Takes a copy; the caller's bytes stay the caller's to zero. */
  constructor(bytes: Uint8Array) {
    this.#bytes = ownBytes(bytes);
  }

  static random(length: number): Secret {
    const bytes = randomBytes(length);
    const secret = new Secret(bytes);
    bytes.fill(0);
    return secret;
  }

  /** The bytes themselves, not a copy: for a primitive's argument, never to be kept. */
  reveal(): Bytes {
    if (this.#bytes === null) throw new VaultFault('forgotten');
    return this.#bytes;
  }

  [Symbol.dispose](): void {
    this.#bytes?.fill(0);
    this.#bytes = null;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  /** What Node's `console.log` asks. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
