import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import type { Replica } from './replica.ts';
import { NOON, type TestDevice, anotherDevice, momentRecords, newPerson } from './test-device.ts';
import { granting, removing, stopping } from './share.test-support.ts';

const quick = { live: false, retryMs: 20 } as const;

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

test('a share that was stopped while away stays stopped, although another device had done something first', async () => {
  const server = await startServer({ signups: 'open' });
  const ali = await joined(server, 'ali');
  const ada = await joined(server, 'ada');
  const given = await granting(ada, ali);
  await ada.replica.logs.appendGrantLog(given.grantLog);
  const tablet = await secondOf(ada, server);

  ada.net.state.isAway = true;
  expect(await ada.replica.logs.appendGrantLog((await stopping(ada, given.id)).grantLog)).toEqual({
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
  await ada.replica.logs.appendDeviceLog((await removing(ada, lost.device)).deviceLog);
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
  await ada.replica.logs.appendGrantLog((await stopping(ada, given.id)).grantLog);
  await tablet.replica.logs.appendGrantLog((await stopping(tablet, given.id)).grantLog);
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
  expect(await ada.replica.logs.appendGrantLog((await stopping(ada, first.id)).grantLog)).toEqual({
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
