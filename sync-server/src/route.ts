/**
 * A route: method, path, who may call it, and the schemas of what goes in and out. The router and the OpenAPI
 * page are both made from the same list, so neither can forget one.
 */
import {
  type AccountId,
  type DeviceId,
  type ProblemCode,
  hash32Schema,
  sha256,
  toBase64url,
  utf8,
  z,
} from '@evenkeel/protocol';
import express, { type Request, type Response } from 'express';
import type { Session } from './accounts/sessions.ts';
import { ProblemFound } from './problem-handler.ts';
import type { Services } from './services.ts';
import type { AccountState } from './store/store.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** Who asks, after token, device and account were checked. */
export type Caller = {
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly session: Session;
  readonly account: AccountState;
};

export type Route = {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly session: boolean;
  readonly body: z.core.$ZodType | null;
  /** Null: 204, nothing to say, and so where it is optional. `events`: a stream of server-sent events. */
  readonly reply: z.core.$ZodType | 'events' | null;
  readonly problems: readonly ProblemCode[];
  readonly answer: (services: Services, req: Request, res: Response) => Promise<void>;
};

type Said = Pick<Route, 'method' | 'path' | 'summary' | 'problems'>;
type Asked<Body> = {
  readonly body: Body;
  readonly params: Readonly<Record<string, unknown>>;
  readonly address: string;
};
type Bodies<Body extends z.core.$ZodType, Reply extends z.core.$ZodType | null> = {
  readonly body: Body;
  readonly reply: Reply;
};
type Replied<Reply> = Reply extends z.core.$ZodType ? z.core.output<Reply> : void;

/** No body goes in. */
export const noBody = z.undefined();

/** A route without a session, limited by address. */
export function openRoute<Body extends z.core.$ZodType, Reply extends z.core.$ZodType | null>(
  said: Said &
    Bodies<Body, Reply> & {
      /** For how long an answer may be used again, and it has a tag to ask by; default: never. */
      readonly cacheSeconds?: number;
      /** Turns away who has too many of these answers under way. */
      readonly begin?: (services: Services, address: string, res: Response) => void;
      readonly handle: (services: Services, asked: Asked<z.core.output<Body>>) => Promise<Replied<Reply>>;
    },
): Route {
  const { handle, body, cacheSeconds = 0, begin, ...rest } = said;
  return {
    ...rest,
    session: false,
    body: takesBody(said.method) ? body : null,
    answer: async (services, req, res) => {
      // check: address-rate
      await services.rates.address(addressOf(req));
      // check: address-at-once
      services.rates.addressUnderWay(addressOf(req), res);
      const parsed = await readBody(services, said.method, body, req, res);
      begin?.(services, addressOf(req), res);
      const reply = await handle(services, { body: parsed, params: req.params, address: addressOf(req) });
      if (cacheSeconds > 0 && reply !== undefined) allowCaching(res, reply, cacheSeconds);
      send(res, reply);
    },
  };
}

/** A route for an open session, limited by device. */
export function sessionRoute<Body extends z.core.$ZodType, Reply extends z.core.$ZodType | null>(
  said: Said &
    Bodies<Body, Reply> & {
      readonly handle: (
        services: Services,
        asked: Asked<z.core.output<Body>> & { readonly caller: Caller },
      ) => Promise<Replied<Reply>>;
    },
): Route {
  const { handle, body, ...rest } = said;
  return {
    ...rest,
    session: true,
    body: takesBody(said.method) ? body : null,
    answer: async (services, req, res) => {
      const caller = await authenticate(services, req);
      // check: device-at-once
      services.rates.deviceUnderWay(caller.dev, res);
      const parsed = await readBody(services, said.method, body, req, res);
      send(
        res,
        await handle(services, { body: parsed, params: req.params, address: addressOf(req), caller }),
      );
    },
  };
}

/** Token, then the device, then the account (docs/protocol.md, "Server checks"). */
export async function authenticate(services: Services, req: Request): Promise<Caller> {
  const token = hash32Schema.safeParse(bearerToken(req));
  const session = token.success ? services.sessions.find(token.data) : null;
  // check: token
  if (session === null) return refuseStranger(services, req);
  // check: device-rate
  await services.rates.device(session.dev);
  const account = await services.store.findAccount(session.acct);
  const device = account?.devices.get(session.dev);
  if (account === null || device === undefined) throw new ProblemFound('session-needed');
  // check: session-device-not-revoked
  if (device.revoked !== null) throw new ProblemFound('device-revoked');
  // check: account-active
  if (!account.active) throw new ProblemFound('account-suspended');
  return { acct: session.acct, dev: session.dev, session, account };
}

async function refuseStranger(services: Services, req: Request): Promise<never> {
  await services.rates.address(addressOf(req));
  throw new ProblemFound('session-needed');
}

export function bearerToken(req: Request): string {
  const header = req.headers.authorization ?? '';
  return header.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
}

export function addressOf(req: Request): string {
  return req.ip ?? req.socket.remoteAddress ?? '';
}

/** An id in the path: anything that is not one is nothing we have. */
export function pathId<Schema extends z.core.$ZodType>(
  schema: Schema,
  params: Readonly<Record<string, unknown>>,
): z.core.output<Schema> {
  const parsed = z.core.safeParse(schema, params['id']);
  if (!parsed.success) throw new ProblemFound('not-found');
  return parsed.data;
}

async function readBody<Body extends z.core.$ZodType>(
  services: Services,
  method: Method,
  schema: Body,
  req: Request,
  res: Response,
): Promise<z.core.output<Body>> {
  const value = takesBody(method) ? await readJson(services, req, res) : undefined;
  const parsed = z.core.safeParse(schema, value);
  // check: strict-body
  if (!parsed.success) throw new ProblemFound('malformed-request', whereItFailed(parsed.error));
  return parsed.data;
}

async function readJson({ limits }: Services, req: Request, res: Response): Promise<unknown> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  // check: content-type
  if (type !== 'application/json') throw new ProblemFound('wrong-content-type');
  // check: body-size-before-reading
  if (Number(req.headers['content-length'] ?? 0) > limits.pushBytes) throw new ProblemFound('too-large');
  await new Promise<void>((resolve, reject) => {
    parserFor(limits.pushBytes)(req, res, (fault?: unknown) =>
      fault === undefined ? resolve() : reject(fault),
    );
  });
  const body: unknown = req.body;
  return body;
}

const parsers = new Map<number, ReturnType<typeof express.json>>();

/** `limit` counts inflated bytes, so a small gzip cannot unfold into a large body. */
function parserFor(limit: number): ReturnType<typeof express.json> {
  const known = parsers.get(limit) ?? express.json({ limit, inflate: true, strict: true, type: () => true });
  parsers.set(limit, known);
  return known;
}

/** Which field did not fit; never its value. */
function whereItFailed(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return '';
  return `${issue.path.map(String).join('.') || 'body'}: ${issue.code}`;
}

function takesBody(method: Method): boolean {
  return method === 'post' || method === 'put';
}

/** The tag is weak: the same answer may come compressed. Express answers 304 to who has it already. */
function allowCaching(res: Response, reply: unknown, seconds: number): void {
  res.setHeader('Cache-Control', `public, max-age=${seconds}`);
  res.setHeader('ETag', `W/"${toBase64url(sha256(utf8(JSON.stringify(reply))))}"`);
}

function send(res: Response, reply: unknown): void {
  if (reply === undefined) res.status(204).end();
  else res.json(reply);
}
