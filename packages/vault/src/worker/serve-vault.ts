/** The Worker's side: answers questions with a vault of its own. */
import { z } from '@evenkeel/protocol';
import { createVault } from '../create-vault.ts';
import { VaultFault, type VaultFaultCode } from '../fault.ts';
import type { Vault } from '../vault.ts';
import { QUESTIONS, type VaultPort, type Verb, questionSchema } from './messages.ts';

/**
 * Call it once, while the Worker's module is being evaluated: a message that comes before is lost. Answers
 * give their buffers away (they are this side's own); questions are copied.
 */
export function serveVault(port: VaultPort, vault: Vault = createVault()): void {
  port.addEventListener('message', (event) => {
    const question = questionSchema.safeParse(event.data);
    if (!question.success) return;
    const { id, verb, args } = question.data;
    const say = (value: unknown): void =>
      port.postMessage({ id, ok: true, value }, { transfer: buffersOf(value) });
    const fail = (fault: unknown): void =>
      port.postMessage({ id, ok: false, code: codeOf(fault) }, { transfer: [] });
    answer(vault, verb, args).then(say).catch(fail);
  });
  port.start?.();
}

async function answer(vault: Vault, verb: Verb, args: readonly unknown[]): Promise<unknown> {
  switch (verb) {
    case 'create':
      return vault.create(...parse(QUESTIONS.create, args));
    case 'unlock':
      return vault.unlock(...parse(QUESTIONS.unlock, args));
    case 'addDevice':
      return vault.addDevice(...parse(QUESTIONS.addDevice, args));
    case 'lock':
      return vault.lock(...parse(QUESTIONS.lock, args));
    case 'makeWrap':
      return vault.makeWrap(...parse(QUESTIONS.makeWrap, args));
    case 'makeKit':
      return vault.makeKit(...parse(QUESTIONS.makeKit, args));
    case 'seal':
      return vault.seal(...parse(QUESTIONS.seal, args));
    case 'open':
      return vault.open(...parse(QUESTIONS.open, args));
    case 'streams':
      return vault.streams(...parse(QUESTIONS.streams, args));
    case 'placesOf':
      return vault.placesOf(...parse(QUESTIONS.placesOf, args));
    case 'keyIds':
      return vault.keyIds(...parse(QUESTIONS.keyIds, args));
    case 'sealLocal':
      return vault.sealLocal(...parse(QUESTIONS.sealLocal, args));
    case 'openLocal':
      return vault.openLocal(...parse(QUESTIONS.openLocal, args));
    case 'sealToInbox':
      return vault.sealToInbox(...parse(QUESTIONS.sealToInbox, args));
    case 'openFromInbox':
      return vault.openFromInbox(...parse(QUESTIONS.openFromInbox, args));
    case 'sign':
      return vault.sign(...parse(QUESTIONS.sign, args));
    case 'signSession':
      return vault.signSession(...parse(QUESTIONS.signSession, args));
    case 'sealTo':
      return vault.sealTo(...parse(QUESTIONS.sealTo, args));
    case 'openSealed':
      return vault.openSealed(...parse(QUESTIONS.openSealed, args));
    case 'sealKeyPack':
      return vault.sealKeyPack(...parse(QUESTIONS.sealKeyPack, args));
    case 'openKeyPack':
      return vault.openKeyPack(...parse(QUESTIONS.openKeyPack, args));
    case 'dropKeys':
      return vault.dropKeys(...parse(QUESTIONS.dropKeys, args));
    case 'startLink':
      return vault.startLink(...parse(QUESTIONS.startLink, args));
    case 'answerLink':
      return vault.answerLink(...parse(QUESTIONS.answerLink, args));
    case 'receiveLink':
      return vault.receiveLink(...parse(QUESTIONS.receiveLink, args));
    case 'acceptLink':
      return vault.acceptLink(...parse(QUESTIONS.acceptLink, args));
  }
}

function parse<Schema extends z.core.$ZodType>(
  schema: Schema,
  args: readonly unknown[],
): z.core.output<Schema> {
  const parsed = z.core.safeParse(schema, args);
  if (!parsed.success) throw new VaultFault('malformed-message');
  return parsed.data;
}

function codeOf(fault: unknown): VaultFaultCode {
  return fault instanceof VaultFault ? fault.code : 'broken';
}

/** Every buffer that an answer alone fills: those are handed over instead of copied. */
function buffersOf(answer: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (value: unknown): void => {
    if (value instanceof Uint8Array) {
      const { buffer } = value;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength) found.add(buffer);
    } else if (Array.isArray(value)) {
      value.forEach(look);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(look);
    }
  };
  look(answer);
  return [...found];
}
