/**
 * A server that lies. It stands in front of a real one, lets everything through, and carries out one attack at
 * a time on what passes (`attacks.ts`). It counts what a client was really given that the real server did not
 * say, so that a test can tell "the client noticed" from "nothing was sent".
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** One request, before the real server has heard it. `body` is its JSON, or undefined. */
export type EvilRequest = { readonly method: string; readonly path: string; readonly body: unknown };
/** One request and what the real server answered. */
export type EvilExchange = EvilRequest & { readonly status: number; readonly reply: unknown };

export type RequestFate =
  | 'pass'
  /** The connection is cut: the real server hears nothing. */
  | 'drop'
  /** The real server hears something else. */
  | { readonly kind: 'change'; readonly body: unknown }
  /** The real server hears nothing, and this is the answer. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  /** This is the answer, and the real server hears of it only when the lie ends. */
  | { readonly kind: 'hold'; readonly status: number; readonly body: unknown };

export type ReplyFate =
  | 'pass'
  /** The work is done, and the answer never arrives. */
  | 'drop'
  | { readonly kind: 'change'; readonly body: unknown; readonly status?: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly status?: number }
  /** The answer breaks off after so many bytes, although more was announced. */
  | { readonly kind: 'half'; readonly bytes: number }
  | { readonly kind: 'delay'; readonly ms: number };

/** What an attack does to passing traffic; made anew for each run, so that it can remember. */
export type Meddling = {
  readonly onRequest?: (request: EvilRequest) => RequestFate | Promise<RequestFate>;
  readonly onReply?: (exchange: EvilExchange) => ReplyFate | Promise<ReplyFate>;
};

/** `replies`: answers that were not what the real server said. `bytes`: how many of their bytes differed or were kept back. */
export type Delivered = { readonly replies: number; readonly bytes: number };

export type EvilServer = AsyncDisposable & {
  /** Where clients ask, `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** Starts an attack; the one before it ends. Counting begins at zero. */
  readonly attack: (meddling: Meddling) => void;
  /** Honest from now on; what was held back is handed on first. The count stays. */
  readonly behave: () => Promise<void>;
  readonly delivered: () => Delivered;
  /** Everything the real server answered since the start, oldest first: what a liar can replay. */
  readonly recorded: () => readonly EvilExchange[];
  /** Cuts live streams, as a server that restarts does. */
  readonly cutStreams: () => void;
  readonly close: () => Promise<void>;
};

/** `upstream` is the address of the real server. */
export async function startEvilServer(
  upstream: string,
  options: { readonly port?: number } = {},
): Promise<EvilServer> {
  let meddling: Meddling = {};
  let delivered: Delivered = { replies: 0, bytes: 0 };
  const recorded: EvilExchange[] = [];
  let held: (() => Promise<RealReply>)[] = [];
  const streams = new Set<ServerResponse>();

  const note = (bytes: number): void => {
    if (bytes > 0) delivered = { replies: delivered.replies + 1, bytes: delivered.bytes + bytes };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path.startsWith('/v1/live')) {
      streams.add(response);
      response.on('close', () => streams.delete(response));
      await forwardStream(upstream, path, request, response);
      return;
    }
    const sent = await readAll(request);
    const asked = { method: request.method ?? 'GET', path, body: jsonOf(inflate(sent, request)) };
    const fate = (await meddling.onRequest?.(asked)) ?? 'pass';
    if (fate === 'drop') {
      note(sent.length + 1);
      request.socket.destroy();
      return;
    }
    if (fate !== 'pass' && fate.kind !== 'change') {
      if (fate.kind === 'hold') held.push(() => ask(upstream, request, sent, false));
      const bytes = Buffer.from(JSON.stringify(fate.body));
      send(response, fate.status, { 'content-type': typeOf(fate.status) }, bytes, () => note(bytes.length));
      return;
    }
    const changed = fate === 'pass' ? null : Buffer.from(JSON.stringify(fate.body));
    const real = await ask(upstream, request, changed ?? sent, changed !== null);
    if (changed !== null) note(difference(inflate(sent, request), changed));
    await answer(response, asked, real);
  };

  const answer = async (response: ServerResponse, asked: EvilRequest, real: RealReply): Promise<void> => {
    const exchange = { ...asked, status: real.status, reply: jsonOf(real.bytes) };
    const fate = (await meddling.onReply?.(exchange)) ?? 'pass';
    recorded.push(exchange);
    if (fate === 'pass') {
      send(response, real.status, real.headers, real.bytes, () => undefined);
      return;
    }
    if (fate === 'drop') {
      note(real.bytes.length + 1);
      response.socket?.destroy();
      return;
    }
    switch (fate.kind) {
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fate.ms));
        send(response, real.status, real.headers, real.bytes, () => note(real.bytes.length));
        return;
      case 'half':
        sendHalf(response, real, fate.bytes, () => note(real.bytes.length - fate.bytes));
        return;
      case 'bytes':
        send(response, fate.status ?? real.status, real.headers, fate.bytes, () =>
          note(difference(real.bytes, fate.bytes)),
        );
        return;
      case 'change': {
        const bytes = Buffer.from(JSON.stringify(fate.body));
        const status = fate.status ?? real.status;
        const headers = status === real.status ? real.headers : { 'content-type': typeOf(status) };
        send(response, status, headers, bytes, () => note(difference(real.bytes, bytes)));
      }
    }
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.socket?.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  const close = async (): Promise<void> => {
    for (const stream of streams) stream.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    address: `http://127.0.0.1:${port}`,
    attack: (next) => {
      meddling = next;
      delivered = { replies: 0, bytes: 0 };
    },
    behave: async () => {
      meddling = {};
      for (const send of held) await send();
      held = [];
    },
    delivered: () => delivered,
    recorded: () => recorded,
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

type RealReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
};

/** Headers that belong to one connection, or say how a body was packed on it. */
const HOP_HEADERS = new Set([
  'host',
  'connection',
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

async function ask(
  upstream: string,
  request: IncomingMessage,
  body: Uint8Array,
  changed: boolean,
): Promise<RealReply> {
  const headers = headersOf(request);
  const encoding = request.headers['content-encoding'];
  if (!changed && encoding !== undefined) headers.set('content-encoding', encoding);
  const method = request.method ?? 'GET';
  const bare = method === 'GET' || method === 'HEAD';
  const reply = await fetch(upstream + (request.url ?? '/'), {
    method,
    headers,
    redirect: 'manual',
    ...(!bare && { body: new Uint8Array(body) }),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const kept = [...reply.headers].filter(([name]) => !HOP_HEADERS.has(name));
  return { status: reply.status, headers: Object.fromEntries(kept), bytes };
}

async function forwardStream(
  upstream: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  const reply = await fetch(upstream + path, { headers: headersOf(request), signal: stop.signal });
  response.writeHead(reply.status, {
    'content-type': reply.headers.get('content-type') ?? 'text/event-stream',
    'cache-control': 'no-store',
  });
  response.flushHeaders();
  for await (const chunk of reply.body ?? []) response.write(chunk);
  response.end();
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !HOP_HEADERS.has(name)) headers.set(name, value);
  }
  headers.set('accept-encoding', 'identity');
  return headers;
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
  sent: () => void,
): void {
  response.on('finish', sent);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

function sendHalf(response: ServerResponse, real: RealReply, count: number, sent: () => void): void {
  response.writeHead(real.status, { ...real.headers, 'content-length': real.bytes.length });
  response.write(real.bytes.subarray(0, count), () => {
    sent();
    response.socket?.destroy();
  });
}

/** Problems of RFC 9457 have a type of their own. */
function typeOf(status: number): string {
  return status >= 400 ? 'application/problem+json' : 'application/json';
}

/** Bytes at which two messages differ, and those that only one of them has. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) count += 1;
  return count;
}

function inflate(bytes: Buffer, request: IncomingMessage): Buffer {
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
