/** What the replica knows of its server, in the words of the "My server" screen. */
import type { Replica, QuarantineReason as HeldReason, WaitingReason } from '@evenkeel/replica';
import type { PendingReason, QuarantineReason, ServerState } from './me-contract.ts';
import type { Opened } from './opened.ts';

export async function readServerState({ replica, store, settings }: Opened, servesApp: boolean): Promise<ServerState> {
  const server = await store.server();
  if (server === null) return { status: 'none' };
  const sync = replica.sync();
  const counts = replica.safetyCounts();
  const { connection } = sync;
  const refusal = connection.status === 'stopped' ? refusalOf(connection.reason) : null;
  return {
    status: 'joined',
    origin: server.origin,
    servesApp,
    sync: settings.read().paused ? 'paused' : syncOf(sync.connection),
    refusal,
    completeAsOf: sync.completeness.asOf,
    restartedAt: sync.restartedAt,
    onServer: counts.onYourServer,
    entries: counts.onYourServer + counts.onThisPhone + counts.waiting,
    pending: summed([...counts.waitingByReason].map(([reason, entries]) => ({ reason: pendingReason(reason), entries }))),
    quarantine: (await replica.quarantine()).map(({ reason, at }) => ({ reason: quarantineReason(reason), entries: 1, at })),
    lastContactAt: sync.completeness.asOf,
  };
}

function syncOf(connection: ReturnType<Replica['sync']>['connection']): 'live' | 'offline' | 'refused' {
  if (connection.status === 'online') return 'live';
  return connection.status === 'stopped' && connection.reason !== 'unreachable' ? 'refused' : 'offline';
}

function refusalOf(reason: string): 'device-removed' | 'suspended' | null {
  if (reason === 'device-revoked') return 'device-removed';
  return reason === 'account-suspended' ? 'suspended' : null;
}

function pendingReason(reason: WaitingReason): PendingReason {
  switch (reason) {
    case 'old-epoch':
      return 'sealing-again';
    case 'quota':
    case 'too-many-streams':
      return 'quota';
    case 'too-large':
      return 'too-large';
    case 'device-revoked':
    case 'unknown-device':
      return 'device-removed';
    default:
      return 'waiting';
  }
}

function quarantineReason(reason: HeldReason): QuarantineReason {
  switch (reason) {
    case 'newer-app-needed':
      return 'newer-app-needed';
    case 'unknown-device':
    case 'revoked-device':
      return 'unknown-device';
    case 'misplaced':
    case 'wrong-stream':
    case 'no-key':
      return 'misplaced';
    default:
      return 'tampered';
  }
}

function summed(rows: readonly { readonly reason: PendingReason; readonly entries: number }[]): readonly { readonly reason: PendingReason; readonly entries: number }[] {
  const sums = new Map<PendingReason, number>();
  for (const { reason, entries } of rows) sums.set(reason, (sums.get(reason) ?? 0) + entries);
  return [...sums].map(([reason, entries]) => ({ reason, entries }));
}
