import type { BackupState } from '../../session/backup-contract.ts';
import type { MeState } from '../../session/me-contract.ts';

/** One line of “Is it safe?”. `good` is counted; the others say what is still open. */
export type SafetyFact =
  | { readonly about: 'lock'; readonly good: boolean }
  | {
      readonly about: 'server';
      readonly good: boolean;
      readonly joined: boolean;
      readonly onServer: number;
      readonly entries: number;
    }
  | { readonly about: 'backup'; readonly good: boolean; readonly at: number; readonly newer: number }
  | { readonly about: 'kit'; readonly good: boolean; readonly status: MeState['kit']['status'] };

type Known = Pick<MeState, 'lock' | 'server' | 'kit' | 'devices'> & {
  readonly backup: Pick<BackupState, 'last' | 'entries'>;
};

/** Lock, a second place, and a way back: what keeps a diary from being read or lost. */
export function safetyFacts({
  lock,
  server,
  kit,
  backup: { last },
}: Omit<Known, 'devices'>): readonly SafetyFact[] {
  const joined = server.status === 'joined';
  const onServer = joined ? server.onServer : 0;
  const entries = joined ? server.entries : 0;
  const good = joined && onServer === entries;
  return [
    { about: 'lock', good: lock.methods.some((method) => method !== 'pin') },
    ...(joined || last === null ? [{ about: 'server', good, joined, onServer, entries } as const] : []),
    ...(last === null
      ? []
      : [{ about: 'backup', good: last.newer === 0, at: last.at, newer: last.newer } as const]),
    { about: 'kit', good: kit.status === 'checked', status: kit.status },
  ];
}

/**
 * What a person loses if this device is gone today. `closed`: a copy is left that nothing they hold would open.
 * Null while there is nothing to lose.
 */
export type Loss =
  | { readonly what: 'nothing' | 'everything' | 'closed' }
  | { readonly what: 'some'; readonly entries: number };

export function lossToday({ server, kit, devices, backup: { last, entries } }: Known): Loss | null {
  if (entries === 0) return null;
  const inBackup = last === null ? 0 : entries - last.newer;
  const onServer = server.status === 'joined' ? server.onServer : 0;
  const elsewhere = devices.some((one) => !one.isThis && one.removedAt === null);
  // What lies in a backup opens with what it was made with; a server's copy needs the kit or another device.
  const isServerOpen = kit.status !== 'none' || elsewhere;
  const kept = Math.max(inBackup, isServerOpen ? onServer : 0);
  if (kept === entries) return { what: 'nothing' };
  if (kept > 0) return { what: 'some', entries: entries - kept };
  return { what: onServer > 0 ? 'closed' : 'everything' };
}
