import { CATEGORY_NUMBERS, dayOfInstant } from '@evenkeel/journal';
import { type Bytes, ZERO_HASH, toBase64url } from '@evenkeel/protocol';
import { giveGrant, revoke } from '@evenkeel/sharing';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import type { Replica } from './replica.ts';
import { NOON, type TestDevice, anotherDevice, momentRecords, newPerson } from './test-device.ts';

const quick = { live: false, retryMs: 20 } as const;
const today = dayOfInstant(NOON, 'Europe/London');

/** A network that can be away, and a server that can refuse whatever is pushed. */
function network() {
  const state = { isAway: false, refuses: false };
  const fetched: typeof fetch = (input, init) => {
    if (state.isAway) return Promise.reject(new TypeError('Failed to fetch'));
    const { pathname } = new URL(new Request(input).url);
    if (!state.refuses || pathname !== '/v1/push') return fetch(input, init);
    const problem = { type: 'about:blank', title: 'no', status: 409, code: 'object-refused' };
    return Promise.resolve(Response.json(problem, { status: 409 }));
  };
  return { state, fetch: fetched };
}

type Phone = {
  readonly device: TestDevice;
  readonly replica: Replica;
  readonly net: ReturnType<typeof network>;
};

async function joined(server: RunningServer, name: string): Promise<Phone> {
  const device = await newPerson(name);
  const replica = await device.open();
  await replica.opened;
  const net = network();
  await replica.joinServer({ origin: server.url, ...quick, fetch: net.fetch, invitation: { kind: 'none' } });
  await replica.save(momentRecords(replica.clock, { at: NOON }));
  await replica.syncNow();
  return { device, replica, net };
}

async function secondOf({ device, replica }: Phone, server: RunningServer) {
  const logs = { deviceLog: await replica.logs.deviceObjects(), grantLog: await replica.logs.grantObjects() };
  const tablet = await anotherDevice(device, logs);
  const second = await tablet.open();
  await second.connect({ origin: server.url, ...quick });
  await second.syncNow();
  await replica.syncNow();
  // What follows a pull by itself is over.
  await new Promise((go) => setTimeout(go, 150));
  return { device: tablet, replica: second };
}

async function granting({ device, replica }: Pick<Phone, 'device' | 'replica'>, to: Phone) {
  const { acct, signPk, boxPk } = to.device.holder;
  const [account] = await to.replica.logs.deviceObjects();
  const given = await giveGrant(device.vault, device.holder, {
    log: replica.logs.grant(),
    inUse: replica.streamsInUse(),
    today,
    to: {
      acct,
      account: toBase64url(account ?? new Uint8Array()),
      signPk,
      boxPk,
      name: 'Dr Ali',
      how: 'in-person',
      via: { kind: 'card', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' },
      at: NOON,
      checkedAt: NOON,
    },
    personName: 'Ada',
    scope: { categories: [CATEGORY_NUMBERS.mood], period: { kind: 'from', first: '2026-10-05' } },
    purpose: 'review',
    consent: { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: NOON, acceptedAt: NOON },
    expires: null,
    now: NOON,
  });
  if (!given.ok) throw new Error(given.reason);
  return given;
}

async function stopping({ device, replica }: Phone, grant: Parameters<typeof revoke>[1]) {
  const stopped = await revoke(device.vault, grant, {
    log: replica.logs.grant(),
    grants: [],
    inUse: [],
    packed: [],
    today,
    now: NOON,
  });
  if (!stopped.ok) throw new Error(stopped.reason);
  return stopped.grantLog;
}

async function removal({ device, replica }: Phone, of: TestDevice): Promise<readonly Bytes[]> {
  const cut = await replica.logs.signFullHead();
  const { seq, hash } = replica.logs.device();
  const payload = { seq: seq + 1, prev: hash, time: NOON, dev: of.holder.dev, cut };
  return device.vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]);
}

test('a share that was stopped while away stays stopped, although another device had done something first', async () => {
  const server = await startServer({ signups: 'open' });
  const ali = await joined(server, 'ali');
  const ada = await joined(server, 'ada');
  const given = await granting(ada, ali);
  await ada.replica.logs.appendGrantLog(given.grantLog);
  const tablet = await secondOf(ada, server);

  ada.net.state.isAway = true;
  expect(await ada.replica.logs.appendGrantLog(await stopping(ada, given.id))).toEqual({
    ok: true,
    sent: false,
  });
  const other = await granting(tablet, ali);
  expect(await tablet.replica.logs.appendGrantLog(other.grantLog)).toEqual({ ok: true, sent: true });
  ada.net.state.isAway = false;
  await ada.replica.syncNow();
  await tablet.replica.syncNow();

  for (const { logs } of [ada.replica, tablet.replica]) {
    expect(logs.grant().grants.get(given.id)?.revoked?.epoch).toBe(1);
    expect(logs.grant().grants.get(other.id)?.revoked).toBeNull();
    expect(logs.grant().epoch).toBe(1);
  }
  await Promise.all([ali.replica.close(), ada.replica.close(), tablet.replica.close()]);
  await server.close();
});

test('a removal made while away is told although another device had done something first, also after a crash', async () => {
  const server = await startServer({ signups: 'open' });
  const ada = await joined(server, 'ada');
  const lost = await secondOf(ada, server);
  const tablet = await secondOf(ada, server);

  ada.net.state.isAway = true;
  await ada.replica.logs.appendDeviceLog(await removal(ada, lost.device));
  const { seq, hash } = tablet.replica.logs.device();
  const suite = { seq: seq + 1, prev: hash, time: NOON, suite: 1 };
  await tablet.replica.logs.appendDeviceLog(
    await tablet.device.vault.sign([{ type: 'min-suite', signer: 'identity', payload: suite }]),
  );
  await ada.replica.close();
  const again = await ada.device.open();
  await again.opened;
  await again.connect({ origin: server.url, ...quick });
  await again.syncNow();
  await tablet.replica.syncNow();

  for (const { logs } of [again, tablet.replica])
    expect(logs.device().devices.get(lost.device.holder.dev)?.revoked).not.toBeNull();
  expect(await lost.replica.syncNow()).toMatchObject({ ok: false });
  await Promise.all([again.close(), lost.replica.close(), tablet.replica.close()]);
  await server.close();
});

test('the same share stopped on two devices is stopped once', async () => {
  const server = await startServer({ signups: 'open' });
  const ali = await joined(server, 'ali');
  const ada = await joined(server, 'ada');
  const given = await granting(ada, ali);
  await ada.replica.logs.appendGrantLog(given.grantLog);
  const tablet = await secondOf(ada, server);
  ada.net.state.isAway = true;
  await ada.replica.logs.appendGrantLog(await stopping(ada, given.id));
  await tablet.replica.logs.appendGrantLog(await stopping({ ...tablet, net: ada.net }, given.id));
  ada.net.state.isAway = false;
  await ada.replica.syncNow();
  expect(ada.replica.logs.grant().epoch).toBe(1);
  expect((await ada.replica.logs.grantObjects()).length).toBe(2);
  await Promise.all([ali.replica.close(), ada.replica.close(), tablet.replica.close()]);
  await server.close();
});

test('a server that will not hear of an end does not undo it, nor one that was told before', async () => {
  const server = await startServer({ signups: 'open' });
  const ali = await joined(server, 'ali');
  const ada = await joined(server, 'ada');
  const first = await granting(ada, ali);
  await ada.replica.logs.appendGrantLog(first.grantLog);

  ada.net.state.refuses = true;
  expect(await ada.replica.logs.appendGrantLog(await stopping(ada, first.id))).toEqual({
    ok: true,
    sent: false,
  });
  const refused = await granting(ada, ali);
  expect(await ada.replica.logs.appendGrantLog(refused.grantLog)).toMatchObject({
    ok: false,
    reason: 'refused',
  });
  expect(ada.replica.logs.grant().epoch).toBe(1);
  expect(ada.replica.logs.grant().grants.get(first.id)?.revoked).not.toBeNull();
  expect(ada.replica.logs.grant().grants.has(refused.id)).toBe(false);

  ada.net.state.refuses = false;
  await ada.replica.syncNow();
  expect(await ada.device.store.tables.logs.filter(({ sent }) => !sent).count()).toBe(0);
  await Promise.all([ali.replica.close(), ada.replica.close()]);
  await server.close();
});
