/**
 * Stands between the browser and the server and keeps every request: address, headers, and the body both as it
 * came and unpacked, since the app packs what it sends.
 */
import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Haystack } from './files-under.ts';

export type Recorder = {
  readonly url: string;
  /** Where requests go on to, once that server has started. */
  readonly leadTo: (port: number) => void;
  /** One for each request so far. */
  readonly requests: () => readonly Haystack[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function startRecorder(): Promise<Recorder> {
  const recorded: Haystack[] = [];
  let to = 0;
  const pass = async (from: IncomingMessage, back: ServerResponse): Promise<void> => {
    const body = await buffer(from);
    const unpacked = from.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : Buffer.alloc(0);
    const head = Buffer.from(`${from.method} ${from.url}\n${from.rawHeaders.join('\n')}\n`);
    recorded.push({
      name: `request ${recorded.length}: ${from.method} ${from.url}`,
      bytes: Buffer.concat([head, body, unpacked]),
    });
    const onward = request({
      host: '127.0.0.1',
      port: to,
      method: from.method,
      path: from.url,
      headers: from.headers,
    });
    onward.on('response', (reply) => {
      back.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
      reply.pipe(back);
    });
    onward.on('error', () => back.destroy());
    back.on('close', () => onward.destroy());
    onward.end(body);
  };
  const proxy = createServer((from, back) => void pass(from, back).catch(() => back.destroy()));
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port');
  return {
    url: `http://localhost:${address.port}`,
    leadTo: (port) => {
      to = port;
    },
    requests: () => recorded,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        proxy.close(() => done());
        proxy.closeAllConnections();
      }),
  };
}
