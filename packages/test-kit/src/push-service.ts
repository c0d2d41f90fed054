/**
 * A browser's push service for tests (RFC 8030, 5): takes a push over https, holds it to what the standards ask of a
 * server (VAPID, RFC 8292), and keeps what came.
 */
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from '@evenkeel/protocol';
import { makeCertificate } from './certificate.ts';

export type TakenPush = {
  readonly path: string;
  readonly ttl: number;
  readonly bodyBytes: number;
  /** The key that the push was signed with, base64url. */
  readonly pushKey: string;
  readonly subject: string;
};

export type PushService = {
  /** Trusts it: its certificate is its own. */
  readonly ca: string;
  readonly endpoint: (name: string) => string;
  readonly taken: readonly TakenPush[];
  /** What was wrong with a push that was refused. */
  readonly refused: readonly string[];
  /** From now on a push to `name` is answered 410, as after an unsubscription. */
  readonly forget: (name: string) => void;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const VAPID = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/;
const claimsSchema = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });
const DAY_SECONDS = 86_400;

export async function startPushService(): Promise<PushService> {
  const { cert, key } = makeCertificate(['localhost']);
  const taken: TakenPush[] = [];
  const refused: string[] = [];
  const forgotten = new Set<string>();
  let origin = '';
  const server = createServer({ cert, key }, (req, res) => {
    let bodyBytes = 0;
    req.on('data', (part: Buffer) => (bodyBytes += part.length));
    req.on('end', () => {
      const path = req.url ?? '';
      if (forgotten.has(path)) return void res.writeHead(410).end();
      const read = readPush(req.headers, origin);
      if (req.method !== 'POST' || typeof read === 'string') {
        refused.push(typeof read === 'string' ? read : `method ${req.method}`);
        return void res.writeHead(400).end();
      }
      taken.push({ path, bodyBytes, ...read });
      return void res.writeHead(201, { Location: `${origin}/message/${taken.length}` }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the push service has no port');
  origin = `https://localhost:${address.port}`;
  return {
    ca: cert,
    endpoint: (name) => `${origin}/send/${name}`,
    taken,
    refused,
    forget: (name) => void forgotten.add(`/send/${name}`),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What the headers say, or what is wrong with them. */
function readPush(
  headers: IncomingHttpHeaders,
  origin: string,
): Pick<TakenPush, 'ttl' | 'pushKey' | 'subject'> | string {
  const ttl = Number(headers['ttl'] ?? 'none');
  if (!Number.isInteger(ttl) || ttl < 0) return 'no TTL';
  const [, head, claims, signature, pushKey] = VAPID.exec(headers.authorization ?? '') ?? [];
  if (head === undefined || claims === undefined || signature === undefined || pushKey === undefined)
    return 'no VAPID';
  const point = Buffer.from(pushKey, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return 'the key is no point of P-256';
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return 'the signature does not fit';
  const said = claimsSchema.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
  if (!said.success) return 'the claims are not those of RFC 8292';
  const { aud, exp, sub } = said.data;
  const left = exp - Date.now() / 1000;
  if (aud !== origin) return `it is for ${aud}`;
  if (left <= 0 || left > DAY_SECONDS) return 'it ends at the wrong time';
  if (!/^(mailto:|https:)/.test(sub)) return 'nobody to write to';
  return { ttl, pushKey, subject: sub };
}
