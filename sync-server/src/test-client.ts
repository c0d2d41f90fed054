/**
 * A person with devices, for tests: signs what the protocol asks for, with keys made from names, and puts
 * noise where the ciphertext would be. Knows the protocol package and nothing of the server's inside.
 */
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type EnvelopeHeader,
  type GrantId,
  type GrantedStream,
  type Hash32,
  type KeyId,
  type ObjectType,
  type PublicKey,
  type PullReply,
  type PushReply,
  type PushRequest,
  type Read,
  type ReadReply,
  type RecordId,
  type ServerEpoch,
  type Signer,
  type StreamId,
  START_CURSOR,
  ZERO_HASH,
  accountIdOf,
  bytesToGrantId,
  bytesToKeyId,
  bytesToPublicKey,
  bytesToRecordId,
  bytesToStreamId,
  challengeReplySchema,
  concat,
  deviceIdOf,
  encodeEnvelopeHeader,
  encodeUnsignedObject,
  envelopeSignedBytes,
  fromBase64url,
  leafOf,
  objectHash,
  objectSignedBytes,
  ownBytes,
  parseEnvelope,
  pullReplySchema,
  pushReplySchema,
  randomBytes,
  serverInfoSchema,
  sessionReplySchema,
  sessionSignedBytes,
  sha256,
  toBase64url,
  utf8,
  z,
} from '@evenkeel/protocol';
import { connect as connectSocket } from 'node:net';

/** PKCS #8 around a 32-byte Ed25519 seed (RFC 8410). */
const PKCS8 = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

export type Signing = { readonly publicKey: PublicKey; readonly sign: (bytes: Uint8Array) => Promise<Bytes> };

export async function signingKey(name: string): Promise<Signing> {
  const pkcs8 = concat(PKCS8, sha256(utf8(`seed of ${name}`)));
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x } = await crypto.subtle.exportKey('jwk', key);
  const publicKey = bytesToPublicKey(fromBase64url(x ?? '') ?? new Uint8Array());
  return {
    publicKey,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, ownBytes(bytes))),
  };
}

/** 16 bytes that a name stands for. */
const named = (name: string): Bytes => sha256(utf8(name)).subarray(0, 16);
export const sidOf = (name: string): StreamId => bytesToStreamId(named(`sid ${name}`));
export const kidOf = (name: string): KeyId => bytesToKeyId(named(`kid ${name}`));
export const recOf = (name: string): RecordId => bytesToRecordId(named(`rec ${name}`));
export const grantOf = (name: string): GrantId => bytesToGrantId(named(`grant ${name}`));

export type Log = { readonly objects: Bytes[]; seq: number; hash: Hash32 };

/** The identity of an account and its two logs, as the person's devices hold them. */
export type Person = {
  readonly name: string;
  readonly acct: AccountId;
  readonly signPk: PublicKey;
  readonly boxPk: PublicKey;
  readonly deviceLog: Log;
  readonly grantLog: Log;
  epoch: number;
  readonly signObject: (type: ObjectType, payload: unknown) => Promise<Bytes>;
  /** Signs the next object of a log and appends it. */
  readonly append: (log: Log, type: ObjectType, payload: Readonly<Record<string, unknown>>) => Promise<Bytes>;
  /** A device whose certificate is appended to the device log. */
  readonly addDevice: (name: string) => Promise<Device>;
};

export type Device = {
  readonly person: Person;
  readonly dev: DeviceId;
  readonly key: Signing;
  readonly signObject: (type: ObjectType, payload: unknown) => Promise<Bytes>;
  /** A signed envelope with noise inside. */
  readonly envelope: (header: Partial<EnvelopeHeader>, plaintextBytes?: number) => Promise<Bytes>;
};

export async function makePerson(name: string): Promise<Person> {
  const identity = await signingKey(`identity of ${name}`);
  const boxPk = bytesToPublicKey(sha256(utf8(`box of ${name}`)));
  const acct = accountIdOf(identity.publicKey, boxPk);
  const signObject = (type: ObjectType, payload: unknown) =>
    signed(identity, type, acct, 'identity', payload);
  const append: Person['append'] = async (log, type, payload) => {
    const bytes = await signObject(type, { seq: log.seq + 1, prev: log.hash, time: Date.now(), ...payload });
    log.objects.push(bytes);
    log.seq += 1;
    log.hash = objectHash(bytes);
    return bytes;
  };
  const person: Person = {
    name,
    acct,
    signPk: identity.publicKey,
    boxPk,
    deviceLog: emptyLog(),
    grantLog: emptyLog(),
    epoch: 0,
    signObject,
    append,
    addDevice: async (deviceName) => {
      const device = await makeDevice(person, deviceName);
      await append(person.deviceLog, 'device-cert', {
        dev: device.dev,
        signPk: device.key.publicKey,
        sealedName: '',
      });
      return device;
    },
  };
  await append(person.deviceLog, 'account', { signPk: identity.publicKey, boxPk });
  return person;
}

/** A device that is not (yet) in the device log. */
export async function makeDevice(person: Person, name: string): Promise<Device> {
  const key = await signingKey(`${name} of ${person.name}`);
  const dev = deviceIdOf(key.publicKey);
  return {
    person,
    dev,
    key,
    signObject: (type, payload) => signed(key, type, person.acct, dev, payload),
    envelope: async (header, plaintextBytes = 256) => {
      const full: EnvelopeHeader = {
        type: 'record',
        epoch: person.epoch,
        sid: sidOf('a'),
        kid: kidOf('a'),
        rec: bytesToRecordId(randomBytes(16)),
        rev: 1,
        dev,
        replaces: ZERO_HASH,
        ...header,
      };
      const before = concat(encodeEnvelopeHeader(full, randomBytes(24)), randomBytes(plaintextBytes + 16));
      return concat(before, await key.sign(envelopeSignedBytes(person.acct, before)));
    },
  };
}

export async function grant(
  person: Person,
  name: string,
  to: AccountId,
  streams: readonly GrantedStream[],
  more: { readonly notBefore?: number; readonly expires?: number | null } = {},
): Promise<Bytes> {
  return person.append(person.grantLog, 'grant', {
    grant: grantOf(name),
    to,
    streams,
    notBefore: more.notBefore ?? 0,
    expires: more.expires ?? null,
    standing: false,
    sealedToGrantee: '',
    sealedToOwner: '',
  });
}

export async function revoke(person: Person, name: string): Promise<Bytes> {
  person.epoch += 1;
  return person.append(person.grantLog, 'revoke', { grant: grantOf(name), epoch: person.epoch });
}

export function leafOfBytes(bytes: Uint8Array): Hash32 {
  const parsed = parseEnvelope(bytes);
  if (!parsed.ok) throw new TypeError('not an envelope');
  return leafOf(parsed.envelope);
}

export type Answer = {
  readonly status: number;
  readonly code: string | null;
  readonly body: unknown;
  readonly headers: Headers;
};

/** One request; a problem comes back as its code. */
export async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const content = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const reply = await fetch(url + path, {
    method,
    headers: { ...content, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const isJson = (reply.headers.get('content-type') ?? '').includes('json');
  const parsed: unknown = isJson ? JSON.parse(text) : text;
  const problem = z.object({ code: z.string() }).safeParse(parsed);
  return {
    status: reply.status,
    code: reply.status >= 400 && problem.success ? problem.data.code : null,
    body: parsed,
    headers: reply.headers,
  };
}

/** A request that the server has begun: it knows who asks, and of the body `{}` it has the first half. */
export async function begin(url: string, path: string, token: string) {
  const { port } = new URL(url);
  const socket = connectSocket(Number(port), '127.0.0.1');
  let said = '';
  socket.on('data', (data) => (said += data.toString())).on('error', () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{`,
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('data', () => resolve());
    socket.once('close', () => reject(new Error('the server did not begin')));
  });
  return { socket, said: () => said };
}

/** Registers with a host's invitation. */
export async function register(url: string, person: Person, invitation: unknown): Promise<Answer> {
  const bytes = await person.signObject('register', { origin: url, time: Date.now(), invitation });
  return ask(url, 'POST', '/v1/accounts', {
    register: toBase64url(bytes),
    deviceLog: person.deviceLog.objects.map(toBase64url),
    grantLog: person.grantLog.objects.map(toBase64url),
  });
}

export async function openSession(url: string, device: Device): Promise<Answer> {
  const { acct } = device.person;
  const challenged = await ask(url, 'POST', '/v1/session/challenge', { acct, dev: device.dev });
  const { challenge } = challengeReplySchema.parse(challenged.body);
  const signature = await device.key.sign(sessionSignedBytes(url, acct, device.dev, challenge));
  return ask(url, 'POST', '/v1/session', {
    acct,
    dev: device.dev,
    challenge,
    signature: toBase64url(signature),
  });
}

/** A device with an open session. */
export type Client = {
  readonly url: string;
  readonly device: Device;
  readonly token: string;
  readonly serverEpoch: ServerEpoch;
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** The answer to a push that must be taken. */
  readonly push: (request: PushTexts) => Promise<PushReply>;
  /** The code of a problem, or null. */
  readonly pushProblem: (request: PushTexts) => Promise<string | null>;
  readonly pull: (reads: readonly Read[], limit?: number) => Promise<PullReply>;
  /** Every item of the own account, in order. */
  readonly pullAll: (limit?: number) => Promise<Extract<ReadReply, { kind: 'own' }>['items']>;
};
type PushTexts = { readonly [Key in keyof PushRequest]?: readonly Bytes[] };

export const NOTHING_HELD = { deviceLog: 0, grantLog: 0, side: 0 } as const;

export async function connect(url: string, device: Device): Promise<Client> {
  const opened = await openSession(url, device);
  if (opened.code !== null) throw new Error(`no session: ${opened.code}`);
  const { token, serverEpoch } = sessionReplySchema.parse(opened.body);
  const askHere: Client['ask'] = (method, path, body, headers) =>
    ask(url, method, path, body, { Authorization: `Bearer ${token}`, ...headers });
  const pushTexts = (request: PushTexts) =>
    askHere(
      'POST',
      '/v1/push',
      Object.fromEntries(Object.entries(request).map(([key, list]) => [key, list.map(toBase64url)])),
    );
  const pull: Client['pull'] = async (reads, limit = 1000) =>
    pullReplySchema.parse((await askHere('POST', '/v1/pull', { reads, limit })).body);
  return {
    url,
    device,
    token,
    serverEpoch,
    ask: askHere,
    pull,
    push: async (request) => {
      const answer = await pushTexts(request);
      if (answer.code !== null)
        throw new Error(`push refused: ${answer.code} ${JSON.stringify(answer.body)}`);
      return pushReplySchema.parse(answer.body);
    },
    pushProblem: async (request) => (await pushTexts(request)).code,
    pullAll: async (limit = 1000) => {
      const items = [];
      let since: string = START_CURSOR;
      for (;;) {
        const [reply] = (await pull([{ kind: 'own', since, have: NOTHING_HELD }], limit)).replies;
        if (reply?.kind !== 'own') throw new Error('the own diary was not answered');
        items.push(...reply.items);
        if (!reply.more) return items;
        since = reply.cursor;
      }
    },
  };
}

/** A registered person with one connected device. */
export async function join(
  server: { readonly url: string; readonly invite: () => Promise<string> },
  name: string,
): Promise<{ readonly person: Person; readonly device: Device; readonly client: Client }> {
  const person = await makePerson(name);
  const device = await person.addDevice('phone');
  const answer = await register(server.url, person, { kind: 'host', code: await server.invite() });
  if (answer.code !== null) throw new Error(`not registered: ${answer.code}`);
  return { person, device, client: await connect(server.url, device) };
}

/** A clinician's chain of receipts for one grant. */
export function receipts(client: Client, name: string) {
  let seq = 0;
  let prev: Hash32 = ZERO_HASH;
  const next = async (since: string, changed: Readonly<Record<string, unknown>> = {}): Promise<Bytes> =>
    client.device.signObject('receipt', {
      origin: client.url,
      grant: grantOf(name),
      seq,
      prev,
      since,
      time: Date.now(),
      why: 'opened',
      sealedPurpose: '',
      ...changed,
    });
  const advance = (bytes: Bytes): void => {
    seq += 1;
    prev = objectHash(bytes);
  };
  return { next, advance };
}

/** One read of a grant with the next receipt. */
export async function readGrant(
  client: Client,
  chain: ReturnType<typeof receipts>,
  name: string,
  since: string = START_CURSOR,
  limit = 1000,
): Promise<ReadReply> {
  const receipt = await chain.next(since);
  const read: Read = {
    kind: 'grant',
    grant: grantOf(name),
    since,
    have: NOTHING_HELD,
    receipt: toBase64url(receipt),
  };
  const [reply] = (await client.pull([read], limit)).replies;
  if (reply === undefined) throw new Error('no reply');
  if (reply.kind === 'grant') chain.advance(receipt);
  return reply;
}

export async function serverInfo(url: string) {
  return serverInfoSchema.parse((await ask(url, 'GET', '/v1/server')).body);
}

function emptyLog(): Log {
  return { objects: [], seq: -1, hash: ZERO_HASH };
}

async function signed(
  key: Signing,
  type: ObjectType,
  acct: AccountId,
  signer: Signer,
  payload: unknown,
): Promise<Bytes> {
  const before = encodeUnsignedObject(type, acct, signer, payload);
  return concat(before, await key.sign(objectSignedBytes(type, before)));
}
