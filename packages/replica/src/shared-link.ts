/** The link through which shares are read: RxDB's replication of the collection that only receives. */
import type { ServerEpoch } from '@evenkeel/protocol';
import { Subject } from 'rxjs';
import type { EnvelopeDocState } from './sealed-version.ts';
import type { EnvelopeStore, PullCheckpoint } from './envelopes.ts';
import { listenLive } from './live-stream.ts';
import type { ConnectionReason } from './reasons.ts';
import type { ConnectOptions, ConnectOutcome } from './replica.ts';
import type { ServerClient } from './server-client.ts';

export type SharedLink = {
  readonly syncNow: () => Promise<ConnectOutcome>;
  readonly stop: () => Promise<void>;
};

const RETRY_MS = 3000;
const BATCH = 500;

export function openSharedLink(parts: {
  readonly client: ServerClient;
  readonly envelopes: EnvelopeStore;
  readonly options: ConnectOptions;
  readonly serverEpoch: ServerEpoch;
  readonly pull: (
    checkpoint: PullCheckpoint | undefined,
    batchSize: number,
  ) => Promise<{
    readonly documents: readonly EnvelopeDocState[];
    readonly checkpoint: PullCheckpoint;
  }>;
  readonly reached: (reason: ConnectionReason | null) => void;
  readonly serverEpochChanged: () => void;
}): SharedLink {
  const { client, envelopes, options } = parts;
  const retryMs = options.retryMs ?? RETRY_MS;
  const resync$ = new Subject<'RESYNC'>();
  let stopped = false;
  let pulls = 0;
  let waiters: ((reason: ConnectionReason | null) => void)[] = [];
  const wake = (reason: ConnectionReason | null): void => {
    const woken = waiters;
    waiters = [];
    for (const waiter of woken) waiter(reason);
  };
  const replication = envelopes.replicate({
    identifier: `evenkeel-shared/${options.origin}/${parts.serverEpoch}`,
    resync$,
    retryMs,
    batchSize: BATCH,
    async pull(checkpoint, batchSize) {
      try {
        const pulled = await parts.pull(checkpoint, batchSize);
        parts.reached(null);
        if (pulled.documents.length < batchSize) {
          pulls += 1;
          wake(null);
        }
        return pulled;
      } catch (fault) {
        const reason = reasonOf(fault);
        if (reason === 'server-restarted') parts.serverEpochChanged();
        else parts.reached(reason);
        wake(reason === 'server-restarted' ? 'unreachable' : reason);
        throw fault;
      }
    },
  });
  const stopLive =
    options.live === false
      ? () => undefined
      : listenLive(client, {
          retryMs,
          poked: (poke) => (poke === null || poke.grant !== undefined ? resync$.next('RESYNC') : undefined),
        });

  return {
    async syncNow() {
      if (stopped) return { ok: false, reason: 'unreachable' };
      for (const before = pulls; pulls === before;) {
        const next = new Promise<ConnectionReason | null>((resolve) => waiters.push(resolve));
        replication.reSync();
        const reason = await next;
        if (reason !== null) return { ok: false, reason };
      }
      await replication.awaitInSync();
      return { ok: true };
    },
    async stop() {
      stopped = true;
      stopLive();
      client.stop();
      wake('unreachable');
      await replication.cancel();
      resync$.complete();
    },
  };
}

function reasonOf(fault: unknown): ConnectionReason | 'server-restarted' {
  if (fault instanceof Error && 'reason' in fault && typeof fault.reason === 'string')
    return knownReason(fault.reason);
  return 'unreachable';
}

function knownReason(reason: string): ConnectionReason | 'server-restarted' {
  switch (reason) {
    case 'server-restarted':
    case 'not-a-server':
    case 'session-refused':
    case 'device-revoked':
    case 'account-suspended':
      return reason;
    default:
      return 'unreachable';
  }
}
