import 'fake-indexeddb/auto';
import { toBase64url } from '@evenkeel/protocol';
import { openDeviceStore } from '@evenkeel/replica';
import { type Pin, makeInvitation, openReply, sealReply } from '@evenkeel/sharing';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { enterDiary } from './enter-diary.ts';
import { contactNotes, keepPin } from './notes.ts';

const NOW = Date.UTC(2026, 9, 15, 12);

async function openedDiary() {
  const vault = createVault();
  const { holder, deviceKeyBox, deviceLog } = await vault.create({ deviceName: 'phone', now: NOW });
  const store = await openDeviceStore('pins');
  const { acct, dev } = holder;
  await store.keepAccount({ acct, dev, deviceKeyBox, createdAt: NOW }, { deviceLog });
  const { opened } = await enterDiary({ vault, store, holder, now: () => NOW });
  await opened.replica.loaded;
  return opened;
}

test('an answer to a link does not give another name to somebody whose keys were checked', async () => {
  const opened = await openedDiary();
  const { holder, deviceLog } = await createVault().create({ deviceName: 'desk', now: NOW });
  const { acct, signPk, boxPk } = holder;
  const checked: Pin = {
    acct,
    account: toBase64url(deviceLog[0]),
    signPk,
    boxPk,
    name: 'Dr Ali',
    how: 'in-person',
    via: { kind: 'card', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' },
    at: NOW,
    checkedAt: NOW,
  };
  await keepPin(opened, checked);

  // Whoever holds a link can answer it, with an Account object that is nobody's secret and any name.
  const { invitation } = makeInvitation('https://diary.example', NOW);
  const letter = sealReply(invitation.secret, opened.holder.acct, deviceLog[0], 'Dr Berger');
  const reply = await openReply(invitation, opened.holder.acct, letter, NOW);
  if (!reply.ok) throw new Error(reply.reason);
  await keepPin(opened, reply.pin);
  expect(contactNotes(opened).map(({ body }) => body.pin)).toMatchObject([{ acct, name: 'Dr Ali' }]);
  await opened.replica.close();
});
