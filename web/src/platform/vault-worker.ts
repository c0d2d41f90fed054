import workerUrl from '../session/vault.worker.ts?worker&url';
import { trustedWorkerUrl } from './trusted-url.ts';

/** A fresh Worker with a closed vault in it. Ending it is what locking means: its memory goes with it. */
export function startVaultWorker(): Worker {
  return new Worker(trustedWorkerUrl(workerUrl), { type: 'module', name: 'vault' });
}
