import { objectHash, randomGrantId, randomServerEpoch } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { type LogBook, createLogBook } from './log-book.ts';
import { envelopeOfText } from './sealed-version.ts';
import { NOON, type TestDevice, anotherDevice, momentRecords, newPerson } from './test-device.ts';

/** As one tab holds the logs. */
async function tab({ store, vault }: TestDevice): Promise<LogBook> {
  const logs = createLogBook(store, vault);
  await logs.load();
  return logs;
}

async function grantBehind({ vault, holder }: TestDevice, logs: LogBook) {
  const { seq, hash } = logs.grant();
  const grant = randomGrantId();
  const payload = {
    seq: seq + 1,
    prev: hash,
    time: NOON,
    grant,
    to: holder.acct,
    streams: [],
    notBefore: NOON,
    expires: null,
    standing: true,
    sealedToGrantee: '',
    sealedToOwner: '',
  };
  return { grant, objects: await vault.sign([{ type: 'grant', signer: 'identity', payload }]) };
}

function revokeBehind({ vault }: TestDevice, logs: LogBook, grant: string) {
  const { seq, hash, epoch } = logs.grant();
  const payload = { seq: seq + 1, prev: hash, time: NOON, grant, epoch: epoch + 1 };
  return vault.sign([{ type: 'revoke', signer: 'identity', payload }]);
}

test('what one tab wrote into a log is not overwritten by another that has not heard of it', async () => {
  const ada = await newPerson('two-tabs');
  const [first, second] = [await tab(ada), await tab(ada)];
  const { grant, objects } = await grantBehind(ada, first);
  expect(await first.append('grant', objects)).toEqual({ ok: true });
  expect(await second.append('grant', (await grantBehind(ada, second)).objects)).toEqual({
    ok: false,
    reason: 'log-moved',
  });
  expect(second.grant().grants.has(grant)).toBe(true);

  expect(await first.append('grant', await revokeBehind(ada, first, grant))).toEqual({ ok: true });
  await second.markSent('grant', objects);
  await second.receive('grant', 0, objects);
  const reopened = await tab(ada);
  expect(reopened.grant().grants.get(grant)?.revoked?.epoch).toBe(1);
  expect(reopened.unsent('grant').length).toBe(1);
});

test('a device that arrives after a share was stopped seals under the new epoch from its first entry', async () => {
  const ada = await newPerson('arrives');
  const logs = await tab(ada);
  const { grant, objects } = await grantBehind(ada, logs);
  await logs.append('grant', objects);
  await logs.append('grant', await revokeBehind(ada, logs, grant));
  const tablet = await anotherDevice(ada, {
    deviceLog: logs.objects('device'),
    grantLog: logs.objects('grant'),
  });
  const replica = await tablet.open();
  const saved = await replica.save(momentRecords(replica.clock, { at: NOON }));
  expect(saved.ok).toBe(true);
  const waiting = await tablet.store.tables.waiting.toArray();
  expect(waiting.map(({ env }) => envelopeOfText(env)?.header.epoch)).toEqual([1]);
  await replica.close();
});

test('an object that is appended while another is on its way is not taken for sent', async () => {
  const ada = await newPerson('meanwhile');
  const logs = await tab(ada);
  const { grant, objects } = await grantBehind(ada, logs);
  await logs.append('grant', objects);
  const onItsWay = logs.unsent('grant');
  await logs.receive('grant', 0, objects);
  const stop = await revokeBehind(ada, logs, grant);
  await logs.append('grant', stop);
  await logs.markSent('grant', onItsWay);
  expect(logs.unsent('grant')).toEqual(stop);
});

test('a grant log that cannot be read does not bring the keys of stopped shares back, and is read from the server again', async () => {
  const ada = await newPerson('unread');
  const logs = await tab(ada);
  const { grant, objects } = await grantBehind(ada, logs);
  await logs.append('grant', objects);
  await logs.append('grant', await revokeBehind(ada, logs, grant));
  const whole = logs.objects('grant');
  const [first] = whole;
  if (first === undefined) throw new Error('no log');
  const bytes = first.map((byte, i) => (i === 60 ? byte ^ 1 : byte));
  await ada.store.tables.logs.put({ log: 'grant', seq: 0, bytes, sent: true });

  const reopened = await tab(ada);
  expect(reopened.grant().epoch).toBe(1);
  expect(await reopened.append('grant', (await grantBehind(ada, reopened)).objects)).toEqual({
    ok: false,
    reason: 'refused',
  });
  expect(await reopened.receive('grant', reopened.sentCount('grant'), whole)).toMatchObject({ ok: true });
  expect((await tab(ada)).grant().grants.get(grant)?.revoked?.epoch).toBe(1);
});

test('what does not verify or does not follow is not put into the device log', async () => {
  const [ada, eve] = [await newPerson('whole-log'), await newPerson('other-log')];
  const logs = await tab(ada);
  const before = logs.objects('device');
  const { seq, hash } = logs.device();
  const payload = { seq: seq + 1, prev: hash, time: NOON, dev: ada.holder.dev, cut: hash };
  const foreign = await eve.vault.sign([{ type: 'device-revoke', signer: 'identity', payload }]);
  expect(await logs.append('device', foreign)).toEqual({ ok: false, reason: 'refused' });
  expect(logs.objects('device')).toEqual(before);
  expect((await tab(ada)).objects('device')).toEqual(before);
});

test('what a server has acknowledged of a log is not replaced by something else, though it is signed', async () => {
  const ada = await newPerson('not-replaced');
  const logs = await tab(ada);
  const [account] = logs.objects('device');
  if (account === undefined) throw new Error('no log');
  await logs.markSent('device', logs.objects('device'));
  const before = logs.objects('device');
  // Signed with the same identity: as an older copy of the device might.
  const payload = {
    seq: 1,
    prev: objectHash(account),
    time: NOON,
    origin: 'https://diary.example',
    serverEpoch: randomServerEpoch(),
  };
  const [other] = await ada.vault.sign([{ type: 'epoch-accept', signer: 'identity', payload }]);
  if (other === undefined) throw new Error('not signed');
  expect(await logs.receive('device', 0, [account, other])).toEqual({ ok: false, reason: 'log-forked' });
  expect(logs.objects('device')).toEqual(before);
});
