import {
  bytesToAccountId,
  bytesToKeyId,
  bytesToStreamId,
  randomBytes,
  randomGrantId,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { openHeldKeys } from './held-keys.ts';
import { Secret } from './secret.ts';
import { keyIdOf, openStreamKeys } from './stream-keys.ts';

const person = bytesToAccountId(new Uint8Array(16).fill(1));
const stranger = bytesToAccountId(new Uint8Array(16).fill(2));
const sid = bytesToStreamId(new Uint8Array(16).fill(3));
const at = { sid, cat: 1, month: 322 };

test('a key is found under its owner, stream, id and epoch, and under no other', () => {
  const held = openHeldKeys();
  const key = Secret.random(32);
  const kid = keyIdOf(key, person);
  held.keep(person, randomGrantId(), [{ ...at, epoch: 4, day: 20, key }]);
  expect(held.find(person, sid, kid, 4)).toMatchObject({ ok: true, place: { cat: 1, month: 322, day: 20 } });
  const none = { ok: false, reason: 'no-key' };
  expect(held.find(stranger, sid, kid, 4)).toEqual(none);
  expect(held.find(person, bytesToStreamId(randomBytes(16)), kid, 4)).toEqual(none);
  expect(held.find(person, sid, bytesToKeyId(randomBytes(16)), 4)).toEqual(none);
  expect(held.find(person, sid, kid, 5)).toEqual(none);
});

test('with a whole stream in hand, a key id that does not derive was changed by somebody', () => {
  const held = openHeldKeys();
  const stream = Secret.random(32);
  const { kid } = openStreamKeys(new Secret(stream.reveal()), person).day(7);
  held.keep(person, randomGrantId(), [{ ...at, epoch: 0, day: null, key: stream }]);
  expect(held.find(person, sid, kid, 0)).toMatchObject({ ok: true, place: { cat: 1, month: 322, day: 7 } });
  expect(held.find(person, sid, bytesToKeyId(randomBytes(16)), 0)).toEqual({ ok: false, reason: 'tampered' });
  // Under an epoch whose key has not come yet, the same id is only waited for.
  expect(held.find(person, sid, kid, 1)).toEqual({ ok: false, reason: 'no-key' });
  expect(held.find(stranger, sid, kid, 0)).toEqual({ ok: false, reason: 'no-key' });
});

test('dropped keys are zeroed, and other grants keep theirs', () => {
  const held = openHeldKeys();
  const [first, second] = [randomGrantId(), randomGrantId()];
  const keys = [Secret.random(32), Secret.random(32)].map((key) => ({ key, bytes: key.reveal() }));
  const [one, two] = keys;
  if (one === undefined || two === undefined) throw new Error('no keys');
  held.keep(person, first, [{ ...at, epoch: 0, day: 1, key: one.key }]);
  held.keep(person, second, [{ ...at, epoch: 0, day: null, key: two.key }]);
  held.drop(first);
  expect(one.bytes.every((byte) => byte === 0)).toBe(true);
  expect(two.bytes.some((byte) => byte !== 0)).toBe(true);
  held[Symbol.dispose]();
  expect(two.bytes.every((byte) => byte === 0)).toBe(true);
});

test('a key that comes later takes nothing away from what an earlier one opens, whichever of them is right', () => {
  for (const order of ['right first', 'wrong first']) {
    const held = openHeldKeys();
    const grant = randomGrantId();
    const [right, wrong] = [Secret.random(32), Secret.random(32)];
    const { kid } = openStreamKeys(new Secret(right.reveal()), person).day(7);
    const single = Secret.random(32);
    const singleKid = keyIdOf(single, person);
    held.keep(person, grant, [{ ...at, epoch: 1, day: 9, key: new Secret(single.reveal()) }]);
    held.keep(person, grant, [{ ...at, epoch: 2, day: 8, key: single }]);
    const [first, second] = order === 'right first' ? [right, wrong] : [wrong, right];
    for (const key of [first, second, new Secret(first.reveal())])
      held.keep(person, grant, [{ ...at, epoch: 0, day: null, key }]);
    expect(held.find(person, sid, kid, 0), order).toMatchObject({ ok: true, place: { day: 7 } });
    expect(held.find(person, sid, singleKid, 1), order).toMatchObject({ ok: true, place: { day: 9 } });
  }
});
