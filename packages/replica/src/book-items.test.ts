import { editRecord } from '@evenkeel/journal';
import { ZERO_HASH, randomServerEpoch } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { bookItems } from './book-items.ts';
import { createBooks } from './books.ts';
import { createFaultBook } from './fault-book.ts';
import { createQuarantine } from './quarantine.ts';
import { createOpenedMemory, sealVersions } from './sealed-version.ts';
import { NOON, momentRecords, newPerson, oneRecord } from './test-device.ts';

/** One reader's ledger, and the two versions of a mood that was edited, as a server would serve them. */
async function editedMood() {
  const { vault, holder, store, open } = await newPerson('booked');
  const replica = await open();
  await replica.opened;
  const mood = oneRecord(momentRecords(replica.clock, { at: NOON }));
  const change = editRecord(mood, { fields: { valence: -0.5 } }, replica.clock);
  if (change === null) throw new Error('expected an edit');
  const seal = async (record: typeof mood, rev: number, replaces: typeof ZERO_HASH) => {
    const [sealed] = await sealVersions(vault, holder.acct, [
      { version: { kind: 'record', record }, epoch: 0, rev, replaces },
    ]);
    if (sealed === undefined) throw new Error('not sealed');
    return sealed;
  };
  const first = await seal(mood, 1, ZERO_HASH);
  const second = await seal(change.record, 2, first.leaf);
  const items = [first, second].map(({ doc, envelope }, at) => ({
    sid: envelope.header.sid,
    n: at + 1,
    env: doc.env,
  }));
  const owner = { acct: holder.acct, serverEpoch: randomServerEpoch(), scope: 'own|x|y' };
  const ledger = {
    books: createBooks(store, owner),
    faults: createFaultBook(
      store,
      owner.scope,
      () => NOON,
      () => undefined,
    ),
    quarantine: createQuarantine(store, owner.scope),
    opened: createOpenedMemory(),
    now: () => NOON,
  };
  const context = {
    owner: holder.acct,
    deviceLog: replica.logs.device(),
    epoch: 0,
    vault,
    cutAt: () => Promise.resolve(0),
    streamOf: () => undefined,
  };
  return { replica, items, ledger, context, second };
}

test('in whatever order the versions of an entry come, the newest is the one that counts', async () => {
  for (const turned of [false, true]) {
    const { replica, items, ledger, context, second } = await editedMood();
    const { current, changed } = await bookItems(ledger, turned ? items.toReversed() : items, context);
    expect(current.at(-1)?.doc.env).toBe(second.doc.env);
    expect(changed).toBe(true);
    expect(ledger.faults.list()).toEqual([]);
    await replica.close();
  }
});

test('a version that was replaced does not come back at a later place', async () => {
  const { replica, items, ledger, context } = await editedMood();
  await bookItems(ledger, items, context);
  const again = items.slice(0, 1).map((item) => ({ ...item, n: 3 }));
  expect(await bookItems(ledger, again, context)).toEqual({ current: [], overwritten: [], changed: false });
  expect(ledger.faults.list().map(({ fault }) => fault)).toEqual(['replayed']);
  await replica.close();
});
