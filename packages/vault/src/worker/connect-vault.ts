/** The page's side: a `Vault` whose every verb is asked of a Worker. */
import { z } from '@evenkeel/protocol';
import { VaultFault } from '../fault.ts';
import type { Vault } from '../vault.ts';
import { ANSWERS, type VaultPort, type Verb, answerSchema } from './messages.ts';

/** A Worker, or in tests a MessagePort. */
export type VaultWorker = VaultPort & {
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  /** A Worker has it; a MessagePort closes. */
  terminate?(): void;
  close?(): void;
};

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (fault: VaultFault) => void };

/** After `terminate`, and when the Worker fails, every question is answered by the fault `stopped`. */
export function connectVault(worker: VaultWorker): Vault & { readonly terminate: () => void } {
  const waitingById = new Map<number, Waiting>();
  let nextId = 0;
  let stopped = false;

  const stop = (): void => {
    stopped = true;
    for (const { reject } of waitingById.values()) reject(new VaultFault('stopped'));
    waitingById.clear();
  };

  worker.addEventListener('message', (event) => {
    const answer = answerSchema.safeParse(event.data);
    if (!answer.success) return;
    const waiting = waitingById.get(answer.data.id);
    waitingById.delete(answer.data.id);
    if (answer.data.ok) waiting?.resolve(answer.data.value);
    else waiting?.reject(new VaultFault(answer.data.code));
  });
  worker.addEventListener('error', stop);
  worker.addEventListener('messageerror', stop);
  worker.start?.();

  const ask = (verb: Verb, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(new VaultFault('stopped'));
        return;
      }
      nextId += 1;
      waitingById.set(nextId, { resolve, reject });
      worker.postMessage({ id: nextId, verb, args }, { transfer: [] });
    });

  return {
    create: async (...args) => parse(ANSWERS.create, await ask('create', args)),
    unlock: async (...args) => parse(ANSWERS.unlock, await ask('unlock', args)),
    addDevice: async (...args) => parse(ANSWERS.addDevice, await ask('addDevice', args)),
    lock: async (...args) => parse(ANSWERS.lock, await ask('lock', args)),
    makeWrap: async (...args) => parse(ANSWERS.makeWrap, await ask('makeWrap', args)),
    makeKit: async (...args) => parse(ANSWERS.makeKit, await ask('makeKit', args)),
    seal: async (...args) => parse(ANSWERS.seal, await ask('seal', args)),
    open: async (...args) => parse(ANSWERS.open, await ask('open', args)),
    streams: async (...args) => parse(ANSWERS.streams, await ask('streams', args)),
    placesOf: async (...args) => parse(ANSWERS.placesOf, await ask('placesOf', args)),
    keyIds: async (...args) => parse(ANSWERS.keyIds, await ask('keyIds', args)),
    sealLocal: async (...args) => parse(ANSWERS.sealLocal, await ask('sealLocal', args)),
    openLocal: async (...args) => parse(ANSWERS.openLocal, await ask('openLocal', args)),
    sealToInbox: async (...args) => parse(ANSWERS.sealToInbox, await ask('sealToInbox', args)),
    openFromInbox: async (...args) => parse(ANSWERS.openFromInbox, await ask('openFromInbox', args)),
    sign: async (...args) => parse(ANSWERS.sign, await ask('sign', args)),
    signSession: async (...args) => parse(ANSWERS.signSession, await ask('signSession', args)),
    sealTo: async (...args) => parse(ANSWERS.sealTo, await ask('sealTo', args)),
    openSealed: async (...args) => parse(ANSWERS.openSealed, await ask('openSealed', args)),
    sealKeyPack: async (...args) => parse(ANSWERS.sealKeyPack, await ask('sealKeyPack', args)),
    openKeyPack: async (...args) => parse(ANSWERS.openKeyPack, await ask('openKeyPack', args)),
    dropKeys: async (...args) => parse(ANSWERS.dropKeys, await ask('dropKeys', args)),
    startLink: async (...args) => parse(ANSWERS.startLink, await ask('startLink', args)),
    answerLink: async (...args) => parse(ANSWERS.answerLink, await ask('answerLink', args)),
    receiveLink: async (...args) => parse(ANSWERS.receiveLink, await ask('receiveLink', args)),
    acceptLink: async (...args) => parse(ANSWERS.acceptLink, await ask('acceptLink', args)),
    terminate: () => {
      stop();
      worker.terminate?.();
      worker.close?.();
    },
  };
}

function parse<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.core.output<Schema> {
  const parsed = z.core.safeParse(schema, value);
  if (!parsed.success) throw new VaultFault('malformed-message');
  return parsed.data;
}
