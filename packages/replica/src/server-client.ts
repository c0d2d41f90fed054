/**
 * Speaking with a sync server: a session by signed challenge, renewed when it ends; JSON bodies, compressed from one
 * kilobyte on; replies parsed before anybody sees them. It decides nothing: what a reply means is decided where its
 * contents are verified.
 */
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type MailboxId,
  type ProblemCode,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type ServerEpoch,
  type ServerInfo,
  challengeReplySchema,
  deviceLogReplySchema,
  letterReplySchema,
  problemSchema,
  pullReplySchema,
  pushReplySchema,
  recoveryReplySchema,
  ringsReplySchema,
  registerReplySchema,
  serverInfoSchema,
  sessionReplySchema,
  toBase64url,
  utf8,
  z,
} from '@evenkeel/protocol';
import { gzip } from './gzip.ts';
import type { ConnectionReason } from './reasons.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: ConnectionReason };

export type ClientOptions = {
  /** As the server names itself; it is signed with every challenge. */
  readonly origin: string;
  /** Where requests go: the same, unless a test or a proxy stands in between. */
  readonly address?: string;
  readonly fetch?: typeof fetch;
};

export type SessionHolder = {
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly signSession: (origin: string, challenge: string) => Promise<Bytes>;
};

export interface ServerClient {
  readonly info: () => Promise<Answer<ServerInfo>>;
  /** Opens a session unless one is open; answers with the server's epoch. */
  readonly openSession: () => Promise<Answer<ServerEpoch>>;
  readonly pull: (request: PullRequest) => Promise<Answer<PullReply>>;
  readonly push: (request: PushRequest) => Promise<Answer<PushReply>>;
  readonly register: (request: {
    readonly register: Bytes;
    readonly deviceLog: readonly Bytes[];
    readonly grantLog: readonly Bytes[];
  }) => Promise<Answer<{ readonly acct: AccountId; readonly serverEpoch: ServerEpoch }>>;
  readonly postDeviceLog: (objects: readonly Bytes[]) => Promise<Answer<{ readonly deviceLogSeq: number }>>;
  /** `object`: signed by this device, which is what lets it take the place of an older kit's wrap. */
  readonly putRecovery: (id: MailboxId, wrap: Uint8Array, object: Uint8Array) => Promise<Answer<null>>;
  /** Puts a letter into a box, or takes it back (`letter` null); `object` is signed by this device. */
  readonly putLetter: (
    id: MailboxId,
    letter: { readonly object: string; readonly letter: string | null },
  ) => Promise<Answer<null>>;
  /** The answer to an offer of this account: read once, then gone. */
  readonly takeReply: (id: MailboxId) => Promise<Answer<string>>;
  /** The key to subscribe to pushes with, and when this device is woken; null: it is not. */
  readonly rings: () => Promise<Answer<{ readonly pushKey: string; readonly at: readonly number[] | null }>>;
  /** `object`: a RingPlan signed by this device. */
  readonly putRings: (object: Uint8Array) => Promise<Answer<null>>;
  /** The body of the live stream, open until `signal` ends it. */
  readonly live: (signal: AbortSignal) => Promise<Answer<ReadableStream<Uint8Array>>>;
  /** Ends every request under way and forgets the session. */
  readonly stop: () => void;
}

const REQUEST_MS = 30_000;
const RENEW_BEFORE_MS = 30_000;
const COMPRESS_FROM = 1024;

export function createClient(options: ClientOptions, holder: SessionHolder, now: () => number): ServerClient {
  const request = createRequest(options);
  let session: { readonly token: string; readonly until: number; readonly serverEpoch: ServerEpoch } | null =
    null;
  let opening: Promise<Answer<ServerEpoch>> | null = null;

  const openNew = async (): Promise<Answer<ServerEpoch>> => {
    const { acct, dev } = holder;
    const challenged = await request.send('POST', '/v1/session/challenge', {
      body: { acct, dev },
      reply: challengeReplySchema,
    });
    if (!challenged.ok) return challenged;
    const { challenge } = challenged.value;
    const signature = toBase64url(await holder.signSession(options.origin, challenge));
    const opened = await request.send('POST', '/v1/session', {
      body: { acct, dev, challenge, signature },
      reply: sessionReplySchema,
    });
    if (!opened.ok) return opened;
    const { token, expiresAt, serverEpoch } = opened.value;
    session = { token, until: expiresAt, serverEpoch };
    return { ok: true, value: serverEpoch };
  };
  const openSession = (): Promise<Answer<ServerEpoch>> => {
    if (session !== null && session.until - RENEW_BEFORE_MS > now())
      return Promise.resolve({ ok: true, value: session.serverEpoch });
    opening ??= openNew().finally(() => (opening = null));
    return opening;
  };
  /** Once more with a new session when the server has forgotten the one in use. */
  const inSession = async <Value>(
    send: (token: string) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> => {
    for (let round = 0; ; round += 1) {
      const opened = await openSession();
      if (!opened.ok) return opened;
      const answer = await send(session?.token ?? '');
      if (answer.ok || answer.reason !== 'session-needed' || round > 0) return answer;
      session = null;
    }
  };

  return {
    info: () => request.send('GET', '/v1/server', { reply: serverInfoSchema }),
    openSession,
    pull: (body) =>
      inSession((token) => request.send('POST', '/v1/pull', { body, token, reply: pullReplySchema })),
    push: (body) =>
      inSession((token) => request.send('POST', '/v1/push', { body, token, reply: pushReplySchema })),
    register: ({ register, deviceLog, grantLog }) =>
      request.send('POST', '/v1/accounts', {
        body: {
          register: toBase64url(register),
          deviceLog: deviceLog.map(toBase64url),
          grantLog: grantLog.map(toBase64url),
        },
        reply: registerReplySchema,
      }),
    postDeviceLog: (objects) =>
      request.send('POST', '/v1/device-log', {
        body: { acct: holder.acct, objects: objects.map(toBase64url) },
        reply: deviceLogReplySchema,
      }),
    putRecovery(id, wrap, object) {
      const body = { id, wrap: toBase64url(wrap), object: toBase64url(object) };
      return inSession((token) => request.send('PUT', '/v1/recovery', { body, token, reply: z.null() }));
    },
    putLetter: (id, body) =>
      inSession((token) => request.send('PUT', `/v1/mailbox/${id}`, { body, token, reply: z.null() })),
    async takeReply(id) {
      const path = `/v1/mailbox/${id}/reply`;
      const taken = await inSession((token) =>
        request.send('GET', path, { token, reply: letterReplySchema }),
      );
      return taken.ok ? { ok: true, value: taken.value.letter } : taken;
    },
    rings: () => inSession((token) => request.send('GET', '/v1/rings', { token, reply: ringsReplySchema })),
    putRings: (object) =>
      inSession((token) =>
        request.send('PUT', '/v1/rings', {
          body: { object: toBase64url(object) },
          token,
          reply: z.null(),
        }),
      ),
    live: (signal) => inSession((token) => request.stream('/v1/live', token, signal)),
    stop() {
      session = null;
      request.stop();
    },
  };
}

export type Recovery = z.infer<typeof recoveryReplySchema>;

/** What a server keeps under the id that 24 words lead to; needs no session. */
export function readRecovery(options: ClientOptions, id: MailboxId): Promise<Answer<Recovery>> {
  return createRequest(options).send('GET', `/v1/recovery/${id}`, { reply: recoveryReplySchema });
}

/** What anybody may know of a server, before joining it. */
export function readServerInfo(
  options: Omit<ClientOptions, 'origin'> & { readonly address: string },
): Promise<Answer<ServerInfo>> {
  return createRequest({ ...options, origin: options.address }).send('GET', '/v1/server', {
    reply: serverInfoSchema,
  });
}

type Asked<Schema extends z.core.$ZodType> = {
  readonly body?: unknown;
  readonly token?: string;
  readonly reply: Schema;
};

function createRequest({ origin, address = origin, fetch: send = globalThis.fetch }: ClientOptions) {
  const ending = new AbortController();

  return {
    stop: () => ending.abort(),
    async send<Schema extends z.core.$ZodType>(
      method: string,
      path: string,
      asked: Asked<Schema>,
    ): Promise<Answer<z.core.output<Schema>>> {
      let response: Response;
      let value: unknown;
      try {
        response = await send(address + path, {
          method,
          ...(await contentOf(asked)),
          signal: AbortSignal.any([ending.signal, AbortSignal.timeout(REQUEST_MS)]),
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
        });
        value = await readJson(response);
      } catch {
        return { ok: false, reason: 'unreachable' };
      }
      if (!response.ok) return { ok: false, reason: problemOf(response, value) };
      const parsed = z.core.safeParse(asked.reply, value);
      return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: 'not-a-server' };
    },
    async stream(
      path: string,
      token: string,
      signal: AbortSignal,
    ): Promise<Answer<ReadableStream<Uint8Array>>> {
      try {
        const response = await send(address + path, {
          headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
          signal: AbortSignal.any([ending.signal, signal]),
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
        });
        if (!response.ok) return { ok: false, reason: problemOf(response, await readJson(response)) };
        return response.body === null
          ? { ok: false, reason: 'not-a-server' }
          : { ok: true, value: response.body };
      } catch {
        return { ok: false, reason: 'unreachable' };
      }
    },
  };
}

async function contentOf({ body, token }: { readonly body?: unknown; readonly token?: string }): Promise<{
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Blob | string;
}> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  if (body === undefined) return { headers };
  const text = JSON.stringify(body);
  const json = { ...headers, 'Content-Type': 'application/json' };
  if (text.length < COMPRESS_FROM) return { headers: json, body: text };
  return { headers: { ...json, 'Content-Encoding': 'gzip' }, body: new Blob([await gzip(utf8(text))]) };
}

/** A body that is not JSON is null: what it should have been then does not parse. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** 5xx and what is not a problem of ours count as "cannot be reached now": it is tried again. */
function problemOf(response: Response, value: unknown): ConnectionReason {
  const problem = problemSchema.safeParse(value);
  if (problem.success) return isPassing(problem.data.code) ? 'unreachable' : problem.data.code;
  return response.status >= 500 || response.status === 429 ? 'unreachable' : 'not-a-server';
}

function isPassing(code: ProblemCode): boolean {
  return (
    code === 'server-fault' ||
    code === 'server-stopping' ||
    code === 'rate-limited' ||
    code === 'challenge-expired'
  );
}
