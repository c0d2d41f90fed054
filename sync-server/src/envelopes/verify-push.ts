/** The work of a push that needs no database row: parsing, hashing and signatures, many at a time. */
import {
  type AccountId,
  type DeviceId,
  type Envelope,
  type Limits,
  type PublicKey,
  type PushRequest,
  envelopeSignedBytes,
  fromBase64url,
  leafOfStub,
  parseEnvelope,
  stubOf,
  verifySignature,
} from '@evenkeel/protocol';
import { objectBytes } from '../accounts/new-log-objects.ts';
import { verifyDeviceLog } from '../accounts/verify-device-log.ts';
import { verifyGrantLog } from '../grants/verify-grant-log.ts';
import { verifyHead, verifyPack } from '../grants/verify-side.ts';
import { ProblemFound } from '../problem-handler.ts';
import type { Services } from '../services.ts';
import type { AccountState } from '../store/store.ts';
import type { VerifiedPush } from './plan-draft.ts';
import type { OfferedEnvelope } from './plan-envelopes.ts';
import { verifyInThread } from './verify-in-thread.ts';

/** Envelopes whose signatures are sooner verified in this thread than handed to others. */
const FEW = 4;

export async function verifyPush(
  { store, limits, origin }: Pick<Services, 'store' | 'limits' | 'origin'>,
  account: AccountState,
  request: PushRequest,
): Promise<VerifiedPush> {
  const { acct } = account;
  const envelopes = request.envelopes ?? [];
  // check: push-count
  if (envelopes.length > limits.pushEnvelopes) throw new ProblemFound('too-large', 'envelopes');
  const hashesAt = (log: 'device' | 'grant') => (seqs: readonly number[]) => store.logHashes(acct, log, seqs);
  const deviceLog = await orNull(request.deviceLog, (objects) =>
    verifyDeviceLog(account, hashesAt('device'), objects.map(objectBytes)),
  );
  const grantLog = await orNull(request.grantLog, (objects) =>
    verifyGrantLog(store, account, hashesAt('grant'), objects.map(objectBytes)),
  );
  const keys = new Map<DeviceId, PublicKey>();
  for (const [dev, device] of account.devices) keys.set(dev, device.signPk);
  for (const { change } of deviceLog?.entries ?? [])
    if (change.kind === 'device-cert') keys.set(change.dev, change.signPk);
  const verify = envelopes.length <= FEW ? verifyInThread : verifySignature;
  const writers = { acct, keys, origin, serverEpoch: store.serverEpoch };
  return {
    deviceLog,
    grantLog,
    packs: await Promise.all((request.packs ?? []).map((text) => verifyPack(writers, objectBytes(text)))),
    envelopes: await Promise.all(envelopes.map((text) => readEnvelope({ acct, keys, limits, verify }, text))),
    heads: await Promise.all((request.heads ?? []).map((text) => verifyHead(writers, objectBytes(text)))),
  };
}

type Reading = {
  readonly acct: AccountId;
  readonly keys: ReadonlyMap<DeviceId, PublicKey>;
  readonly limits: Limits;
  readonly verify: typeof verifyInThread | typeof verifySignature;
};

async function readEnvelope(reading: Reading, text: string): Promise<OfferedEnvelope> {
  const bytes = fromBase64url(text);
  if (bytes === null) return { kind: 'unreadable', reason: 'malformed' };
  // check: envelope-size
  if (bytes.length > reading.limits.envelopeBytes) return { kind: 'unreadable', reason: 'too-large' };
  const parsed = parseEnvelope(bytes);
  // check: envelope-parse
  if (!parsed.ok) return { kind: 'unreadable', reason: 'malformed' };
  const { envelope } = parsed;
  const stub = stubOf(envelope);
  return {
    kind: 'read',
    envelope,
    stub,
    leaf: leafOfStub(stub),
    signature: await signatureOf(reading, envelope, bytes),
  };
}

async function signatureOf(
  { acct, keys, verify }: Reading,
  { header, signature }: Envelope,
  bytes: Uint8Array,
) {
  const publicKey = keys.get(header.dev);
  if (publicKey === undefined) return 'unknown-device';
  const signed = envelopeSignedBytes(acct, bytes.subarray(0, bytes.length - signature.length));
  return (await verify(publicKey, signed, signature)) ? 'valid' : 'forged';
}

async function orNull<In, Out>(
  value: readonly In[] | undefined,
  make: (value: readonly In[]) => Promise<Out>,
): Promise<Out | null> {
  return value === undefined || value.length === 0 ? null : make(value);
}
