/** The server as an Express app: checks that every request meets, the routes, the pages, the problems. */
import type { HelpNumbers, Limits } from '@evenkeel/protocol';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { openChallenges } from './accounts/challenges.ts';
import { deviceLogRoute } from './accounts/device-log-route.ts';
import { getRecoveryRoute, putRecoveryRoute } from './accounts/recovery-routes.ts';
import { registerRoute } from './accounts/register-route.ts';
import { challengeRoute, closeSessionRoute, openSessionRoute } from './accounts/session-routes.ts';
import { openSessions } from './accounts/sessions.ts';
import { pullRoute } from './envelopes/pull-route.ts';
import { pushRoute } from './envelopes/push-route.ts';
import { helpNumbersRoute } from './help-numbers/help-numbers-route.ts';
import { liveRoute, liveStreams } from './live.ts';
import { getLetterRoute, getReplyRoute, putLetterRoute, putReplyRoute } from './mailbox/mailbox-routes.ts';
import { diskRoom } from './operations/disk-room.ts';
import { mountHealth } from './operations/health.ts';
import { openApiRoute } from './operations/open-api.ts';
import { readImportMap, securityHeaders } from './operations/security-headers.ts';
import { serverInfoRoute } from './operations/server-info.ts';
import { mountPages } from './operations/web-pages.ts';
import { ProblemFound, problemHandler } from './problem-handler.ts';
import { rateLimits } from './rates.ts';
import { notePattern, requestLog } from './request-log.ts';
import { getRingsRoute, putRingsRoute } from './rings/ring-routes.ts';
import type { Route } from './route.ts';
import type { Services, Signups } from './services.ts';
import type { Store } from './store/store.ts';

export type AppConfig = {
  /** Origin under which people reach the server. */
  readonly publicUrl: string;
  readonly signups: Signups;
  /** What Express calls "trust proxy": false, a number of hops, or addresses. */
  readonly trustProxy: false | number | readonly string[];
};

export type AppOptions = {
  readonly config: AppConfig;
  readonly limits: Limits;
  readonly store: Store;
  /** Never goes back. */
  readonly clock: () => number;
  readonly machineClock: () => number;
  readonly log: Logger;
  /** Public half of the key that signs the server's promises. */
  readonly serverKey: string;
  /** What a browser subscribes to pushes with. */
  readonly pushKey: string;
  readonly pushesAnywhere: boolean;
  readonly helpNumbers: HelpNumbers | null;
  /** The built app; without it the server is only an API. */
  readonly webDir?: string;
  readonly docsDir: string;
  /** What the database may still grow by. */
  readonly freeBytes: () => Promise<number>;
  readonly heartbeatMs?: number;
};

export type App = {
  readonly express: Express;
  /** Answers everything new with `server-stopping` and ends live streams. */
  readonly stop: () => void;
  readonly services: Services;
};

const routesButTheirList: readonly Route[] = [
  serverInfoRoute,
  helpNumbersRoute,
  registerRoute,
  challengeRoute,
  openSessionRoute,
  closeSessionRoute,
  deviceLogRoute,
  putRecoveryRoute,
  getRecoveryRoute,
  pushRoute,
  pullRoute,
  liveRoute,
  putLetterRoute,
  getLetterRoute,
  putReplyRoute,
  getReplyRoute,
  getRingsRoute,
  putRingsRoute,
];
/** Every route under /v1. */
export const ROUTES: readonly Route[] = [...routesButTheirList, openApiRoute(routesButTheirList)];

export function createApp(options: AppOptions): App {
  const { config, limits, store, clock, machineClock, log, webDir, docsDir } = options;
  const origin = new URL(config.publicUrl).origin;
  const services: Services = {
    origin,
    signups: config.signups,
    servesApp: webDir !== undefined,
    serverKey: options.serverKey,
    pushKey: options.pushKey,
    pushesAnywhere: options.pushesAnywhere,
    helpNumbers: options.helpNumbers,
    limits,
    store,
    clock,
    machineClock,
    log,
    sessions: openSessions(limits, machineClock),
    challenges: openChallenges(limits, machineClock),
    rates: rateLimits(limits),
    disk: diskRoom(limits, options.freeBytes, { clock: machineClock, log }),
    live: liveStreams(store, limits, options.heartbeatMs),
  };
  let isStopping = false;

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.use(requestLog(log));
  app.use((_req, res, next) => {
    if (isStopping) res.setHeader('Connection', 'close');
    next(isStopping ? new ProblemFound('server-stopping') : undefined);
  });
  app.use('/v1', sameOrigin(origin));
  // Before what protects pages and what compresses: an open stream would hold all of it, kilobytes each.
  mountRoute(app, services, liveRoute);
  app.use(...securityHeaders(origin, readImportMap(webDir)));
  mountHealth(app, services);
  app.use(compression());
  for (const route of ROUTES) if (route !== liveRoute) mountRoute(app, services, route);
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const methods = ROUTES.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(path, (_req, res) => {
      res.setHeader('Allow', methods.join(', '));
      throw new ProblemFound('method-not-allowed');
    });
  }
  app.use('/v1', () => {
    throw new ProblemFound('not-found');
  });
  mountPages(app, { origin, webDir, docsDir });
  app.use(() => {
    throw new ProblemFound('not-found');
  });
  app.use(problemHandler(log));

  const stop = (): void => {
    isStopping = true;
    services.live.closeAll();
  };
  return { express: app, stop, services };
}

/** Express answers HEAD with what answers GET; but here a GET may take what is read once, or open a stream. */
function mountRoute(app: Express, services: Services, route: Route): void {
  app[route.method](route.path, async (req, res, next) => {
    // check: not-head
    if (req.method === 'HEAD') return next();
    notePattern(req, route.path);
    res.setHeader('Cache-Control', 'no-store');
    await route.answer(services, req, res);
  });
}

/** A browser names the page that asks; another site's page has no business here. */
function sameOrigin(origin: string): RequestHandler {
  return (req, _res, next) => {
    const found = req.headers.origin;
    // check: origin
    if (found !== undefined && found !== origin) throw new ProblemFound('wrong-origin');
    next();
  };
}
