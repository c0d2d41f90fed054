import { type EntryRecord, createClock, editRecord, moodOf } from '@evenkeel/journal';
import { ZERO_HASH } from '@evenkeel/protocol';
import type { Vault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { createLogBook } from './log-book.ts';
import { createResolve } from './resolve-conflict.ts';
import { createOpenedMemory, envelopeOfText, openVersions, sealVersions } from './sealed-version.ts';
import { NOON, momentRecords, newPerson, oneRecord } from './test-device.ts';
import { createWriter } from './writer.ts';

/** A mood as this device and as the server hold it: sealed apart, each after an edit of its own where there is one. */
async function twoVersions(edits: { readonly mine?: number; readonly theirs?: number }) {
  const { vault, store, holder } = await newPerson('conflict');
  const clock = createClock({ now: () => NOON, dev: holder.dev });
  const mood = oneRecord(momentRecords(clock, { at: NOON, valence: 0.1 }));
  const sealed = async (record: EntryRecord) => {
    const version = { kind: 'record', record } as const;
    const [one] = await sealVersions(vault, holder.acct, [
      { version, epoch: 0, rev: 2, replaces: ZERO_HASH },
    ]);
    if (one === undefined) throw new Error('not sealed');
    return one.doc;
  };
  const edited = (field: string, value: number | undefined): EntryRecord => {
    const change = value === undefined ? null : editRecord(mood, { fields: { [field]: value } }, clock);
    return change?.record ?? mood;
  };
  const mine = await sealed(edited('valence', edits.mine));
  const theirs = await sealed(edited('arousal', edits.theirs));

  const resolveWith = async (used: Vault) => {
    const opened = createOpenedMemory();
    const writer = createWriter({
      vault: used,
      store,
      holder: () => holder,
      envelopes: () => null,
      opened,
      held: () => undefined,
      epoch: () => 0,
      acknowledged: async () => undefined,
      leftOutRev: async () => null,
      written: () => undefined,
    });
    const logs = createLogBook(store, used);
    await logs.load();
    return createResolve({ vault: used, holder: () => holder, logs, opened, writer })({ mine, theirs });
  };
  return { vault, holder, mine, theirs, resolveWith };
}

test.each([
  ['the same', {}],
  ['all that is here and more', { theirs: -0.9 }],
])('where the server says %s, its bytes are kept as they are', async (_what, edits) => {
  const { vault, mine, theirs, resolveWith } = await twoVersions(edits);
  expect(mine.env).not.toBe(theirs.env);
  expect(await resolveWith(vault)).toEqual(theirs);
});

test('where both say something, the next version says both', async () => {
  const { vault, holder, theirs, resolveWith } = await twoVersions({ mine: 0.9, theirs: -0.9 });
  const { env, id } = await resolveWith(vault);
  const envelope = envelopeOfText(env);
  const [read] = envelope === null ? [] : await openVersions(vault, holder.acct, [envelope]);
  if (read?.ok !== true || read.version.kind !== 'record') throw new Error('it does not open');
  expect(id).toBe(theirs.id);
  expect(envelope?.header.rev).toBe(3);
  expect(moodOf(read.version.record)).toMatchObject({ valence: 0.9, arousal: -0.9 });
});

test.each(['open', 'seal'] as const)(
  'a key store that is gone when it is asked to %s leaves what is here as it is',
  async (asked) => {
    const { vault, mine, resolveWith } = await twoVersions({ mine: 0.9, theirs: -0.9 });
    const gone = { ...vault, [asked]: () => Promise.reject(new Error('the worker is gone')) };
    expect(await resolveWith(gone)).toEqual(mine);
  },
);
