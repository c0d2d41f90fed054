import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, concat } from './bytes.ts';
import {
  type Hash32,
  ZERO_HASH,
  accountIdOf,
  bytesToHash32,
  bytesToKeyId,
  bytesToPublicKey,
  bytesToStreamId,
  deviceIdOf,
  randomBytes,
  randomGrantId,
  randomServerEpoch,
} from './ids.ts';
import {
  type DeviceLog,
  type GrantLog,
  admit,
  appendToDeviceLog,
  appendToGrantLog,
  emptyGrantLog,
  replayDeviceLog,
  replayGrantLog,
  startDeviceLog,
} from './log.ts';
import { type Account, makeAccount, makeKeyPair } from './signer.test-support.ts';
import { type ObjectType, encodeUnsignedObject, objectSignedBytes } from './signed-object.ts';
import { verifySignature } from './verify.ts';

const TIME = 1_793_491_200_000;
const SMALL_ORDER = bytesToPublicKey(new Uint8Array(32).map((_, i) => (i === 0 ? 1 : 0)));

function accountObject(person: Account, over: object = {}): Promise<Bytes> {
  return person.signed('account', {
    seq: 0,
    prev: ZERO_HASH,
    time: TIME,
    signPk: person.signPk,
    boxPk: person.boxPk,
    ...over,
  });
}

async function started(): Promise<{ person: Account; log: DeviceLog; bytes: Bytes }> {
  const person = await makeAccount();
  const bytes = await accountObject(person);
  const log = await startDeviceLog(bytes);
  if (!log.ok) throw new Error(log.reason);
  return { person, log: log.log, bytes };
}

const next = (log: { readonly seq: number; readonly hash: Hash32 }) => ({
  seq: log.seq + 1,
  prev: log.hash,
  time: TIME + 1,
});
const cert = (person: Account, log: DeviceLog, over: object = {}) =>
  person.signed('device-cert', {
    ...next(log),
    dev: person.dev,
    signPk: person.devicePk,
    sealedName: 'AAAA',
    ...over,
  });

async function grown(log: DeviceLog, bytes: Bytes): Promise<DeviceLog> {
  const outcome = await appendToDeviceLog(log, bytes);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.log;
}
async function reasonOf(
  outcome: Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>,
): Promise<string> {
  const settled = await outcome;
  return settled.ok ? 'ok' : settled.reason;
}

test('a device log starts with the account whose id is the hash of the keys it names', async () => {
  const { person, log } = await started();
  expect(log).toMatchObject({
    acct: person.acct,
    signPk: person.signPk,
    boxPk: person.boxPk,
    seq: 0,
    minSuite: 1,
  });
  expect(log.devices.size).toBe(0);
});

test('an account object with other keys than its id says is refused', async () => {
  const person = await makeAccount();
  const stranger = await makeAccount();
  expect(await reasonOf(startDeviceLog(await accountObject(person, { boxPk: stranger.boxPk })))).toBe(
    'wrong-account',
  );
  const claimed = accountIdOf(person.signPk, stranger.boxPk);
  const payload = { seq: 0, prev: ZERO_HASH, time: TIME, signPk: stranger.signPk, boxPk: stranger.boxPk };
  expect(await reasonOf(startDeviceLog(await person.signed('account', payload, { acct: claimed })))).toBe(
    'wrong-account',
  );
  expect(
    await reasonOf(startDeviceLog(await person.signed('account', payload, { acct: stranger.acct }))),
  ).toBe('forged');
});

test('an account that does not stand first is out of order', async () => {
  const person = await makeAccount();
  expect(await reasonOf(startDeviceLog(await accountObject(person, { seq: 1 })))).toBe('out-of-order');
  expect(
    await reasonOf(startDeviceLog(await accountObject(person, { prev: bytesToHash32(randomBytes(32)) }))),
  ).toBe('out-of-order');
  expect(await reasonOf(startDeviceLog(await cert(person, (await started()).log)))).toBe('malformed');
  expect(await reasonOf(startDeviceLog(new Uint8Array(3)))).toBe('malformed');
  expect(await reasonOf(replayDeviceLog([]))).toBe('malformed');
});

test('an account with an identity key of small order is refused', async () => {
  const person = await makeAccount();
  const acct = accountIdOf(SMALL_ORDER, person.boxPk);
  const unsignable = await person.signed(
    'account',
    { seq: 0, prev: ZERO_HASH, time: TIME, signPk: SMALL_ORDER, boxPk: person.boxPk },
    { acct },
  );
  // R is the identity, S is zero: what a bare verifier would take for any message.
  unsignable.fill(0, unsignable.length - 64);
  unsignable[unsignable.length - 64] = 1;
  expect(await reasonOf(startDeviceLog(unsignable))).toBe('forged');
});

test('an identity key with a torsion part can be made to sign, and is refused as weak', async () => {
  // A + T, with T of order 8: a signature under it verifies whenever 8 divides the hash, so the signer tries.
  const { Point } = ed25519;
  const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
  const scalar = littleEndian(randomBytes(31)) + 1n;
  const keyBytes = Point.BASE.multiply(scalar).add(torsion).toBytes();
  const signPk = bytesToPublicKey(keyBytes);
  const boxPk = bytesToPublicKey(randomBytes(32));
  const acct = accountIdOf(signPk, boxPk);
  const unsigned = encodeUnsignedObject('account', acct, 'identity', {
    seq: 0,
    prev: ZERO_HASH,
    time: TIME,
    signPk,
    boxPk,
  });
  const message = objectSignedBytes('account', unsigned);
  for (let nonce = 1n; ; nonce += 1n) {
    const r = Point.BASE.multiply(nonce).toBytes();
    const hash = littleEndian(sha512(concat(r, keyBytes, message))) % Point.Fn.ORDER;
    if (hash % 8n !== 0n) continue;
    let s = (nonce + hash * scalar) % Point.Fn.ORDER;
    const signature = new Uint8Array(64);
    signature.set(r);
    for (let i = 32; i < 64; i += 1, s >>= 8n) signature[i] = Number(s & 0xffn);
    expect(await verifySignature(signPk, message, signature)).toBe(true);
    expect(await reasonOf(startDeviceLog(concat(unsigned, signature)))).toBe('weak-key');
    return;
  }
});

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

test('a certified device writes for the account until it is revoked', async () => {
  const { person, log } = await started();
  const withDevice = await grown(log, await cert(person, log));
  expect(withDevice.devices.get(person.dev)).toEqual({
    signPk: person.devicePk,
    addedAt: TIME + 1,
    sealedName: 'AAAA',
    revoked: null,
  });
  const cut = bytesToHash32(randomBytes(32));
  const revoked = await grown(
    withDevice,
    await person.signed('device-revoke', { ...next(withDevice), dev: person.dev, cut }),
  );
  expect(revoked.devices.get(person.dev)?.revoked).toEqual({ time: TIME + 1, cut });
  const again = await person.signed('device-revoke', { ...next(revoked), dev: person.dev, cut });
  expect(await reasonOf(appendToDeviceLog(revoked, again))).toBe('unknown-device');
});

test('a device whose id is not the hash of its key, that is known already, or whose key is weak is refused', async () => {
  const { person, log } = await started();
  const other = await makeKeyPair();
  expect(await reasonOf(appendToDeviceLog(log, await cert(person, log, { signPk: other.publicKey })))).toBe(
    'malformed',
  );
  const weak = { dev: deviceIdOf(SMALL_ORDER), signPk: SMALL_ORDER };
  expect(await reasonOf(appendToDeviceLog(log, await cert(person, log, weak)))).toBe('weak-key');
  const withDevice = await grown(log, await cert(person, log));
  expect(await reasonOf(appendToDeviceLog(withDevice, await cert(person, withDevice)))).toBe('malformed');
  const unknown = { ...next(log), dev: deviceIdOf(other.publicKey), cut: ZERO_HASH };
  expect(await reasonOf(appendToDeviceLog(log, await person.signed('device-revoke', unknown)))).toBe(
    'unknown-device',
  );
});

test('an object that skips, repeats or forks the log is out of order', async () => {
  const { person, log } = await started();
  for (const over of [
    { seq: 0 },
    { seq: 2 },
    { prev: ZERO_HASH },
    { prev: bytesToHash32(randomBytes(32)) },
  ]) {
    expect(await reasonOf(appendToDeviceLog(log, await cert(person, log, over)))).toBe('out-of-order');
  }
});

test('nor is one of any other kind, in either log', async () => {
  const { person, log } = await started();
  const withDevice = await grown(log, await cert(person, log));
  const empty = emptyGrantLog(person.acct, person.signPk);
  const [grant, another] = [randomGrantId(), randomGrantId()];
  const made = { to: person.acct, streams: [], ...terms };
  const withGrant = await granted(empty, await person.signed('grant', { ...next(empty), grant, ...made }));
  const kinds = [
    ['device-revoke', { dev: person.dev, cut: ZERO_HASH }],
    ['min-suite', { suite: 1 }],
    ['epoch-accept', { origin: 'https://diary.example', serverEpoch: randomServerEpoch() }],
    ['grant', { grant: another, ...made }],
    ['extend', { grant, streams: [] }],
    ['revoke', { grant, epoch: 1 }],
  ] as const;
  for (const [type, said] of kinds) {
    const isGrant = ['grant', 'extend', 'revoke'].includes(type);
    const end = isGrant ? withGrant : withDevice;
    const outcome = async (over: object) => {
      const bytes = await person.signed(type, { ...next(end), ...said, ...over });
      return reasonOf(isGrant ? appendToGrantLog(withGrant, bytes) : appendToDeviceLog(withDevice, bytes));
    };
    expect(await outcome({}), type).toBe('ok');
    for (const over of [{ seq: end.seq }, { seq: end.seq + 2 }, { prev: bytesToHash32(randomBytes(32)) }])
      expect(await outcome(over), type).toBe('out-of-order');
  }
});

test('only the identity of the account writes its logs', async () => {
  const { person, log } = await started();
  const stranger = await makeAccount();
  const payload = { ...next(log), dev: person.dev, signPk: person.devicePk, sealedName: '' };
  expect(
    await reasonOf(
      appendToDeviceLog(log, await stranger.signed('device-cert', payload, { acct: person.acct })),
    ),
  ).toBe('forged');
  expect(await reasonOf(appendToDeviceLog(log, await stranger.signed('device-cert', payload)))).toBe(
    'wrong-account',
  );
  expect(
    await reasonOf(
      appendToDeviceLog(log, await person.signed('device-cert', payload, { signer: person.dev })),
    ),
  ).toBe('wrong-signer');
  expect(
    await reasonOf(appendToDeviceLog(log, await person.signed('device-cert', { ...payload, more: 1 }))),
  ).toBe('malformed');
});

test('objects of the other log, and those reserved for later, do not enter', async () => {
  const { person, log } = await started();
  const wrong: readonly ObjectType[] = [
    'grant',
    'extend',
    'revoke',
    'head',
    'key-pack',
    'account',
    'receipt',
  ];
  for (const type of wrong)
    expect(await reasonOf(appendToDeviceLog(log, await person.signed(type, next(log))))).toBe('wrong-type');
  expect(await reasonOf(appendToDeviceLog(log, await person.signed('rotate', next(log))))).toBe(
    'newer-app-needed',
  );
  const grants = emptyGrantLog(person.acct, person.signPk);
  for (const type of ['device-cert', 'account', 'head'] as const) {
    expect(await reasonOf(appendToGrantLog(grants, await person.signed(type, next(grants))))).toBe(
      'wrong-type',
    );
  }
  expect(await reasonOf(appendToGrantLog(grants, await person.signed('drop', next(grants))))).toBe(
    'newer-app-needed',
  );
  expect(await reasonOf(appendToGrantLog(grants, new Uint8Array(2)))).toBe('malformed');
});

test('the least suite only rises, and accepted server epochs are kept in order', async () => {
  const { person, log } = await started();
  const raised = await grown(log, await person.signed('min-suite', { ...next(log), suite: 2 }));
  expect(raised.minSuite).toBe(2);
  expect(
    await reasonOf(
      appendToDeviceLog(raised, await person.signed('min-suite', { ...next(raised), suite: 1 })),
    ),
  ).toBe('out-of-order');
  const accepts = [randomServerEpoch(), randomServerEpoch()].map((serverEpoch) => ({
    origin: 'https://diary.example',
    serverEpoch,
  }));
  let current = raised;
  for (const accept of accepts)
    current = await grown(current, await person.signed('epoch-accept', { ...next(current), ...accept }));
  expect(current.epochAccepts).toEqual(accepts);
});

test('a whole log replays to the same state, and not with one object left out, doubled or moved', async () => {
  const { person, log, bytes } = await started();
  const objects = [bytes, await cert(person, log)];
  let state = await grown(log, objects[1] ?? bytes);
  for (let suite = 1; suite <= 3; suite += 1) {
    const object = await person.signed('min-suite', { ...next(state), suite });
    objects.push(object);
    state = await grown(state, object);
  }
  const replayed = await replayDeviceLog(objects);
  expect(replayed.ok && replayed.log).toEqual(state);
  for (let at = 0; at < objects.length - 1; at += 1) {
    const [here, there] = [objects[at], objects[at + 1]];
    if (here === undefined || there === undefined) throw new Error('no object');
    expect((await replayDeviceLog(objects.toSpliced(at, 1))).ok).toBe(false);
    expect((await replayDeviceLog(objects.toSpliced(at, 0, here))).ok).toBe(false);
    expect((await replayDeviceLog(objects.toSpliced(at, 2, there, here))).ok).toBe(false);
  }
});

// --- the grant log -----------------------------------------------------------------------------------------

const sid = (byte: number) => bytesToStreamId(new Uint8Array(16).fill(byte));
const kid = (byte: number) => bytesToKeyId(new Uint8Array(16).fill(byte));
const terms = {
  notBefore: TIME,
  expires: null,
  standing: true,
  sealedToGrantee: 'AAAA',
  sealedToOwner: 'AAAA',
};

async function granted(log: GrantLog, bytes: Bytes): Promise<GrantLog> {
  const outcome = await appendToGrantLog(log, bytes);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.log;
}

test('a grant admits streams, an extension more of them, and a revocation ends it under the next epoch', async () => {
  const person = await makeAccount();
  const clinician = await makeAccount();
  const grant = randomGrantId();
  const empty = emptyGrantLog(person.acct, person.signPk);
  const payload = {
    ...next(empty),
    grant,
    to: clinician.acct,
    streams: [{ sid: sid(1), kids: [kid(1)] }],
    ...terms,
  };
  const first = await granted(empty, await person.signed('grant', payload));
  expect(first).toMatchObject({ seq: 0, epoch: 0 });
  const more = [
    { sid: sid(1), kids: [kid(2)] },
    { sid: sid(2), kids: null },
  ];
  const second = await granted(
    first,
    await person.signed('extend', { ...next(first), grant, streams: more }),
  );
  expect(second.grants.get(grant)?.streams).toEqual(
    new Map([
      [sid(1), new Set([kid(1), kid(2)])],
      [sid(2), null],
    ]),
  );
  const last = await granted(second, await person.signed('revoke', { ...next(second), grant, epoch: 1 }));
  expect(last.epoch).toBe(1);
  expect(last.grants.get(grant)?.revoked).toEqual({ time: TIME + 1, epoch: 1 });
  expect(last.grants.get(grant)?.hash).toBe(last.hash);
});

test('the epoch rises by exactly one at each revocation', async () => {
  const person = await makeAccount();
  let log = emptyGrantLog(person.acct, person.signPk);
  for (let epoch = 1; epoch <= 3; epoch += 1) {
    const grant = randomGrantId();
    log = await granted(
      log,
      await person.signed('grant', { ...next(log), grant, to: person.acct, streams: [], ...terms }),
    );
    for (const wrong of [0, epoch - 1, epoch + 1, 0xffff]) {
      expect(
        await reasonOf(
          appendToGrantLog(log, await person.signed('revoke', { ...next(log), grant, epoch: wrong })),
        ),
      ).toBe('wrong-epoch');
    }
    log = await granted(log, await person.signed('revoke', { ...next(log), grant, epoch }));
    expect(log.epoch).toBe(epoch);
  }
});

test('whatever is appended in whatever order, the epoch stays, or rises by one where a share ends', async () => {
  const person = await makeAccount();
  const grants = [randomGrantId(), randomGrantId()];
  const step = fc.record({
    type: fc.constantFrom('grant', 'extend', 'revoke', 'revoke'),
    grant: fc.constantFrom(...grants),
    rise: fc.constantFrom(1, 1, 1, 1, 0, 2, 0xff00),
    skips: fc.constantFrom(false, false, false, false, true),
  });
  let ended = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 9 }), async (steps) => {
      let log = emptyGrantLog(person.acct, person.signPk);
      for (const { type, grant, rise, skips } of steps) {
        const told = {
          grant: { to: person.acct, streams: [], ...terms },
          extend: { streams: [] },
          revoke: { epoch: log.epoch + rise },
        }[type];
        const end = { ...next(log), ...(skips && { seq: log.seq + 2 }), grant };
        const outcome = await appendToGrantLog(log, await person.signed(type, { ...end, ...told }));
        if (!outcome.ok) continue;
        const ends = type === 'revoke';
        expect(skips).toBe(false);
        expect(outcome.log.epoch).toBe(log.epoch + (ends ? 1 : 0));
        if (ends) expect(outcome.log.grants.get(grant)?.revoked?.epoch).toBe(outcome.log.epoch);
        ended += ends ? 1 : 0;
        log = outcome.log;
      }
      const over = [...log.grants.values()].flatMap(({ revoked }) => revoked?.epoch ?? []);
      expect(over.toSorted((a, b) => a - b)).toEqual(Array.from({ length: log.epoch }, (_, i) => i + 1));
    }),
    { numRuns: 1000 },
  );
  expect(ended).toBeGreaterThan(200);
}, 60_000);

test('a grant is made once, and only a standing one is extended or revoked', async () => {
  const person = await makeAccount();
  const grant = randomGrantId();
  const empty = emptyGrantLog(person.acct, person.signPk);
  const object = (log: GrantLog) =>
    person.signed('grant', { ...next(log), grant, to: person.acct, streams: [], ...terms });
  const first = await granted(empty, await object(empty));
  expect(await reasonOf(appendToGrantLog(first, await object(first)))).toBe('known-grant');
  const other = randomGrantId();
  expect(
    await reasonOf(
      appendToGrantLog(first, await person.signed('extend', { ...next(first), grant: other, streams: [] })),
    ),
  ).toBe('unknown-grant');
  expect(
    await reasonOf(
      appendToGrantLog(first, await person.signed('revoke', { ...next(first), grant: other, epoch: 1 })),
    ),
  ).toBe('unknown-grant');
  const ended = await granted(first, await person.signed('revoke', { ...next(first), grant, epoch: 1 }));
  expect(
    await reasonOf(
      appendToGrantLog(ended, await person.signed('extend', { ...next(ended), grant, streams: [] })),
    ),
  ).toBe('unknown-grant');
  expect(
    await reasonOf(
      appendToGrantLog(ended, await person.signed('revoke', { ...next(ended), grant, epoch: 2 })),
    ),
  ).toBe('unknown-grant');
});

test('two devices that act at once cannot undo each other: the second is out of order', async () => {
  const person = await makeAccount();
  const grant = randomGrantId();
  const empty = emptyGrantLog(person.acct, person.signPk);
  const log = await granted(
    empty,
    await person.signed('grant', { ...next(empty), grant, to: person.acct, streams: [], ...terms }),
  );
  const revoke = await person.signed('revoke', { ...next(log), grant, epoch: 1 });
  const extend = await person.signed('extend', { ...next(log), grant, streams: [] });
  expect(await reasonOf(appendToGrantLog(await granted(log, revoke), extend))).toBe('out-of-order');
  expect(await reasonOf(appendToGrantLog(await granted(log, extend), revoke))).toBe('out-of-order');
});

test('a grant log replays whole, and an older one does not pass for a longer one', async () => {
  const person = await makeAccount();
  let log = emptyGrantLog(person.acct, person.signPk);
  const objects: Bytes[] = [];
  for (let i = 0; i < 4; i += 1) {
    const payload = { ...next(log), grant: randomGrantId(), to: person.acct, streams: [], ...terms };
    objects.push(await person.signed('grant', payload));
    log = await granted(log, objects[i] ?? new Uint8Array(0));
  }
  const replayed = await replayGrantLog(person.acct, person.signPk, objects);
  expect(replayed.ok && replayed.log).toEqual(log);
  const shorter = await replayGrantLog(person.acct, person.signPk, objects.slice(0, 3));
  expect(shorter.ok && shorter.log.hash).not.toBe(log.hash);
  expect(await reasonOf(replayGrantLog(person.acct, person.signPk, objects.toSpliced(1, 1)))).toBe(
    'out-of-order',
  );
});

test('admitting is a union: a whole stream stays whole, in any order, any number of times', () => {
  const streams = fc.array(
    fc.record({
      sid: fc.integer({ min: 1, max: 4 }).map(sid),
      kids: fc.option(fc.array(fc.integer({ min: 1, max: 6 }).map(kid), { maxLength: 4 })),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(streams, streams, (a, b) => {
      const both = admit(admit(new Map(), a), b);
      expect(admit(admit(new Map(), b), a)).toEqual(both);
      expect(admit(both, a)).toEqual(both);
      for (const { sid: id, kids } of a) {
        const admitted = both.get(id);
        if (kids === null) expect(admitted).toBeNull();
        else if (admitted !== null) expect(kids.every((one) => admitted?.has(one))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
