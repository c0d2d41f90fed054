/** The few requests that tests make themselves, each as the protocol says: a session, letters, a recovery wrap. */
import {
  type Bytes,
  type MailboxId,
  challengeReplySchema,
  fromBase64url,
  letterReplySchema,
  registerReplySchema,
  sessionReplySchema,
  toBase64url,
  z,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { ServerPlace } from './somebody.ts';

export type OpenSession = {
  readonly token: string;
  readonly send: (method: string, path: string, body?: unknown) => Promise<Response>;
};

/** An account of one device, as far as the server needs it. */
export type Member = { readonly vault: Vault; readonly holder: Holder; readonly deviceLog: readonly Bytes[] };

/** Registers at a server that is open to everybody. */
export async function register({ vault, deviceLog }: Member, place: ServerPlace, now: number): Promise<void> {
  const payload = { origin: place.origin, time: now, invitation: { kind: 'none' } };
  const [object] = await vault.sign([{ type: 'register', signer: 'identity', payload }]);
  if (object === undefined) throw new Error('the vault gave no signature');
  const body = { register: toBase64url(object), deviceLog: deviceLog.map(toBase64url), grantLog: [] };
  registerReplySchema.parse(await jsonOf(await request(place, 'POST', '/v1/accounts', body)));
}

/** Opens a session by signed challenge. The vault signs the origin it believes in, so a relayed challenge fails. */
export async function openSession(
  { vault, holder }: Pick<Member, 'vault' | 'holder'>,
  place: ServerPlace,
): Promise<OpenSession> {
  const { acct, dev } = holder;
  const asked = await jsonOf(await request(place, 'POST', '/v1/session/challenge', { acct, dev }));
  const { challenge } = challengeReplySchema.parse(asked);
  const signature = toBase64url(await vault.signSession(place.origin, challenge));
  const opened = await jsonOf(
    await request(place, 'POST', '/v1/session', { acct, dev, challenge, signature }),
  );
  const { token } = sessionReplySchema.parse(opened);
  return { token, send: (method, path, body) => request(place, method, path, body, token) };
}

/** A letter out of a box, or null when there is none. */
export async function takeLetter(place: ServerPlace, id: MailboxId, path = ''): Promise<Bytes | null> {
  const reply = await request(place, 'GET', `/v1/mailbox/${id}${path}`);
  if (!reply.ok) return null;
  return fromBase64url(letterReplySchema.parse(await reply.json()).letter);
}

export function request(
  place: ServerPlace,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Response> {
  return fetch((place.address ?? place.origin) + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function jsonOf(reply: Response): Promise<unknown> {
  const body: unknown = await reply.json();
  if (!reply.ok)
    throw new ServerSaidNo(reply.status, z.object({ code: z.string() }).safeParse(body).data?.code ?? '');
  return body;
}

/** A problem the server answered with. */
export class ServerSaidNo extends Error {
  override readonly name = 'ServerSaidNo';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`the server answered ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}
