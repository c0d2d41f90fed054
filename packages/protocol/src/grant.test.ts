import { expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { grantStatus, isAdmitted, replayGrant } from './grant.ts';
import { ZERO_HASH, bytesToKeyId, bytesToStreamId, randomGrantId } from './ids.ts';
import { objectHash } from './signed-object.ts';
import { type Account, makeAccount } from './signer.test-support.ts';

const TIME = 1_793_491_200_000;
const sid = (byte: number) => bytesToStreamId(new Uint8Array(16).fill(byte));
const kid = (byte: number) => bytesToKeyId(new Uint8Array(16).fill(byte));

/** A person's grant to a clinician, with other grants between its objects: seq 3, 7, 9. */
async function sharedDiary() {
  const person = await makeAccount();
  const clinician = await makeAccount();
  const grant = randomGrantId();
  const linked = (seq: number) => ({ seq, prev: ZERO_HASH, time: TIME + seq });
  const terms = {
    notBefore: TIME,
    expires: TIME + 1000,
    standing: false,
    sealedToGrantee: '',
    sealedToOwner: '',
  };
  const first = await person.signed('grant', {
    ...linked(3),
    grant,
    to: clinician.acct,
    streams: [{ sid: sid(1), kids: [kid(1)] }],
    ...terms,
  });
  const extend = (seq: number, over: object = {}) =>
    person.signed('extend', { ...linked(seq), grant, streams: [{ sid: sid(2), kids: null }], ...over });
  const revoke = (seq: number, over: object = {}) =>
    person.signed('revoke', { ...linked(seq), grant, epoch: 4, ...over });
  return { person, clinician, grant, first, extend, revoke };
}

const reasonOf = async (owner: Account, objects: readonly Bytes[]) => {
  const replayed = await replayGrant(owner.acct, owner.signPk, objects);
  return replayed.ok ? 'ok' : replayed.reason;
};

test('a clinician replays one grant out of a log she does not see the rest of', async () => {
  const { person, first, extend, revoke } = await sharedDiary();
  const last = await revoke(9);
  const replayed = await replayGrant(person.acct, person.signPk, [first, await extend(7), last]);
  if (!replayed.ok) throw new Error(replayed.reason);
  expect(replayed.seq).toBe(9);
  expect(replayed.state.streams).toEqual(
    new Map([
      [sid(1), new Set([kid(1)])],
      [sid(2), null],
    ]),
  );
  expect(replayed.state.revoked).toEqual({ time: TIME + 9, epoch: 4 });
  expect(replayed.state.hash).toBe(objectHash(last));
});

test('its objects must come in order, begin with the grant and end with the revocation', async () => {
  const { person, first, extend, revoke } = await sharedDiary();
  expect(await reasonOf(person, [])).toBe('unknown-grant');
  expect(await reasonOf(person, [await extend(7)])).toBe('unknown-grant');
  expect(await reasonOf(person, [first, first])).toBe('known-grant');
  for (const seq of [0, 2, 3]) {
    expect(await reasonOf(person, [first, await extend(seq)])).toBe('out-of-order');
    expect(await reasonOf(person, [first, await revoke(seq)])).toBe('out-of-order');
  }
  expect(await reasonOf(person, [first, await revoke(7), await extend(9)])).toBe('unknown-grant');
  expect(await reasonOf(person, [first, await revoke(7), await revoke(9)])).toBe('unknown-grant');
});

test('objects of another grant, another person or another kind do not count', async () => {
  const { person, clinician, first, extend, revoke } = await sharedDiary();
  const other = randomGrantId();
  expect(await reasonOf(person, [first, await extend(7, { grant: other })])).toBe('unknown-grant');
  expect(await reasonOf(person, [first, await revoke(7, { grant: other })])).toBe('unknown-grant');
  expect(await reasonOf(clinician, [first])).toBe('wrong-account');
  expect(await reasonOf({ ...person, signPk: clinician.signPk }, [first])).toBe('forged');
  expect(await reasonOf(person, [await person.signed('head', {})])).toBe('wrong-type');
  expect(await reasonOf(person, [new Uint8Array(5)])).toBe('malformed');
  expect(await reasonOf(person, [first, await extend(7, { streams: 'all' })])).toBe('malformed');
  expect(await reasonOf(person, [first, await revoke(7, { epoch: -1 })])).toBe('malformed');
});

test('a grant is active from its first moment to its last, unless it was revoked', async () => {
  const { person, first, revoke } = await sharedDiary();
  const open = await replayGrant(person.acct, person.signPk, [first]);
  const ended = await replayGrant(person.acct, person.signPk, [first, await revoke(9)]);
  if (!open.ok || !ended.ok) throw new Error('refused');
  const at = [TIME - 1, TIME, TIME + 999, TIME + 1000];
  expect(at.map((now) => grantStatus(open.state, now))).toEqual(['not-yet', 'active', 'active', 'expired']);
  expect(at.map((now) => grantStatus(ended.state, now))).toEqual([
    'revoked',
    'revoked',
    'revoked',
    'revoked',
  ]);
  const endless = { ...open.state, grant: { ...open.state.grant, expires: null } };
  expect(grantStatus(endless, Number.MAX_SAFE_INTEGER)).toBe('active');
});

test('inside a grant lie whole streams, and of others only the days whose key ids are listed', async () => {
  const state = {
    streams: new Map([
      [sid(1), new Set([kid(1)])],
      [sid(2), null],
    ]),
  };
  expect(isAdmitted(state, sid(1), kid(1))).toBe(true);
  expect(isAdmitted(state, sid(1), kid(2))).toBe(false);
  expect(isAdmitted(state, sid(2), kid(2))).toBe(true);
  expect(isAdmitted(state, sid(3), kid(1))).toBe(false);
});
