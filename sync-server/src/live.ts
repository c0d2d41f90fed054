/**
 * Live streams: server-sent events that say only "something changed at N". What they lose is never lost,
 * since a reader pulls from its own cursor.
 */
import { type AccountId, type DeviceId, HEARTBEAT_MS, type Limits } from '@evenkeel/protocol';
import type { Response } from 'express';
import { ProblemFound } from './problem-handler.ts';
import { type Caller, type Route, authenticate } from './route.ts';
import type { Services } from './services.ts';
import type { Change, Store } from './store/store.ts';

export type LiveStreams = {
  readonly open: (caller: Caller, res: Response, stillAllowed: () => Promise<boolean>) => void;
  readonly closeAll: () => void;
  readonly count: () => number;
};

type Stream = {
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly res: Response;
  readonly stillAllowed: () => Promise<boolean>;
};

export function liveStreams(store: Store, limits: Limits, heartbeatMs: number = HEARTBEAT_MS): LiveStreams {
  const byAccount = new Map<AccountId, Set<Stream>>();

  const end = (stream: Stream): void => {
    const streams = byAccount.get(stream.acct);
    streams?.delete(stream);
    if (streams?.size === 0) byAccount.delete(stream.acct);
    stream.res.end();
  };
  const everyStream = (): readonly Stream[] => [...byAccount.values()].flatMap((streams) => [...streams]);

  const tell = (change: Change): void => {
    for (const stream of byAccount.get(change.acct) ?? []) {
      if (change.revokedDevices.includes(stream.dev)) end(stream);
      else stream.res.write(event({ seq: change.seq }));
    }
    for (const { grant, to } of change.grants) {
      for (const stream of byAccount.get(to) ?? []) stream.res.write(event({ seq: change.seq, grant }));
    }
  };
  const stopListening = store.onChange(tell);
  const beat = async (stream: Stream): Promise<void> => {
    const isAllowed = await stream.stillAllowed();
    const isOver = stream.res.writableEnded || stream.res.destroyed;
    if (isAllowed && !isOver) stream.res.write(':\n\n');
    // check: live-session
    if (!isAllowed) end(stream);
  };
  const heart = setInterval(() => {
    // What cannot be looked up is not allowed.
    for (const stream of everyStream()) beat(stream).catch(() => end(stream));
  }, heartbeatMs);
  heart.unref();

  return {
    open: ({ acct, dev, account }, res, stillAllowed) => {
      const streams = byAccount.get(acct) ?? new Set<Stream>();
      // check: live-count
      if (streams.size >= limits.liveStreams) throw new ProblemFound('too-many-streams');
      const stream = { acct, dev, res, stillAllowed };
      byAccount.set(acct, streams.add(stream));
      res.writeHead(200, {
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
      res.write(event({ seq: account.seq }));
      res.on('close', () => end(stream));
    },
    closeAll: () => {
      stopListening();
      clearInterval(heart);
      for (const stream of everyStream()) end(stream);
    },
    count: () => everyStream().length,
  };
}

export const liveRoute: Route = {
  method: 'get',
  path: '/v1/live',
  summary: 'Server-sent events: something changed in the account, or in a grant made to it',
  session: true,
  body: null,
  reply: 'events',
  problems: ['too-many-streams'],
  answer: async (services: Services, req, res) => {
    const caller = await authenticate(services, req);
    const { session } = caller;
    services.live.open(caller, res, async () => {
      // An open stream is use of the session: only its longest life ends it, or its host.
      if (!services.sessions.use(session)) return false;
      return (await services.store.findAccount(session.acct))?.active === true;
    });
  },
};

function event(poke: { readonly seq: number; readonly grant?: string }): string {
  return `data: ${JSON.stringify(poke)}\n\n`;
}
