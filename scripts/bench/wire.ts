/** Listens to what a client sends: how many bytes to which path, and with which session. */
import { request } from 'node:http';

export type Wire = {
  readonly fetch: typeof fetch;
  /** Bytes of request bodies as they were sent, compressed or not. */
  readonly bytesTo: (path: string) => number;
  /** The header that opens the session last used. */
  readonly authorization: () => string;
};

export function listenIn(): Wire {
  const bytesByPath = new Map<string, number>();
  let authorization = '';
  return {
    async fetch(input, init) {
      const asked = new Request(input, init);
      authorization = asked.headers.get('authorization') ?? authorization;
      const body = await asked.arrayBuffer();
      const { pathname } = new URL(asked.url);
      bytesByPath.set(pathname, (bytesByPath.get(pathname) ?? 0) + body.byteLength);
      return fetch(asked.url, { ...init, ...(body.byteLength > 0 && { body }) });
    },
    bytesTo: (path) => bytesByPath.get(path) ?? 0,
    authorization: () => authorization,
  };
}

export type RawReply = { readonly status: number; readonly body: Buffer };

/** Posts JSON and gives back the reply as it came over the wire, still compressed. */
export function postRaw(url: string, authorization: string, body: unknown): Promise<RawReply> {
  const headers = { authorization, 'content-type': 'application/json', 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks) }));
      reply.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}
