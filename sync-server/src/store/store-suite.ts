/**
 * What every store must do, whichever database is behind it. Run by the test of each implementation:
 * `runStoreTests(() => openSqliteStore(':memory:'))`.
 */
import {
  type Bytes,
  DEFAULT_LIMITS,
  ZERO_HASH,
  bytesToMailboxId,
  leafOfStub,
  objectHash,
  parseEnvelope,
  randomBytes,
  sha256,
  stubOf,
  utf8,
  bytesToHash32,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { continueDeviceLog } from '../accounts/verify-device-log.ts';
import { planRegistration, type Registration } from '../accounts/plan-registration.ts';
import type { LogBatch, VerifiedPush } from '../envelopes/plan-draft.ts';
import type { OfferedEnvelope } from '../envelopes/plan-envelopes.ts';
import { planPush } from '../envelopes/plan-push.ts';
import type { DeviceChange } from '../accounts/plan-device-log.ts';
import { type Device, type Person, leafOfBytes, makePerson, recOf, sidOf } from '../test-client.ts';
import type { PageRequest, Store } from './store.ts';
import { startDeviceLog } from '@evenkeel/protocol';

const NOW = 1_800_000_000_000;
const NOTHING: VerifiedPush = { deviceLog: null, grantLog: null, packs: [], envelopes: [], heads: [] };
const PAGE: PageRequest = {
  since: { admitted: 0, own: 0 },
  have: { deviceLog: 0, grantLog: 0, side: 0 },
  limit: 1000,
  bytes: 1e9,
  sideRows: 100,
};

export function runStoreTests(makeStore: () => Store | Promise<Store>): void {
  test('a store has an epoch and a key of its own', async () => {
    const [one, other] = [await makeStore(), await makeStore()];
    expect(one.serverEpoch).not.toBe(other.serverEpoch);
    expect(one.serverKey).not.toBe(other.serverKey);
    await one.close();
    await other.close();
  });

  test('an account is there after it was registered, with its devices', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    expect(await store.countAccounts()).toBe(1);
    expect(await store.findAccount(person.acct)).toMatchObject({
      acct: person.acct,
      epoch: 0,
      active: true,
      deviceLog: { seq: 1 },
      seq: 2,
    });
    expect((await store.findAccount(person.acct))?.devices.get(device.dev)).toMatchObject({
      signPk: device.key.publicKey,
      revoked: null,
    });
    expect((await store.logHashes(person.acct, 'device', [0, 1, 2])).size).toBe(2);
    await store.close();
  });

  test('an invitation admits once', async () => {
    const store = await makeStore();
    const code = bytesToHash32(sha256(utf8('code')));
    await store.addInvitation(code, NOW + 1);
    expect(await register(store, 'Anna', { kind: 'host', codeHash: code })).toMatchObject({ ok: true });
    expect(await register(store, 'Bea', { kind: 'host', codeHash: code })).toMatchObject({
      ok: false,
      problem: 'invitation-refused',
    });
    await store.close();
  });

  test('leaves are kept in the order of the account, and a stream’s numbers have no gap', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    const bytes = await Promise.all(
      ['a', 'b', 'a', 'a'].map((name) => device.envelope({ sid: sidOf(name) })),
    );
    const outcomes = await Promise.all(bytes.map((one) => push(store, person, [one])));
    expect(outcomes.map((one) => one.ok && one.seq)).toEqual([3, 4, 5, 6]);
    const page = await store.pullOwn(person.acct, PAGE);
    expect(page.items.map(({ sid, n }) => `${sid === sidOf('a') ? 'a' : 'b'}${n}`)).toEqual([
      'a1',
      'b1',
      'a2',
      'a3',
    ]);
    expect(page.items.map(({ body }) => objectHash(body))).toEqual(bytes.map(objectHash));
    await store.close();
  });

  test('a page ends at its number of items or bytes, and the next one goes on from its cursor', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    await push(store, person, await Promise.all([1, 2, 3, 4, 5].map(() => device.envelope({}))));
    const first = await store.pullOwn(person.acct, { ...PAGE, limit: 2 });
    expect(first).toMatchObject({ items: { length: 2 }, more: true });
    const since = first.items.at(-1)?.cursor ?? PAGE.since;
    const have = { ...PAGE.have, deviceLog: 2 };
    const second = await store.pullOwn(person.acct, { ...PAGE, since, have, bytes: 500 });
    expect(second).toMatchObject({ items: { length: 2 }, more: true });
    const third = await store.pullOwn(person.acct, {
      ...PAGE,
      since: second.items.at(-1)?.cursor ?? PAGE.since,
    });
    expect(third).toMatchObject({ items: { length: 1 }, more: false });
    await store.close();
  });

  test('a replaced body becomes its stub, and its leaf is known for ever', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    const first = await device.envelope({ rec: recOf('r') });
    const second = await device.envelope({ rec: recOf('r'), rev: 2, replaces: leafOfBytes(first) });
    await push(store, person, [first]);
    await push(store, person, [second]);
    const { items } = await store.pullOwn(person.acct, PAGE);
    expect(items.map(({ body }) => body.length)).toEqual([80, second.length]);
    expect(await push(store, person, [first])).toMatchObject({
      ok: true,
      envelopes: [{ status: 'conflict' }],
    });
    expect(await store.findAccount(person.acct)).toMatchObject({
      bytes: second.length + 80 + logBytes(person),
    });
    await store.close();
  });

  test('two accounts never see each other, though their ids of streams and records are the same', async () => {
    const store = await makeStore();
    const anna = await registered(store, 'Anna');
    const bea = await registered(store, 'Bea');
    const forAnna = await anna.device.envelope({ rec: recOf('r'), sid: sidOf('s') });
    const forBea = await bea.device.envelope({ rec: recOf('r'), sid: sidOf('s') });
    expect(await push(store, anna.person, [forAnna])).toMatchObject({
      envelopes: [{ status: 'done', n: 1 }],
    });
    expect(await push(store, bea.person, [forBea])).toMatchObject({ envelopes: [{ status: 'done', n: 1 }] });
    const [item] = (await store.pullOwn(bea.person.acct, PAGE)).items;
    expect(item === undefined ? null : objectHash(item.body)).toBe(objectHash(forBea));
    await store.close();
  });

  test('a plan that refuses writes nothing', async () => {
    const store = await makeStore();
    const { person } = await registered(store, 'Anna');
    const refusing = {
      plan: () => ({ ok: false, problem: 'log-moved', detail: '' }) as const,
      now: NOW,
      headsKept: 64,
    };
    expect(await store.push(person.acct, NOTHING, refusing)).toEqual({
      ok: false,
      problem: 'log-moved',
      detail: '',
    });
    expect(await store.findAccount(person.acct)).toMatchObject({ seq: 2 });
    await store.close();
  });

  test('a plan that throws harms only its own push', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    const throwing = {
      plan: () => {
        throw new RangeError('a defect');
      },
      now: NOW,
      headsKept: 64,
    };
    const [one, other] = [await device.envelope({}), await device.envelope({})];
    const [before, failed, after] = await Promise.allSettled([
      push(store, person, [one]),
      store.push(person.acct, NOTHING, throwing),
      push(store, person, [other]),
    ]);
    expect([before.status, failed.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.pullOwn(person.acct, PAGE)).items).toHaveLength(2);
    await store.close();
  });

  test('a change is told once it is kept, to who listens', async () => {
    const store = await makeStore();
    const { person, device } = await registered(store, 'Anna');
    const heard: number[] = [];
    const stop = store.onChange((change) => heard.push(change.seq));
    await push(store, person, [await device.envelope({})]);
    stop();
    await push(store, person, [await device.envelope({})]);
    expect(heard).toEqual([3]);
    await store.close();
  });

  test('letters are read once and over when they are over', async () => {
    const store = await makeStore();
    const { person } = await registered(store, 'Anna');
    const id = bytesToMailboxId(randomBytes(16));
    const letter = {
      id,
      acct: person.acct,
      kind: 'offer',
      letter: utf8('sealed'),
      expires: NOW + 10,
    } as const;
    expect(await store.putLetter(letter, DEFAULT_LIMITS, NOW)).toEqual({ ok: true });
    expect(await store.takeLetter(id, NOW)).toEqual(utf8('sealed'));
    expect(await store.takeLetter(id, NOW)).toBeNull();
    expect(await store.putReply(id, utf8('reply'), NOW + 9)).toBe('kept');
    await store.sweep(NOW + 10);
    expect(await store.takeReply(person.acct, id, NOW + 9)).toBeNull();
    await store.close();
  });

  test('a store that takes a write says that it is ready', async () => {
    const store = await makeStore();
    await expect(store.check(NOW)).resolves.toBeUndefined();
    await store.close();
  });
}

export async function registered(
  store: Store,
  name: string,
): Promise<{ readonly person: Person; readonly device: Device }> {
  const person = await makePerson(name);
  const device = await person.addDevice('phone');
  await registerPerson(store, person, { kind: 'none' });
  return { person, device };
}

export async function push(store: Store, person: Person, bytes: readonly Bytes[]) {
  const offered: VerifiedPush = { ...NOTHING, envelopes: bytes.map(offer) };
  const context = { limits: DEFAULT_LIMITS, now: NOW, serverEpoch: store.serverEpoch, arriving: false };
  return store.push(person.acct, offered, {
    plan: (state) => planPush(state, offered, context),
    now: NOW,
    headsKept: 64,
  });
}

async function register(store: Store, name: string, admission: Registration['admission']) {
  const person = await makePerson(name);
  await person.addDevice('phone');
  return registerPerson(store, person, admission);
}

async function registerPerson(store: Store, person: Person, admission: Registration['admission']) {
  const [first, ...rest] = person.deviceLog.objects;
  const started = await startDeviceLog(first ?? new Uint8Array());
  if (!started.ok || first === undefined) throw new Error('no account');
  const { entries } = await continueDeviceLog(started.log, rest);
  const account = { seq: 0, hash: started.log.hash, bytes: first, change: { kind: 'account' } } as const;
  const deviceLog: LogBatch<DeviceChange> = {
    after: { seq: -1, hash: ZERO_HASH },
    entries: [account, ...entries],
  };
  const { acct, signPk, boxPk } = person;
  const registration: Registration = {
    acct,
    signPk,
    boxPk,
    admission,
    now: NOW,
    offered: { ...NOTHING, deviceLog },
  };
  const context = { limits: DEFAULT_LIMITS, now: NOW, serverEpoch: store.serverEpoch, arriving: true };
  return store.register(registration, {
    plan: (state) => planRegistration(state, registration, context),
    now: NOW,
    headsKept: 64,
  });
}

/** An envelope as if its signature had been verified. */
function offer(bytes: Bytes): OfferedEnvelope {
  const parsed = parseEnvelope(bytes);
  if (!parsed.ok) return { kind: 'unreadable', reason: 'malformed' };
  const stub = stubOf(parsed.envelope);
  return { kind: 'read', envelope: parsed.envelope, stub, leaf: leafOfStub(stub), signature: 'valid' };
}

function logBytes(person: Person): number {
  return person.deviceLog.objects.reduce((sum, bytes) => sum + bytes.length, 0);
}
