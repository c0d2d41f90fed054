import { pushRequestSchema, randomServerEpoch } from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { ownHeadKey } from './sign-heads.ts';
import { NOON, anotherDevice, momentRecords, newPerson } from './test-device.ts';

const quick = { live: false, retryMs: 20 } as const;
const refusal = { type: 'about:blank', title: 'no', status: 400, code: 'object-refused' } as const;

/** A phone that joined, and a network on which the server takes no head while `refuses`. */
async function refusedHeads(name: string) {
  const server = await startServer({ signups: 'open' });
  const ada = await newPerson(name);
  const phone = await ada.open();
  await phone.opened;
  const network = { refuses: false };
  const lying: typeof fetch = async (input, init) => {
    const sent = pushRequestSchema.safeParse(typeof init?.body === 'string' ? JSON.parse(init.body) : null);
    return network.refuses && (sent.data?.heads ?? []).length > 0
      ? Response.json(refusal, { status: 400, headers: { 'content-type': 'application/problem+json' } })
      : fetch(input, init);
  };
  await phone.joinServer({ origin: server.url, ...quick, fetch: lying, invitation: { kind: 'none' } });
  await phone.save(momentRecords(phone.clock, { at: NOON }));
  await phone.syncNow();
  const unsent = () => ada.store.tables.heads.where('scope').equals('unsent').toArray();
  const last = () => ada.store.tables.heads.get(ownHeadKey(ada.holder.dev));
  /** The highest head of the phone that a new device hears of. */
  const heardElsewhere = async () => {
    const tablet = await anotherDevice(ada, { deviceLog: await phone.logs.deviceObjects(), grantLog: [] });
    const replica = await tablet.open();
    await replica.connect({ origin: server.url, ...quick });
    await replica.syncNow();
    await replica.close();
    const rows = await tablet.store.tables.heads.toArray();
    return Math.max(...rows.filter(({ key }) => key.endsWith(ada.holder.dev)).map(({ seq }) => seq));
  };
  return { server, ada, phone, network, unsent, last, heardElsewhere };
}

test('a head that the server does not take is told, kept, and sent again until it is taken', async () => {
  const { server, phone, network, unsent, last, heardElsewhere } = await refusedHeads('refused-heads');
  expect(await unsent()).toEqual([]);
  network.refuses = true;
  await phone.save(momentRecords(phone.clock, { at: NOON + 1 }));
  await phone.syncNow();
  await phone.syncNow();
  expect(phone.sync().completeness.faults).toMatchObject([{ fault: 'head-refused' }]);
  expect(await unsent()).toHaveLength(1);
  // Nothing is signed after it meanwhile: it would be refused too.
  const before = await last();
  await phone.save(momentRecords(phone.clock, { at: NOON + 2 }));
  await phone.syncNow();
  expect(await last()).toEqual(before);

  network.refuses = false;
  await phone.syncNow();
  await phone.syncNow();
  expect(phone.sync().completeness.faults).toEqual([]);
  expect(await unsent()).toEqual([]);
  expect((await last())?.seq).toBe((before?.seq ?? 0) + 1);
  expect(await heardElsewhere()).toBe((await last())?.seq);
  await phone.close();
  await server.close();
});

test('a head of a database that is no more is not sent, and holds up none that follows it', async () => {
  const { server, ada, phone, unsent, last, heardElsewhere } = await refusedHeads('other-epoch');
  const { serverEpoch } = phone.sync().server ?? {};
  const row = await last();
  if (row === undefined || serverEpoch === undefined) throw new Error('nothing was signed');
  // As when it was signed, and the server was put back from a backup before it was sent.
  const of = row.scope.replace(serverEpoch, randomServerEpoch());
  await ada.store.tables.heads.put({ ...row, key: 'unsent/old', scope: 'unsent', of });
  await phone.save(momentRecords(phone.clock, { at: NOON + 1 }));
  await phone.syncNow();
  await phone.syncNow();
  expect((await unsent()).map(({ key }) => key)).toEqual(['unsent/old']);
  expect(phone.sync().completeness.faults).toEqual([]);
  expect(await heardElsewhere()).toBe((await last())?.seq);
  await phone.close();
  await server.close();
});
