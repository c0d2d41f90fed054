import { bytesToAccountId, utf8 } from '@evenkeel/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLocalBoxes } from './local.ts';
import { Secret } from './secret.ts';

const acct = (byte: number) => bytesToAccountId(new Uint8Array(16).fill(byte));
const root = new Uint8Array(32).fill(8);
const boxes = (owner = acct(1)) => openLocalBoxes(new Secret(root), owner);

test('what was sealed for this device is what is opened, under its own label alone', () => {
  const local = boxes();
  fc.assert(
    fc.property(
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      fc.uint8Array({ maxLength: 3000 }),
      (label, other, bytes) => {
        const plaintext = new Uint8Array(bytes);
        const box = local.seal(label, plaintext);
        expect(local.open(label, box)).toEqual(plaintext);
        if (other !== label) expect(local.open(other, box)).toBeNull();
      },
    ),
    { numRuns: 1000 },
  );
});

test('neither another account nor another root opens it', () => {
  const box = boxes().seal('drafts', utf8('a draft'));
  expect(boxes(acct(2)).open('drafts', box)).toBeNull();
  expect(openLocalBoxes(new Secret(new Uint8Array(32)), acct(1)).open('drafts', box)).toBeNull();
  expect(boxes().open('drafts', box)).toEqual(utf8('a draft'));
});

test('a box says little of its length and differs each time', () => {
  const local = boxes();
  const [one, two] = [local.seal('drafts', utf8('a')), local.seal('drafts', utf8('a'.repeat(250)))];
  expect(one).toHaveLength(two.length);
  expect(local.seal('drafts', utf8('a'))).not.toEqual(one);
});

test('every flipped bit and every truncation of a local box and of the device key box is refused', () => {
  const local = boxes();
  const seed = Secret.random(32);
  const [draft, device] = [local.seal('drafts', utf8('a draft')), local.sealDeviceKey(seed)];
  expect(local.openDeviceKey(device)?.reveal()).toEqual(seed.reveal());
  for (const [box, open] of [
    [draft, (b: Uint8Array) => local.open('drafts', b)],
    [device, local.openDeviceKey],
  ] as const) {
    for (let bit = 0; bit < 8 * box.length; bit += 1) {
      expect(open(box.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))).toBeNull();
    }
    for (let length = 0; length < box.length; length += 1) expect(open(box.subarray(0, length))).toBeNull();
  }
});

test('no label opens the device key, and the device key door opens nothing else', () => {
  const local = boxes();
  const device = local.sealDeviceKey(Secret.random(32));
  for (const label of ['device-key', '', 'ek1/device-key', 'local'])
    expect(local.open(label, device)).toBeNull();
  expect(local.openDeviceKey(local.seal('device-key', new Uint8Array(32)))).toBeNull();
});
