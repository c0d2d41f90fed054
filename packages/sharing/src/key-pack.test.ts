import {
  type Bytes,
  type GrantLog,
  ZERO_HASH,
  concat,
  emptyGrantLog,
  parseObject,
  replayDeviceLog,
  replayGrant,
  toBase64url,
} from '@evenkeel/protocol';
import { type Vault, createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { type Giving, giveGrant } from './give.ts';
import { type Circumstances, MOST_KEYS_IN_PACK, keysOwed, receivePack, settle } from './key-pack.ts';
import { type Pin, readAccount } from './pin.ts';
import { activeGrants, revoke } from './revocation.ts';
import type { Scope } from './scope.ts';

const NOW = Date.UTC(2026, 9, 15, 9);
const TODAY = '2026-10-15';
/** October 2026. */
const OCTOBER = 12 * 26 + 9;
const CONSENT = { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: NOW, acceptedAt: NOW };
const MOOD_ONGOING: Scope = { categories: [1], period: { kind: 'from', first: '2026-09-10' } };

async function somebody(name: string) {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: name, now: NOW });
  const [log, account] = [await replayDeviceLog(deviceLog), await readAccount(deviceLog[0])];
  if (!log.ok || !account.ok) throw new Error('expected a sound account');
  const { acct, signPk, boxPk } = account;
  const via = { kind: 'card', nonce: toBase64url(new Uint8Array(16)) } as const;
  const pin: Pin = {
    acct,
    account: account.account,
    signPk,
    boxPk,
    name,
    how: 'in-person',
    via,
    at: NOW,
    checkedAt: NOW,
  };
  return { vault, holder, deviceLog: log.log, pin };
}

async function give(person: Awaited<ReturnType<typeof somebody>>, to: Pin, change: Partial<Giving> = {}) {
  const given = await giveGrant(person.vault, person.holder, {
    to,
    personName: 'Sam',
    scope: MOOD_ONGOING,
    purpose: 'our meetings',
    consent: CONSENT,
    expires: null,
    now: NOW,
    log: emptyGrantLog(person.holder.acct, person.holder.signPk),
    inUse: [
      { cat: 1, month: OCTOBER - 1, epoch: 0, days: [3, 20] },
      { cat: 1, month: OCTOBER, epoch: 0, days: [1] },
    ],
    today: TODAY,
    ...change,
  });
  if (!given.ok) throw new Error(given.reason);
  const state = given.log.grants.get(given.id);
  if (state === undefined) throw new Error('expected the grant in its log');
  return { ...given, state };
}

test('a month that begins later is admitted and packed by itself, once', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin);
  const november = OCTOBER + 1;
  const later: Circumstances = {
    log: given.log,
    grants: [{ state: given.state, scope: MOOD_ONGOING, to: clinician.pin }],
    inUse: [
      { cat: 1, month: november, epoch: 0, days: [2] },
      { cat: 2, month: november, epoch: 0, days: [2] },
    ],
    packed: given.packed,
    today: '2026-11-02',
    now: NOW + 18 * 86_400_000,
  };
  const settled = await settle(person.vault, later);
  expect(settled.grantLog).toHaveLength(1);
  expect(settled.packs).toHaveLength(1);
  expect(settled.packed.every((key) => key.cat === 1 && key.month === november && key.day !== null)).toBe(
    true,
  );

  const state = settled.log.grants.get(given.id);
  if (state === undefined) throw new Error('expected the grant still there');
  const seen = await replayGrant(person.holder.acct, person.holder.signPk, [
    ...given.grantLog,
    ...settled.grantLog,
  ]);
  expect(seen.ok && seen.state.streams).toEqual(state.streams);
  for (const pack of [...given.packs, ...settled.packs]) {
    expect((await receivePack(clinician.vault, { deviceLog: person.deviceLog, state }, pack)).ok).toBe(true);
  }
  const again = await settle(person.vault, {
    ...later,
    log: settled.log,
    packed: [...given.packed, ...settled.packed],
  });
  expect([again.grantLog, again.packs, again.packed]).toEqual([[], [], []]);
});

test('a running month goes day by day, a first month cut by the scope too, and neither ever by its stream key', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin, {
    inUse: [OCTOBER - 2, OCTOBER - 1, OCTOBER, OCTOBER + 1].map((month) => ({
      cat: 1,
      month,
      epoch: 0,
      days: [1, 30],
    })),
    scope: { categories: [1], period: { kind: 'between', first: '2026-08-20', last: '2026-11-04' } },
  });
  const daysOf = (month: number) => given.packed.filter((key) => key.month === month).map((key) => key.day);
  expect(daysOf(OCTOBER - 2)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);
  expect(daysOf(OCTOBER - 1)).toEqual([null]);
  expect(daysOf(OCTOBER)).toHaveLength(31);
  expect(daysOf(OCTOBER + 1)).toEqual([1, 2, 3, 4]);
  expect(given.packed.some(({ day }) => day === 0)).toBe(false);
});

test('days that were packed one by one are not packed again when their month is over', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin);
  const owed = keysOwed(
    { state: given.state, scope: MOOD_ONGOING, to: clinician.pin },
    {
      inUse: [{ cat: 1, month: OCTOBER, epoch: 0, days: [1, 31] }],
      packed: given.packed,
      today: '2026-12-01',
      now: NOW,
    },
  );
  expect(owed).toEqual([]);
});

test('a share that is over, or not begun, is owed nothing', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin, { expires: NOW + 86_400_000 });
  const own = { state: given.state, scope: MOOD_ONGOING, to: clinician.pin };
  const inUse = [{ cat: 1, month: OCTOBER, epoch: 5, days: [2] }];
  expect(keysOwed(own, { inUse, packed: [], today: TODAY, now: NOW }).length).toBeGreaterThan(0);
  expect(keysOwed(own, { inUse, packed: [], today: TODAY, now: NOW + 2 * 86_400_000 })).toEqual([]);
  expect(activeGrants(given.log, NOW)).toEqual([given.id]);
  expect(activeGrants(given.log, NOW + 2 * 86_400_000)).toEqual([]);
});

test('many keys are spread over several packs, and all of them open', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const inUse = Array.from({ length: 130 }, (_, epoch) => ({ cat: 1, month: OCTOBER, epoch, days: [1] }));
  const given = await give(person, clinician.pin, {
    inUse,
    scope: { categories: [1], period: { kind: 'all' } },
  });
  expect(given.packed).toHaveLength(130 * 31);
  expect(given.packs).toHaveLength(Math.ceil((130 * 31) / MOST_KEYS_IN_PACK));
  let keys = 0;
  for (const pack of given.packs) {
    const received = await receivePack(
      clinician.vault,
      { deviceLog: person.deviceLog, state: given.state },
      pack,
    );
    keys += received.ok ? received.keys.length : 0;
  }
  expect(keys).toBe(130 * 31);
});

test('a pack changed in any byte gives no key', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin);
  const pack = packOf(given.packs);
  for (let at = 0; at < pack.length; at += 7) {
    const changed = new Uint8Array(pack);
    changed[at] = (changed[at] ?? 0) ^ 0x20;
    const received = await receivePack(
      clinician.vault,
      { deviceLog: person.deviceLog, state: given.state },
      changed,
    );
    expect(received.ok).toBe(false);
  }
});

test('a pack cannot stand in for another: of another share, for another reader, by another writer', async () => {
  const [person, clinician, other, stranger] = await Promise.all([
    somebody('Sam'),
    somebody('Dr Ali'),
    somebody('Dr Bo'),
    somebody('Nobody'),
  ]);
  const given = await give(person, clinician.pin);
  const second = await give(person, other.pin, { log: given.log });
  const reader = { deviceLog: person.deviceLog, state: given.state };
  expect(await receivePack(clinician.vault, reader, packOf(second.packs))).toEqual({
    ok: false,
    reason: 'wrong-grant',
  });
  const otherState = { deviceLog: person.deviceLog, state: second.state };
  expect(await receivePack(clinician.vault, otherState, packOf(second.packs))).toEqual({
    ok: false,
    reason: 'not-for-us',
  });

  const planted = await plant(stranger.vault, given, clinician.pin);
  expect(await receivePack(clinician.vault, reader, planted)).toEqual({
    ok: false,
    reason: 'unknown-device',
  });
  expect(await receivePack(clinician.vault, reader, reSigned(planted, packOf(given.packs)))).toEqual({
    ok: false,
    reason: 'forged',
  });
});

test('a pack with one key outside what the share admits is refused whole', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin);
  const reader = { deviceLog: person.deviceLog, state: given.state };
  for (const extra of [
    { cat: 1, month: OCTOBER, epoch: 0, day: 0 },
    { cat: 1, month: OCTOBER, epoch: 0, day: null },
    { cat: 1, month: OCTOBER - 1, epoch: 0, day: 9 },
    { cat: 1, month: OCTOBER, epoch: 1, day: 5 },
    { cat: 4, month: OCTOBER, epoch: 0, day: 5 },
  ]) {
    const [first] = given.packed;
    if (first === undefined) throw new Error('expected packed keys');
    const pack = await person.vault.sealKeyPack({
      grant: given.id,
      to: clinician.pin.acct,
      toBoxPk: clinician.pin.boxPk,
      keys: [first, extra],
    });
    expect(await receivePack(clinician.vault, reader, pack)).toEqual({ ok: false, reason: 'outside-grant' });
  }
});

test('stopping twice, or what was never shared, is said by name', async () => {
  const [person, clinician] = await Promise.all([somebody('Sam'), somebody('Dr Ali')]);
  const given = await give(person, clinician.pin);
  const circumstances = { log: given.log, grants: [], inUse: [], packed: [], today: TODAY, now: NOW };
  const stopped = await revoke(person.vault, given.id, circumstances);
  if (!stopped.ok) throw new Error(stopped.reason);
  expect(await revoke(person.vault, given.id, { ...circumstances, log: stopped.log })).toEqual({
    ok: false,
    reason: 'already-stopped',
  });
  const empty: GrantLog = emptyGrantLog(person.holder.acct, person.holder.signPk);
  expect(await revoke(person.vault, given.id, { ...circumstances, log: empty })).toEqual({
    ok: false,
    reason: 'unknown-grant',
  });
  const worn = { ...given.log, epoch: 0xffff };
  expect(await revoke(person.vault, given.id, { ...circumstances, log: worn })).toEqual({
    ok: false,
    reason: 'no-epoch-left',
  });
});

function packOf(packs: readonly Bytes[]): Bytes {
  const [pack] = packs;
  if (pack === undefined) throw new Error('expected a pack');
  return pack;
}

/** A pack a server could make: it knows the share's number and the clinician's public keys. */
function plant(
  stranger: Vault,
  given: { readonly id: Parameters<Vault['dropKeys']>[0] },
  to: Pin,
): Promise<Bytes> {
  return stranger.sealKeyPack({
    grant: given.id,
    to: to.acct,
    toBoxPk: to.boxPk,
    keys: [{ cat: 1, month: OCTOBER - 1, epoch: 0, day: null }],
  });
}

/** The same pack, said to be by the account and device of another one. */
function reSigned(pack: Bytes, like: Bytes): Bytes {
  if (!parseObject(like).ok) throw new Error('expected a pack to imitate');
  return concat(pack.subarray(0, 2), like.subarray(2, 34), pack.subarray(34));
}
