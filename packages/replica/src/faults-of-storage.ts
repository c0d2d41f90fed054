/** What a failing storage or vault means for a write, in words a person can be told. */
import type { WriteRefusal } from './reasons.ts';

/** The reason behind a fault of IndexedDB, Dexie, RxDB or the vault; null when it is none of these: a defect. */
export function refusalOfFault(
  fault: unknown,
): Extract<WriteRefusal, 'storage-full' | 'storage-lost' | 'locked'> | null {
  for (const name of namesOf(fault)) {
    switch (name) {
      case 'QuotaExceededError':
        return 'storage-full';
      case 'VaultFault/locked':
      case 'VaultFault/stopped':
        return 'locked';
      case 'DatabaseClosedError':
      case 'InvalidStateError':
      case 'MissingAPIError':
      case 'OpenFailedError':
      case 'UnknownError':
      case 'NotFoundError':
      case 'AbortError':
      case 'TransactionInactiveError':
      case 'ReplicaFault/closed':
        return 'storage-lost';
      default:
    }
  }
  return null;
}

/** Names of a fault and of what lies behind it, the most telling first: a full disk arrives as an aborted transaction. */
function namesOf(fault: unknown): readonly string[] {
  const names: string[] = [];
  let at: unknown = fault;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? `/${at.code}` : '';
    names.push(at.name, `${at.name}${code}`);
    at = 'inner' in at && at.inner instanceof Error ? at.inner : at.cause;
  }
  if (fault instanceof DOMException) names.push(fault.name);
  return names.toSorted((a, b) => Number(b === 'QuotaExceededError') - Number(a === 'QuotaExceededError'));
}
