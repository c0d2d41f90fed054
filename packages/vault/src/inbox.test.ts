import { bytesToAccountId, bytesToDeviceId, concat, idToBytes, randomBytes, utf8 } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { createVault } from './create-vault.ts';
import { VaultFault } from './fault.ts';
import { openFromInbox, sealToInbox } from './inbox.ts';
import { boxPublicKey } from './seal.ts';
import { sealTo, openSealed } from './sealed-box.ts';
import { Secret } from './secret.ts';

const secret = Secret.random(32);
const boxPk = boxPublicKey(secret);
const owner = { acct: bytesToAccountId(randomBytes(16)), dev: bytesToDeviceId(randomBytes(16)) };
const note = utf8('a bad night');

test('what is written while locked is what the account opens, and needs no key to be written', async () => {
  const vault = createVault();
  const { holder } = await vault.create({ deviceName: 'phone', now: 0 });
  const { acct, dev } = holder;
  const locked = createVault();
  const box = await locked.sealToInbox({ acct, dev, boxPk: holder.boxPk, plaintext: note });
  expect(await vault.openFromInbox([box, randomBytes(300)])).toEqual([note, null]);
  await expect(locked.openFromInbox([box])).rejects.toThrow(VaultFault);
});

test('a note opens for its own account on its own device and nowhere else', () => {
  const box = sealToInbox(owner, boxPk, note);
  expect(openFromInbox(owner, secret, boxPk, box)).toEqual(note);
  const elsewhere = { ...owner, dev: bytesToDeviceId(randomBytes(16)) };
  const somebody = { ...owner, acct: bytesToAccountId(randomBytes(16)) };
  expect(openFromInbox(elsewhere, secret, boxPk, box)).toBeNull();
  expect(openFromInbox(somebody, secret, boxPk, box)).toBeNull();
  const stranger = Secret.random(32);
  expect(openFromInbox(owner, stranger, boxPublicKey(stranger), box)).toBeNull();
});

test('a letter that came over a network is no note, and a note is no letter', () => {
  const context = concat(idToBytes(owner.acct), idToBytes(owner.dev));
  expect(openFromInbox(owner, secret, boxPk, sealTo(boxPk, context, note))).toBeNull();
  expect(openSealed(secret, boxPk, context, sealToInbox(owner, boxPk, note))).toBeNull();
});

test('every flipped bit and every truncation of a note is refused', () => {
  const box = sealToInbox(owner, boxPk, note);
  for (let bit = 0; bit < 8 * box.length; bit += 1) {
    const flipped = box.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(openFromInbox(owner, secret, boxPk, flipped), String(bit)).toBeNull();
  }
  for (let length = 0; length < box.length; length += 1)
    expect(openFromInbox(owner, secret, boxPk, box.subarray(0, length))).toBeNull();
}, 60_000);
