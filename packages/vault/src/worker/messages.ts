/** What crosses between the page and the Worker that holds the keys. Both ends parse; no Secret is in any of it. */
import {
  type Bytes,
  ENVELOPE_TYPE,
  type EnvelopeType,
  OBJECT_TYPE,
  type ObjectType,
  accountIdSchema,
  deviceIdSchema,
  grantIdSchema,
  hash32Schema,
  keyIdSchema,
  mailboxIdSchema,
  publicKeySchema,
  recordIdSchema,
  streamIdSchema,
  z,
} from '@evenkeel/protocol';
import { VAULT_FAULT_CODES } from '../fault.ts';

/** What a Worker, a MessagePort and a Worker's own global scope have in common. */
export type VaultPort = {
  postMessage(message: unknown, options: { transfer: Transferable[] }): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  /** A MessagePort waits for it. */
  start?(): void;
};

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const bytesList = z.array(bytes);
const count = z.int().check(z.gte(0));
const category = { cat: z.int(), month: z.int() };
const place = { ...category, day: z.int() };
const heldPlace = { ...category, epoch: z.int(), day: z.nullable(z.int()) };
const envelopeType = z.custom<EnvelopeType>(
  (value) => typeof value === 'string' && Object.hasOwn(ENVELOPE_TYPE, value),
);
const objectType = z.custom<ObjectType>(
  (value) => typeof value === 'string' && Object.hasOwn(OBJECT_TYPE, value),
);

const unlockSecret = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('passphrase'), passphrase: z.string() }),
  z.strictObject({ type: z.literal('pin'), pin: z.string() }),
  z.strictObject({ type: z.literal('passkey'), prfOutput: bytes }),
  z.strictObject({ type: z.literal('recovery'), words: z.string() }),
  z.strictObject({ type: z.literal('none'), secret: bytes }),
]);

const holder = z.strictObject({
  acct: accountIdSchema,
  signPk: publicKeySchema,
  boxPk: publicKeySchema,
  dev: deviceIdSchema,
  devicePk: publicKeySchema,
});

const none = z.tuple([]);
const refused = <const Reasons extends readonly string[]>(reasons: Reasons) =>
  z.strictObject({ ok: z.literal(false), reason: z.enum(reasons) });

/** The arguments of each verb, in order. */
export const QUESTIONS = {
  create: z.tuple([z.strictObject({ deviceName: z.string(), now: count })]),
  unlock: z.tuple([
    z.strictObject({
      acct: accountIdSchema,
      wrap: bytes,
      secret: unlockSecret,
      deviceKeyBox: z.nullable(bytes),
    }),
  ]),
  addDevice: z.tuple([
    z.strictObject({ deviceName: z.string(), now: count, seq: count, prev: hash32Schema }),
  ]),
  lock: none,
  makeWrap: z.tuple([unlockSecret]),
  makeKit: none,
  seal: z.tuple([
    z.array(
      z.strictObject({
        ...place,
        type: envelopeType,
        epoch: z.int(),
        rec: recordIdSchema,
        rev: z.int(),
        replaces: hash32Schema,
        plaintext: bytes,
      }),
    ),
  ]),
  open: z.tuple([z.array(z.strictObject({ owner: accountIdSchema, envelope: bytes }))]),
  streams: z.tuple([z.array(z.strictObject(category))]),
  placesOf: z.tuple([z.array(z.strictObject({ sid: streamIdSchema, kid: keyIdSchema, epoch: z.int() }))]),
  keyIds: z.tuple([z.array(z.strictObject({ ...place, epoch: z.int() }))]),
  sealLocal: z.tuple([z.string(), bytesList]),
  openLocal: z.tuple([z.string(), bytesList]),
  sealToInbox: z.tuple([
    z.strictObject({ acct: accountIdSchema, dev: deviceIdSchema, boxPk: publicKeySchema, plaintext: bytes }),
  ]),
  openFromInbox: z.tuple([bytesList]),
  sign: z.tuple([
    z.array(
      z.strictObject({ type: objectType, signer: z.enum(['identity', 'device']), payload: z.unknown() }),
    ),
  ]),
  signSession: z.tuple([z.string(), z.string()]),
  sealTo: z.tuple([publicKeySchema, bytes, bytes]),
  openSealed: z.tuple([bytes, bytes]),
  sealKeyPack: z.tuple([
    z.strictObject({
      grant: grantIdSchema,
      to: accountIdSchema,
      toBoxPk: publicKeySchema,
      keys: z.array(z.strictObject(heldPlace)),
    }),
  ]),
  openKeyPack: z.tuple([
    z.strictObject({
      owner: accountIdSchema,
      pack: bytes,
      admitted: z.array(z.strictObject({ sid: streamIdSchema, kids: z.nullable(z.array(keyIdSchema)) })),
    }),
  ]),
  dropKeys: z.tuple([grantIdSchema]),
  startLink: none,
  answerLink: z.tuple([
    z.strictObject({
      qr: bytes,
      origin: z.string(),
      deviceLog: bytesList,
      grantLog: bytesList,
      heads: bytesList,
      entryCount: count,
      deviceName: z.string(),
      now: count,
    }),
  ]),
  receiveLink: z.tuple([bytes, z.string()]),
  acceptLink: none,
} as const;

const nothing = z.undefined();

/** What each verb answers. */
export const ANSWERS = {
  create: z.strictObject({ holder, deviceKeyBox: bytes, deviceLog: z.tuple([bytes, bytes]) }),
  unlock: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), holder, rewrapped: z.nullable(bytes) }),
    refused(['wrong-secret', 'tampered', 'weak-profile', 'newer-app-needed']),
  ]),
  addDevice: z.strictObject({ holder, deviceKeyBox: bytes, cert: bytes }),
  lock: nothing,
  makeWrap: bytes,
  makeKit: z.strictObject({ words: z.array(z.string()), wrap: bytes, id: mailboxIdSchema }),
  seal: bytesList,
  open: z.array(
    z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), place: z.strictObject(place), plaintext: bytes }),
      refused(['no-key', 'tampered', 'malformed', 'newer-app-needed']),
    ]),
  ),
  streams: z.array(streamIdSchema),
  placesOf: z.array(z.nullable(z.strictObject(place))),
  keyIds: z.array(keyIdSchema),
  sealLocal: bytesList,
  openLocal: z.array(z.nullable(bytes)),
  sealToInbox: bytes,
  openFromInbox: z.array(z.nullable(bytes)),
  sign: bytesList,
  signSession: bytes,
  sealTo: bytes,
  openSealed: z.nullable(bytes),
  sealKeyPack: bytes,
  openKeyPack: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      keys: z.array(z.strictObject({ sid: streamIdSchema, ...heldPlace })),
    }),
    refused(['malformed', 'not-for-us', 'tampered', 'outside-grant']),
  ]),
  dropKeys: nothing,
  startLink: z.strictObject({ qr: bytes, mailbox: mailboxIdSchema }),
  answerLink: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      letter: bytes,
      mailbox: mailboxIdSchema,
      words: z.array(z.string()),
      cert: bytes,
    }),
    refused(['malformed']),
  ]),
  receiveLink: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      acct: accountIdSchema,
      words: z.array(z.string()),
      entryCount: count,
    }),
    refused(['malformed', 'tampered']),
  ]),
  acceptLink: z.strictObject({
    holder,
    deviceKeyBox: bytes,
    deviceLog: bytesList,
    grantLog: bytesList,
    heads: bytesList,
  }),
} as const satisfies Record<keyof typeof QUESTIONS, z.core.$ZodType>;

export type Verb = keyof typeof QUESTIONS;

/** `id` pairs an answer with its question. */
export const questionSchema = z.strictObject({
  id: count,
  verb: z.custom<Verb>((value) => typeof value === 'string' && Object.hasOwn(QUESTIONS, value)),
  args: z.array(z.unknown()),
});
/** An answer, or a fault by its code alone. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id: count, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: count, ok: z.literal(false), code: z.enum(VAULT_FAULT_CODES) }),
]);
