/** What the replica knows of its server, in the words of the "My server" screen. */
import {
  type ConnectionReason,
  type KnownFault,
  type Replica,
  type QuarantineReason as HeldReason,
  type WaitingReason,
  isNewDeviceRefused,
} from '@evenkeel/replica';
import type { PendingReason, QuarantineReason, ServerRefusal, ServerState } from './me-contract.ts';
import type { Opened } from './opened.ts';
import { type ServerWrong, wrongOf } from './server-wrongs.ts';

export async function readServerState(
  { replica, store, settings }: Opened,
  servesApp: boolean,
): Promise<ServerState> {
  const server = await store.server();
  if (server === null) return { status: 'none' };
  const sync = replica.sync();
  const counts = countEntries(replica);
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
    onServer: counts.onServer,
    entries: counts.entries,
    pending: [...counts.waiting].map(([reason, entries]) => ({ reason, entries })),
    quarantine: inGroups(
      (await replica.quarantine()).map(({ reason, at }) => ({ reason: quarantineReason(reason), at })),
    ),
    wrongs: newestOf(sync.completeness.faults),
    olderCopy: !sync.completeness.faults.some(({ fault }) => fault === 'own-head-unknown')
      ? null
      : (await isNewDeviceRefused(store))
        ? 'too-many-devices'
        : 'open-again',
    lastContactAt: sync.completeness.heardAt,
  };
}

function syncOf(connection: ReturnType<Replica['sync']>['connection']): 'live' | 'offline' | 'refused' {
  if (connection.status === 'online') return 'live';
  return connection.status === 'stopped' && connection.reason !== 'unreachable' ? 'refused' : 'offline';
}

function refusalOf(reason: ConnectionReason): ServerRefusal | null {
  switch (reason) {
    case 'unreachable':
    case 'rate-limited':
      return null;
    case 'device-revoked':
      return 'device-removed';
    case 'account-suspended':
      return 'suspended';
    case 'not-a-server':
    case 'account-unknown':
      return reason;
    case 'wrong-origin':
      return 'other-server';
    default:
      return 'other';
  }
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
    case 'unknown-device':
      return reason;
    case 'revoked-device':
      return 'removed-device';
    case 'misplaced':
    case 'wrong-stream':
    case 'no-key':
      return 'misplaced';
    default:
      return 'tampered';
  }
}

/** By moment, which is what a person calls an entry: one is on the server when each of its records is. */
function countEntries(replica: Replica) {
  const waiting = new Map<PendingReason, number>();
  const moments = replica.index.snapshot().moments();
  let onServer = 0;
  for (const { records } of moments) {
    const safety = records.map((record) => replica.safetyOf(record.rec));
    if (safety.every(({ where }) => where === 'on-your-server')) onServer += 1;
    const refused = safety.find((one) => one.where === 'waiting');
    if (refused?.where !== 'waiting') continue;
    const reason = pendingReason(refused.reason);
    waiting.set(reason, (waiting.get(reason) ?? 0) + 1);
  }
  return { onServer, entries: moments.length, waiting };
}

function inGroups(rows: readonly { readonly reason: QuarantineReason; readonly at: number }[]) {
  const groups = new Map<QuarantineReason, { readonly entries: number; readonly at: number }>();
  for (const { reason, at } of rows) {
    const known = groups.get(reason) ?? { entries: 0, at: 0 };
    groups.set(reason, { entries: known.entries + 1, at: Math.max(known.at, at) });
  }
  return [...groups].map(([reason, group]) => ({ reason, ...group }));
}

function newestOf(faults: readonly KnownFault[]) {
  const newest = new Map<ServerWrong, number>();
  for (const { fault, at } of faults) {
    const wrong = wrongOf(fault);
    if (wrong !== null) newest.set(wrong, Math.max(at, newest.get(wrong) ?? 0));
  }
  return [...newest].map(([wrong, at]) => ({ wrong, at }));
}
