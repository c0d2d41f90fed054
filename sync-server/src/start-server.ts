/** A listening server: the store, the app and the socket, put together and taken apart in the right order. */
import { type RequestListener, type Server, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { dirname, join } from 'node:path';
import { DEFAULT_LIMITS, type HelpNumbers, type Limits, randomBytes, toBase64url } from '@evenkeel/protocol';
import { type Logger, pino } from 'pino';
import { invitationHash } from './accounts/register-route.ts';
import { type App, type AppConfig, createApp } from './app.ts';
import { freeBytesBeside } from './operations/disk-room.ts';
import { describeFault } from './problem-handler.ts';
import { type PushReach, ringer } from './rings/ringer.ts';
import { makePushKeys } from './rings/push-request.ts';
import type { Signups } from './services.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { steadyClock } from './steady-clock.ts';
import type { Store } from './store/store.ts';

export type ServerOptions = {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** A file, or `:memory:`. */
  readonly database?: string;
  /** Default: http(s)://localhost:port. */
  readonly publicUrl?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly trustProxy?: AppConfig['trustProxy'];
  readonly signups?: Signups;
  /** What the host keeps in DATA_DIR/help-numbers.json. */
  readonly helpNumbers?: HelpNumbers | null;
  readonly limits?: Partial<Limits>;
  readonly clock?: () => number;
  readonly log?: Logger;
  /** The built app. */
  readonly webDir?: string;
  readonly docsDir?: string;
  readonly heartbeatMs?: number;
  readonly sweepMs?: number;
  readonly stillMs?: number;
  /** Default: of the disk that the database lies on. */
  readonly freeBytes?: () => Promise<number>;
  /** How large the database may become; null: as large as the disk allows. */
  readonly mostBytes?: number | null;
  /** Where pushes may go, beyond the public internet: for tests. No setting reaches it. */
  readonly pushReach?: PushReach;
};

export type RunningServer = {
  readonly url: string;
  /** Where it listens; not in `url` when a public address is given. */
  readonly port: number;
  readonly store: Store;
  /** The code of a new invitation: 24 hours, one account. */
  readonly invite: () => Promise<string>;
  /** Stops taking requests, ends live streams, finishes what is being written, closes the database. */
  /** Sends the rings that are due now, instead of at the next look. */
  readonly ringDue: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const SWEEP_MS = 3_600_000;
/** A clock that is corrected by less than this is nothing to tell the host of. */
const MOST_BEHIND_MS = 60_000;
const IDLE_CHECK_MS = 20;
/** A connection on which nothing moves for so long is closed; a live stream's heart beats more often. */
const LONGEST_STILL_MS = 120_000;
const LONGEST_STOP_MS = 10_000;

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const machineClock = options.clock ?? Date.now;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = options.log ?? pino({ level: 'silent' });
  const database = options.database ?? ':memory:';
  const store = openSqliteStore(database);
  const server = options.tls === undefined ? createServer() : createTlsServer(options.tls);
  server.setTimeout(options.stillMs ?? LONGEST_STILL_MS);
  const clock = steadyClock(machineClock, await store.lastTime());
  const pushKeys = await store.pushKeys(makePushKeys);
  try {
    // From here to the listener below nothing waits: who connects at once is answered.
    await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  } catch (fault) {
    await store.close();
    throw fault;
  }
  const port = portOf(server);
  const url = options.publicUrl ?? `${options.tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  const diskBytes =
    options.freeBytes ??
    (database === ':memory:' ? async () => Infinity : () => freeBytesBeside(dirname(database)));
  const freeBytes = async (): Promise<number> =>
    Math.min(await diskBytes(), (options.mostBytes ?? Infinity) - (await store.usedBytes()));
  const app = createApp({
    config: { publicUrl: url, signups: options.signups ?? 'invite', trustProxy: options.trustProxy ?? false },
    limits,
    store,
    clock,
    machineClock,
    log,
    serverKey: store.serverKey,
    pushKey: pushKeys.publicKey,
    pushesAnywhere: options.pushReach !== undefined,
    helpNumbers: options.helpNumbers ?? null,
    docsDir: options.docsDir ?? join(import.meta.dirname, '..', '..', 'docs'),
    freeBytes,
    ...(options.webDir === undefined ? {} : { webDir: options.webDir }),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const listener: RequestListener = app.express;
  server.on('request', listener);
  // Whatever is in its way, a full disk or another process, may be gone an hour later.
  const sweep = (): Promise<void> => {
    const now = clock();
    if (now - machineClock() > MOST_BEHIND_MS)
      log.error(
        'the clock of this machine stands before a time that the database knows: see `npm run clock`',
      );
    return store
      .sweep(now)
      .catch((fault: unknown) => log.error(describeFault(fault), 'what is over was not forgotten'));
  };
  await sweep();
  const sweeping = setInterval(() => void sweep(), options.sweepMs ?? SWEEP_MS);
  sweeping.unref();
  const ringing = ringer({
    store,
    clock: machineClock,
    log,
    keys: pushKeys,
    origin: new URL(url).origin,
    ...(options.pushReach === undefined ? {} : { reach: options.pushReach }),
  });

  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    clearInterval(sweeping);
    closing ??= ringing
      .stop()
      .then(sweep)
      .then(() => shutDown(server, app, store));
    return closing;
  };
  return {
    url: new URL(url).origin,
    port,
    store,
    invite: () => makeInvitation(store, limits, clock()),
    ringDue: ringing.ringDue,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** 128 random bits; the server keeps only their hash. */
export async function makeInvitation(
  store: Store,
  limits: Pick<Limits, 'invitationMs'>,
  now: number,
): Promise<string> {
  const code = toBase64url(randomBytes(16));
  await store.addInvitation(invitationHash(code), now + limits.invitationMs);
  return code;
}

/** Connections that were busy become idle one by one; those still busy after a while are cut. */
async function shutDown(server: Server, app: App, store: Store): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  app.stop();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const last = setTimeout(() => server.closeAllConnections(), LONGEST_STOP_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
  await store.close();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}
