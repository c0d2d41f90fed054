import {
  DEFAULT_LIMITS,
  ZERO_HASH,
  bytesToHash32,
  emptyGrantLog,
  randomBytes,
  randomServerEpoch,
} from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import type { PushState } from './plan-draft.ts';
import { planPush } from './plan-push.ts';
import { continueGrantLog } from '../grants/verify-grant-log.ts';
import { grant, makePerson } from '../test-client.ts';
import { planRegistration } from '../accounts/plan-registration.ts';
import { verifyDeviceLog } from '../accounts/verify-device-log.ts';

const CONTEXT = { limits: DEFAULT_LIMITS, now: 0, serverEpoch: randomServerEpoch(), arriving: true };

async function stateOfAnna() {
  const anna = await makePerson('Anna');
  const tip = { seq: anna.deviceLog.seq, hash: anna.deviceLog.hash };
  const account = {
    acct: anna.acct,
    signPk: anna.signPk,
    boxPk: anna.boxPk,
    active: true,
    epoch: 0,
    minSuite: 1,
    deviceLog: tip,
    grantLog: { seq: -1, hash: ZERO_HASH },
    devices: new Map(),
    seq: 1,
    bytes: 0,
    streams: 0,
    adopted: false,
  };
  const nothing = {
    records: new Map(),
    streams: new Map(),
    oldLeaves: new Set<never>(),
    grants: new Map(),
    activeGrants: 0,
    grantees: new Set<never>(),
  };
  const sides = {
    lastHeads: new Map(),
    heldPacks: new Map(),
    heldSides: new Set<never>(),
    takenGrants: new Set<never>(),
  };
  const state: PushState = { account, ...nothing, ...sides };
  return { anna, account, state };
}
const OFFERED = { deviceLog: null, grantLog: null, packs: [], envelopes: [], heads: [] };
const elsewhere = { seq: 5, hash: bytesToHash32(randomBytes(32)) };

test('check device-log-tip: objects verified against a log that has moved meanwhile are not taken', async () => {
  const { anna, account, state } = await stateOfAnna();
  await anna.addDevice('phone');
  const batch = await verifyDeviceLog(account, async () => new Map(), anna.deviceLog.objects.slice(1));
  expect(planPush(state, { ...OFFERED, deviceLog: batch }, CONTEXT)).toMatchObject({ ok: true });
  expect(
    planPush(
      { ...state, account: { ...account, deviceLog: elsewhere } },
      { ...OFFERED, deviceLog: batch },
      CONTEXT,
    ),
  ).toMatchObject({ problem: 'log-moved' });
});

test('check grant-log-tip: the same for the grant log', async () => {
  const { anna, account, state } = await stateOfAnna();
  const berg = await makePerson('Dr Berg');
  const batch = await continueGrantLog(emptyGrantLog(anna.acct, anna.signPk), [
    await grant(anna, 'g', berg.acct, []),
  ]);
  expect(planPush(state, { ...OFFERED, grantLog: batch }, CONTEXT)).toMatchObject({ ok: true });
  expect(
    planPush(
      { ...state, account: { ...account, grantLog: elsewhere } },
      { ...OFFERED, grantLog: batch },
      CONTEXT,
    ),
  ).toMatchObject({ problem: 'log-moved' });
});

test('check invitation: two who use one invitation in the same moment do not both get in', async () => {
  const { anna, state } = await stateOfAnna();
  const { acct, signPk, boxPk } = anna;
  const admission = { kind: 'host', codeHash: elsewhere.hash } as const;
  const registration = { acct, signPk, boxPk, admission, offered: OFFERED, now: 0 };
  const decide = (admitted: boolean) =>
    planRegistration(
      { exists: false, accounts: 0, offerAdmissions: 0, admitted, push: state },
      registration,
      CONTEXT,
    );
  expect(decide(true)).toMatchObject({ ok: true });
  expect(decide(false)).toMatchObject({ ok: false, problem: 'invitation-refused' });
});
